import { useSyncExternalStore } from 'react'
import type { Policy } from '../../src/core/policy.ts'
import type { AppraiseOptions } from '../../src/engine/api.ts'
import type { LinkState } from '../../src/engine/link.ts'
import type { AtChoice } from '../case/case.ts'

/** What a link or a case file brought beyond evidence. None of it acts before the reader accepts it. */
export interface Arrival {
  readonly from: 'link' | 'case-file'
  /** The link as it stood in the address: the same link is not opened twice. */
  readonly link: string | null
  /** Milliseconds since 1970. */
  readonly at: number | null
  /** What the date was where the case file was written. */
  readonly atSource?: AppraiseOptions['atSource'] | undefined
  readonly policy: Policy | null
  /** What the sender had and did not send. */
  readonly left: LinkState['left']
  /** Where the sender was looking. */
  readonly place: { readonly panel: string | null; readonly field: string | null }
  /** Which of it the reader took over, and how the case stood before; undefined while it waits. */
  readonly answer?: {
    readonly taken: readonly Offer[]
    readonly before: { readonly at: AtChoice; readonly policy: Policy }
  }
  /** The appraisal stored in a case file: compared, never shown as a verdict. */
  readonly record: StoredRecord | null
}

/** What the reader accepts or leaves, each for itself. */
export type Offer = 'at' | 'expectations' | 'anchors'

/** As much of a stored appraisal as is compared. */
export interface StoredRecord {
  readonly id: string
  readonly headline: string
  readonly engine: string
  readonly outcomes: Readonly<Record<string, string>>
}

interface Store {
  readonly byCase: ReadonlyMap<number, Arrival>
  /** Of a link without bytes, until a case is opened. */
  readonly waiting: Arrival | null
}

let store: Store = { byCase: new Map(), waiting: null }
const listeners = new Set<() => void>()

function change(next: Store): void {
  store = next
  for (const listen of listeners) listen()
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}

/** What came with a case. */
export function arrivalOf(number: number | null): Arrival | undefined {
  return number === null ? undefined : store.byCase.get(number)
}

/** What came with a case, and again when it changes. */
export function useArrival(number: number | null): Arrival | undefined {
  return useSyncExternalStore(subscribe, () => arrivalOf(number))
}

/** What came without a case. */
export function waitingArrival(): Arrival | null {
  return store.waiting
}

/** What came without a case, and again when it changes. */
export function useWaitingArrival(): Arrival | null {
  return useSyncExternalStore(subscribe, waitingArrival)
}

/** Keeps what came with a case. */
export function keepArrival(number: number, arrival: Arrival): void {
  change({ ...store, byCase: new Map(store.byCase).set(number, arrival) })
}

/** Keeps what came without a case; null forgets it. */
export function keepWaiting(arrival: Arrival | null): void {
  if (arrival !== store.waiting) change({ ...store, waiting: arrival })
}

/** Gives what waits to the case that was opened. */
export function attachWaiting(number: number): Arrival | null {
  const arrival = store.waiting
  if (arrival) change({ byCase: new Map(store.byCase).set(number, arrival), waiting: null })
  return arrival
}

/** What there is to decide: nothing is offered that nothing was said about. */
export function offersOf({ at, policy }: Pick<Arrival, 'at' | 'policy'>): readonly Offer[] {
  const names = Object.keys(policy ?? {}).filter((name) => name !== 'schema')
  return [
    ...(at === null ? [] : ['at' as const]),
    ...(names.some((name) => !isAnchorMember(name)) ? ['expectations' as const] : []),
    ...(names.some(isAnchorMember) ? ['anchors' as const] : []),
  ]
}

function isAnchorMember(name: string): boolean {
  return name === 'anchorsAdded' || name === 'anchorsOff'
}

/** The policy once the accepted parts stand in it; what is not accepted stays as it was. */
export function mergedPolicy(own: Policy, coming: Policy | null, taken: readonly Offer[]): Policy {
  const accepted = Object.entries(coming ?? {}).filter(
    ([name]) => name !== 'schema' && taken.includes(isAnchorMember(name) ? 'anchors' : 'expectations'),
  )
  // Names were checked by `readPolicy`: only members of a policy get here.
  return { ...own, ...Object.fromEntries(accepted) }
}
