import { coveredAt, eventAt } from '../../../src/core/events.ts'
import { stepAt } from '../../../src/core/steps.ts'
import type { Chain, Derived, Events, HashLabel, Steps, WordsCovered } from '../../../src/core/derived.ts'
import type { LogReplayView } from '../../../src/engine/api.ts'

/** One event of a lane. */
export interface LaneLink {
  /** Index among the log's events. */
  readonly event: number
  readonly covered: WordsCovered
  /** Behind the entry up to which the chain comes to the signed value. */
  readonly isBehind: boolean
}

const NO_STEPS: Steps = { bytes: new Uint8Array(), ends: new Uint32Array() }

type Outcome = LogReplayView['registers'][number]

/** One register with its events. */
export interface Lane {
  readonly register: string
  readonly hash: HashLabel | null
  readonly links: readonly LaneLink[]
  /** The register after each of them. */
  readonly values: Steps
  /** What is signed beside it; undefined where nothing has this register. */
  readonly signed: Outcome | undefined
  /** False where that is a list which nobody signed. */
  readonly isSigned: boolean
}

/** The banks that a log extends, strongest last. */
export function banksOf({ chains }: Derived): readonly HashLabel[] {
  return [...new Set(chains.map(({ hash }) => hash))]
}

/** The bank to look at first: one that is signed, else the strongest. */
export function firstBank(derived: Derived, replay: LogReplayView | undefined): HashLabel | undefined {
  const banks = banksOf(derived)
  const signed = replay?.registers.find(({ hash, kind }) => hash !== null && kind !== 'unlogged')?.hash
  return banks.find((bank) => bank === signed) ?? banks.at(-1)
}

function linksOf(chain: Chain, events: Events, signed: Outcome | undefined): LaneLink[] {
  const isPrefix = signed?.kind === 'prefix' || signed?.kind === 'replays'
  return chain.events.map((event, i) => ({
    event,
    covered: coveredAt(events, event),
    isBehind: isPrefix && i >= signed.used,
  }))
}

/** Lanes of one bank, then registers that are signed and have no events here. */
export function lanesOf(
  derived: Derived,
  replay: LogReplayView | undefined,
  bank: HashLabel | undefined,
): readonly Lane[] {
  const signedAs = (register: string, hash: HashLabel | undefined) =>
    replay?.registers.find((one) => one.logName === register && (one.hash === null || one.hash === hash))
  const isSigned = replay?.isSigned === true
  const own = derived.chains
    .filter(({ hash }) => hash === bank)
    .map((chain): Lane => {
      const signed = signedAs(chain.register, chain.hash)
      return {
        register: chain.register,
        hash: chain.hash,
        links: linksOf(chain, derived.events, signed),
        values: chain.values,
        signed,
        isSigned,
      }
    })
  const withoutEvents = (signed: Outcome): Lane => ({
    register: signed.logName,
    hash: signed.hash,
    links: [],
    values: NO_STEPS,
    signed,
    isSigned,
  })
  const others = (replay?.registers ?? [])
    .filter(
      (one) =>
        (one.hash === null || one.hash === bank) &&
        one.kind !== 'initial' &&
        !own.some((lane) => lane.register === one.logName),
    )
    .map(withoutEvents)
  const silent = (replay?.registers ?? [])
    .filter((one) => one.kind === 'initial' && one.logName.startsWith('RTMR'))
    .map(withoutEvents)
  return [...own, ...others, ...silent]
}

/** Links that are drawn of a long lane: its ends, and those around the one that is looked at. */
export function drawn(count: number, selected: number, most: number): readonly (readonly [from: number, to: number])[] {
  if (count <= most) return [[0, count]]
  const end = Math.floor(most / 4)
  const half = Math.floor(most / 4)
  const middle = selected < 0 ? 0 : selected
  const parts: (readonly [number, number])[] = [
    [0, end],
    [Math.max(0, middle - half), Math.min(count, middle + half)],
    [count - end, count],
  ]
  const joined: [number, number][] = []
  for (const [from, to] of parts.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

export type Filter = 'all' | 'whole' | 'part' | 'none' | 'odd'

/** Indices of the events that match both. */
export function matching(events: Events, filter: Filter, find: string): readonly number[] {
  const wanted = find.trim().toLowerCase()
  const isKind = (i: number) =>
    filter === 'all' || (filter === 'odd' ? events.odd.has(i) : coveredAt(events, i) === filter)
  const isFound = (i: number) => {
    const event = eventAt(events, i)
    return event !== undefined && `${i} ${event.register} ${event.type} ${event.words}`.toLowerCase().includes(wanted)
  }
  return Array.from({ length: events.count }, (_, i) => i).filter((i) => isKind(i) && (wanted === '' || isFound(i)))
}

/** The first event of a register that two logs do not share. */
export interface Parting {
  readonly register: string
  /** Indices among each log's events; undefined where that log has ended. */
  readonly first: number | undefined
  readonly second: number | undefined
}

/** Where two logs of one kind part, register by register; none where they are equal. */
export function partings(a: Derived, b: Derived): readonly Parting[] {
  return a.chains.flatMap((chain): Parting[] => {
    const other = b.chains.find((one) => one.register === chain.register && one.hash === chain.hash)
    if (!other) return []
    const most = Math.max(chain.digests.ends.length, other.digests.ends.length)
    for (let i = 0; i < most; i++)
      if (!isSame(stepAt(chain.digests, i), stepAt(other.digests, i)))
        return [{ register: chain.register, first: chain.events[i], second: other.events[i] }]
    return []
  })
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i])
}

/** Lower-case hex, shortened in the middle. */
export function shortHex(bytes: Uint8Array, most = 16): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return /^0+$/.test(hex)
    ? `00 × ${bytes.length}`
    : hex.length <= most + 6
      ? hex
      : `${hex.slice(0, most)}…${hex.slice(-6)}`
}
