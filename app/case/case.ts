import { NO_POLICY, type Policy } from '../../src/core/policy.ts'
import type { AppraiseOptions, ArtifactView } from '../../src/engine/api.ts'
import type { CaseFile } from './files.ts'

/** As of when the reader wants to know. */
export type AtChoice =
  /** The instant at which the case was opened, or "now" was chosen again. Until the reader chooses, evidence that carries its own signed time is looked at as of that. */
  | { readonly kind: 'now'; readonly instant: number; readonly isChosen?: boolean }
  | { readonly kind: 'evidence' }
  | {
      readonly kind: 'given'
      readonly instant: number
      /** Who named it, when it was not the reader: the banner says so. */
      readonly from?: 'link' | 'case-file' | 'sample'
      /** What it was where the case file was written: opened again, the appraisal says the same. */
      readonly source?: AppraiseOptions['atSource']
    }

/** A sample that the case was opened from. */
export interface SampleOrigin {
  readonly scheme: string
  readonly id: string
}

/** What was dropped together, and how it is to be looked at. Everything that an appraisal depends on. */
export interface Case {
  readonly number: number
  readonly files: readonly CaseFile[]
  readonly policy: Policy
  readonly at: AtChoice
  readonly sample: SampleOrigin | null
  /** True once a byte was changed in this page: the banner says so. */
  readonly isEdited: boolean
  /** Names the table of a lesson that it was laid for; its own evidence, so leaving it loses nothing. */
  readonly lesson?: string
}

/** All cases opened since the page was loaded: Back and Forward find them. */
export interface Cases {
  readonly list: readonly Case[]
  readonly next: number
}

export const NO_CASES: Cases = { list: [], next: 1 }

export type CaseAction =
  | {
      readonly kind: 'open'
      readonly number: number
      readonly files: readonly CaseFile[]
      readonly at: AtChoice
      readonly sample: SampleOrigin | null
      readonly policy?: Policy
      readonly lesson?: string
      readonly isEdited?: boolean
    }
  | { readonly kind: 'add'; readonly number: number; readonly files: readonly CaseFile[] }
  | { readonly kind: 'remove'; readonly number: number; readonly id: string }
  /** Another content for one file: a copy in which bytes were changed. */
  | {
      readonly kind: 'replace'
      readonly number: number
      readonly id: string
      readonly file: CaseFile
      readonly isEdited: boolean
    }
  /** Which of its readings one file is taken for; null: the best. */
  | { readonly kind: 'read-as'; readonly number: number; readonly id: string; readonly format: string | null }
  | { readonly kind: 'at'; readonly number: number; readonly at: AtChoice }
  | { readonly kind: 'policy'; readonly number: number; readonly policy: Policy }
  /** All of it at once, as the lab leaves it or takes it back. */
  | {
      readonly kind: 'lay'
      readonly number: number
      readonly files: readonly CaseFile[]
      readonly at: AtChoice
      readonly policy: Policy
      readonly isEdited: boolean
    }

/** What happens to the cases. */
export function reduceCases(cases: Cases, action: CaseAction): Cases {
  if (action.kind === 'open') {
    const { number, files, at, sample, lesson } = action
    if (cases.list.some((one) => one.number === number)) return cases
    const fresh: Case = {
      number,
      files: distinct([], files),
      policy: action.policy ?? NO_POLICY,
      at,
      sample,
      isEdited: action.isEdited ?? false,
      ...(lesson === undefined ? {} : { lesson }),
    }
    return { list: [...cases.list, fresh], next: Math.max(cases.next, number + 1) }
  }
  return { ...cases, list: cases.list.map((one) => (one.number === action.number ? reduceCase(one, action) : one)) }
}

function reduceCase(one: Case, action: Exclude<CaseAction, { kind: 'open' }>): Case {
  switch (action.kind) {
    case 'add':
      return { ...one, files: distinct(one.files, action.files) }
    case 'remove':
      return { ...one, files: one.files.filter((file) => file.id !== action.id) }
    case 'replace':
      return {
        ...one,
        isEdited: action.isEdited,
        files: one.files.map((file) => (file.id === action.id ? action.file : file)),
      }
    case 'read-as':
      return { ...one, files: one.files.map((file) => (file.id === action.id ? readAs(file, action.format) : file)) }
    case 'at':
      return { ...one, at: action.at }
    case 'policy':
      return { ...one, policy: action.policy }
    case 'lay':
      return { ...one, files: action.files, at: action.at, policy: action.policy, isEdited: action.isEdited }
  }
}

function readAs(file: CaseFile, format: string | null): CaseFile {
  const { readAs: _before, ...plain } = file
  return format === null ? plain : { ...plain, readAs: format }
}

/** The same file dropped twice is one. */
function distinct(here: readonly CaseFile[], coming: readonly CaseFile[]): readonly CaseFile[] {
  const files = [...here]
  for (const file of coming) if (!files.some((known) => known.id === file.id)) files.push(file)
  return files
}

/** Names the content of a case: the same files, read the same way, have the same key, whatever they are looked at with. */
export function caseKey(files: readonly CaseFile[]): string {
  return files.map((file) => (file.readAs === undefined ? file.id : `${file.id} as ${file.readAs}`)).join('\n')
}

/** Whether the instant is given, the clock's or the evidence's, as the appraisal says it. */
export function sourceOf(at: AtChoice): AppraiseOptions['atSource'] {
  return at.kind === 'given' ? (at.source ?? 'given') : at.kind
}

const OWN_TIME: AtChoice = { kind: 'evidence' }

/** As of when a case is really looked at. The time of its own counts unasked only where every piece of evidence has one: a dated token says nothing about an undated quote beside it. Nor does a time that has not come yet. */
export function effectiveAt(
  one: Pick<Case, 'at' | 'sample'>,
  artifacts: readonly Pick<ArtifactView, 'message' | 'facts'>[],
  evidenceTime: number | null,
): AtChoice {
  const { at, sample } = one
  if (evidenceTime === null) return at
  if (at.kind === 'given') return sample !== null && at.instant === evidenceTime ? OWN_TIME : at
  const evidence = artifacts.filter(({ message }) => message === 'evidence' || message === 'attestation-result')
  return at.kind === 'now' &&
    at.isChosen !== true &&
    evidenceTime <= at.instant &&
    evidence.every(({ facts }) => facts.madeAt !== undefined)
    ? OWN_TIME
    : at
}
