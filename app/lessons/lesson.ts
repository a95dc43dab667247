import type { ArtifactIndex } from '../../src/core/place.ts'
import type { Policy } from '../../src/core/policy.ts'
import type { TextId } from '../../src/core/saying.ts'
import type { CheckId, Outcome, Question, RootStatus, State } from '../../src/core/verdict.ts'

/** A sentence of a lesson, written in both languages. `**…**` is emphasis. */
export interface Said {
  readonly en: string
  readonly zh: string
}

/** What lies on the table: samples of the schemes (`scheme/id`), opened together as one case. */
export interface Evidence {
  readonly samples: readonly string[]
  /** ISO 8601, as of when it is judged. */
  readonly at: string
  /** Done to it before anybody sees it. */
  readonly deeds?: readonly Deed[]
}

/** What a step points at, named as the address names it. */
export interface Place {
  readonly panel?: string
  /** `artifact:path`, selected in the fields. */
  readonly field?: string
  /** Element of the panel that it is about, by its id. */
  readonly section?: string
  readonly check?: CheckId
  readonly answer?: Question
  /** A part of the banner. */
  readonly part?: 'headline' | 'as-of' | 'root' | 'caveat'
}

/** Something that the reader does to the case, by hand or by the lesson. */
export type Deed =
  /** Flips one bit of a field: byte `offset` of it (default the first), bit 0 is the lowest. */
  | {
      readonly kind: 'flip'
      readonly artifact: ArtifactIndex
      readonly path: string
      readonly offset?: number
      readonly bit: number
    }
  /** Judges as of another instant; by hand any instant in `from`..`to` will do. */
  | { readonly kind: 'at'; readonly at: string; readonly from: string; readonly to: string }
  /** Switches off the root that a subject hangs on. */
  | { readonly kind: 'root-off'; readonly subject: number }
  /** Takes a file out of the case. */
  | { readonly kind: 'take-away'; readonly name: string }
  /** Adds a file of a sample. */
  | { readonly kind: 'add'; readonly sample: string; readonly name: string }
  /** Tells the page what is expected. */
  | { readonly kind: 'expect'; readonly policy: Partial<Omit<Policy, 'schema'>> }

/** Which piece of evidence, where there are several; default the first. */
interface OfSubject {
  readonly subject?: number
}

/** What must come out differently after the deed (or, told before it, must stay), and how. */
export type Change =
  /** A check. */
  | (OfSubject & {
      readonly check: CheckId
      readonly before: Outcome | 'absent'
      readonly after: Outcome | 'absent'
      /** Reason that must be given afterwards. */
      readonly because?: TextId
    })
  /** One of the five answers, as the page says it. */
  | (OfSubject & { readonly answer: Question; readonly before: State; readonly after: State })
  /** The root that the evidence hangs on. */
  | (OfSubject & { readonly root: true; readonly before: RootStatus; readonly after: RootStatus })

interface Common {
  readonly text: Said
  /** What it points at; before a guess never the answer. */
  readonly place?: Place
  /** From this step on another case lies on the table, as opened. */
  readonly evidence?: Evidence
}

/** One step. The text has at most seventy words. */
export type Step =
  | (Common & { readonly kind: 'read' })
  | (Common & {
      readonly kind: 'predict'
      readonly options: readonly { readonly said: Said; readonly isRight?: true }[]
      /** Said once the reader has chosen. */
      readonly why: Said
      /** The check that shows the answer, and how it stands: pointed at once the reader has chosen. */
      readonly shows?: { readonly check: CheckId; readonly is: Outcome }
      /** Where the answer is to be seen, where that is not the check itself. */
      readonly afterwards?: Place
    })
  | (Common & { readonly kind: 'do'; readonly deed: Deed; /** What was done, in a few words. */ readonly did: Said })
  | (Common & { readonly kind: 'see'; readonly changes: readonly Change[] })
  | (Common & { readonly kind: 'insight' })

/** One lesson: evidence and steps over the real page. */
export interface Lesson {
  /** As it stands in the address. */
  readonly id: string
  /** Its place in the course, from 1. */
  readonly number: number
  readonly title: Said
  /** What somebody can say after it. */
  readonly teaches: Said
  readonly minutes: number
  readonly evidence: Evidence
  readonly steps: readonly Step[]
  /** The guesses are counted. */
  readonly isScored?: true
}

/** What a step points at: before the guess what it asks about, after it what shows the answer. */
export function placeOf(step: Step | undefined, hasGuessed: boolean): Place | undefined {
  if (step?.kind !== 'predict' || !hasGuessed) return step?.place
  return step.afterwards ?? (step.shows === undefined ? step.place : { check: step.shows.check })
}

/** The evidence of a step, and the deeds done to it before the step begins. */
export function tableAt(
  lesson: Lesson,
  step: number,
): { readonly evidence: Evidence; readonly from: number; readonly deeds: readonly number[] } {
  let evidence = lesson.evidence
  let from = 0
  let deeds: number[] = []
  for (const [index, one] of lesson.steps.slice(0, step + 1).entries()) {
    if (one.evidence) {
      evidence = one.evidence
      from = index
      deeds = []
    }
    if (one.kind === 'do' && index < step) deeds.push(index)
  }
  return { evidence, from, deeds }
}
