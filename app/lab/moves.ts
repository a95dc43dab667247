import { useCallback, useSyncExternalStore } from 'react'
import type { Policy } from '../../src/core/policy.ts'
import type { Locale } from '../../src/core/saying.ts'
import type { AtChoice } from '../case/case.ts'
import { useCase } from '../case/context.tsx'
import type { CaseFile } from '../case/files.ts'

/** Everything that an appraisal depends on, as it stood. */
export interface Table {
  readonly files: readonly CaseFile[]
  readonly at: AtChoice
  /** Milliseconds since 1970. */
  readonly instant: number
  readonly policy: Policy
  readonly isEdited: boolean
}

/** What was done, to be told: a preset by its title, the clock by its instant, a file by its name. */
export type Told =
  | { readonly kind: 'preset'; readonly id: string; readonly title: Readonly<Record<Locale, string>> }
  | { readonly kind: 'clock'; readonly to: number }
  | { readonly kind: 'root'; readonly holder: string }
  | { readonly kind: 'file'; readonly name: string }

interface Move {
  readonly told: Told
  readonly before: Table
}

const NONE: readonly Move[] = []
const records = new Map<number, readonly Move[]>()
const listeners = new Set<() => void>()

function keep(number: number, moves: readonly Move[]): void {
  records.set(number, moves)
  for (const listen of listeners) listen()
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}

/** Deeds in the lab that are no change of bytes: each can be taken back, the last first. */
export interface Moves {
  readonly list: readonly Move[]
  /** The case before the first of them. */
  readonly base: Table | undefined
  readonly make: (told: Told, next: Partial<Pick<Table, 'files' | 'at' | 'policy' | 'isEdited'>>) => void
  readonly undo: () => void
  readonly reset: () => void
}

/** The moves made in the case around this panel. */
export function useMoves(): Moves {
  const { case: one, at, dispatch } = useCase()
  const { number } = one
  const list = useSyncExternalStore(subscribe, () => records.get(number) ?? NONE)
  const set = useCallback(
    ({ files, at: choice, policy, isEdited }: Omit<Table, 'instant'>) => {
      dispatch({ kind: 'lay', number, files, at: choice, policy, isEdited })
    },
    [dispatch, number],
  )
  const make = useCallback(
    (told: Told, next: Partial<Omit<Table, 'instant'>>) => {
      const before: Table = {
        files: one.files,
        at: one.at,
        instant: at,
        policy: one.policy,
        isEdited: one.isEdited,
      }
      keep(number, [...(records.get(number) ?? NONE), { told, before }])
      set({ ...before, ...next })
    },
    [one, at, number, set],
  )
  const back = useCallback(
    (index: number) => {
      const now = records.get(number) ?? NONE
      const move = now[index]
      if (!move) return
      keep(number, now.slice(0, index))
      set(move.before)
    },
    [number, set],
  )
  const undo = useCallback(() => back((records.get(number) ?? NONE).length - 1), [back, number])
  const reset = useCallback(() => back(0), [back])
  return { list, base: list[0]?.before, make, undo, reset }
}

/** Number of moves made in a case so far. */
export function moveCount(number: number): number {
  return records.get(number)?.length ?? 0
}
