import { useSyncExternalStore } from 'react'
import { tableAt, type Lesson } from './lesson.ts'

/** How far the reader came in a lesson. In memory only: nothing is stored. */
export interface Progress {
  /** Index of the step that was shown last. */
  readonly step: number
  /** Option chosen, by index of the step. */
  readonly guesses: Readonly<Record<number, number>>
  /** Steps whose deed is done. */
  readonly done: readonly number[]
}

const NONE: Progress = { step: 0, guesses: {}, done: [] }
const progress = new Map<string, Progress>()
const listeners = new Set<() => void>()
let version = 0

function tell(): void {
  version += 1
  for (const listen of listeners) listen()
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}

/** How far the reader came in one lesson. */
export function progressOf(lesson: string): Progress {
  return progress.get(lesson) ?? NONE
}

/** The same, live. */
export function useProgress(lesson: string): Progress {
  return useSyncExternalStore(subscribe, () => progressOf(lesson))
}

/** Told whenever anything about any lesson changes. */
export function useProgressVersion(): number {
  return useSyncExternalStore(subscribe, () => version)
}

export function noteProgress(lesson: string, change: Partial<Progress>): void {
  progress.set(lesson, { ...progressOf(lesson), ...change })
  tell()
}

/** Which case of the page is the table that a name stands for. */
const tables = new Map<string, number>()

/** Names the table before or after the deed of a step: which evidence, and the deeds done to it. */
export function tableName(lesson: Lesson, step: number, isDone: boolean): string {
  const { from, deeds } = tableAt(lesson, step)
  const own = isDone && lesson.steps[step]?.kind === 'do' ? [step] : []
  return `${lesson.id} ${from}: ${[...deeds, ...own].join(' ')}`
}

export function tableNumber(name: string): number | undefined {
  return tables.get(name)
}

export function keepTable(name: string, number: number | undefined): void {
  if (number === undefined) tables.delete(name)
  else tables.set(name, number)
  tell()
}

/** Marks the deed of a step as done: its table is then laid with the deed. `by`: the case in which the reader did it by hand. */
export function markDone(lesson: Lesson, step: number, by?: number): void {
  if (by !== undefined) {
    keepTable(tableName(lesson, step, false), undefined)
    keepTable(tableName(lesson, step, true), by)
  }
  const { done } = progressOf(lesson.id)
  noteProgress(lesson.id, { done: [...done.filter((one) => one !== step), step] })
}

/** Takes the deed of a step back: the table is as it was before. */
export function markUndone(lesson: Lesson, step: number): void {
  keepTable(tableName(lesson, step, true), undefined)
  noteProgress(lesson.id, { done: progressOf(lesson.id).done.filter((one) => one !== step) })
}

/** What a link asked for and did not get. */
export type LinkNote = 'nearest' | 'nearestStep' | 'ownEvidence'

/** Said at the step that was opened instead, and nowhere else. */
interface NoteAt {
  readonly note: LinkNote
  readonly lesson: string
  readonly step: number
}
let noted: NoteAt | null = null

export function noteLink(next: NoteAt | null): void {
  noted = next
  tell()
}

export function useLinkNote(lesson: string | undefined, step: number): LinkNote | null {
  const one = useSyncExternalStore(subscribe, () => noted)
  return one !== null && one.lesson === lesson && one.step === step ? one.note : null
}

/** A reader who has gone on, or opened something else, is not told again on coming back. */
export function leaveNote(lesson: string, step: number): void {
  if (noted !== null && (noted.lesson !== lesson || noted.step !== step)) noteLink(null)
}
