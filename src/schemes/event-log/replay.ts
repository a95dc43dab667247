import type { Chain, Conclusion, Derived, HashLabel, LogKind, LogSummary, NamedValue } from '../../core/derived.ts'
import { countCovered, eventsOf } from '../../core/events.ts'
import { stepAt } from '../../core/steps.ts'
import { chained } from '../../crypto/chain.ts'
import { HASH_SIZES } from '../../crypto/hash.ts'
import type { Entry, InitialOf } from './model.ts'
import type { Digest } from './tcg.ts'

/** R = H(R ‖ digest) per register and bank, in the order of the log. */
export function replay(
  entries: readonly Entry[],
  initialOf: InitialOf = initialValue,
): { readonly chains: readonly Chain[]; readonly banks: readonly HashLabel[] } {
  const found = new Set<HashLabel>()
  const byRegister = new Map<string, number[]>()
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index]
    if (!entry?.extends) continue
    for (const digest of entry.digests) found.add(digest.hash)
    if (entry.register === '') continue
    const known = byRegister.get(entry.register)
    if (known) known.push(index)
    else byRegister.set(entry.register, [index])
  }
  const banks = [...found]
  const chains = banks.flatMap((hash) =>
    [...byRegister].map(([register, events]) => chainOf(register, hash, events, entries, initialOf(register, hash))),
  )
  return { chains: chains.filter((chain) => chain.events.length > 0), banks }
}

function digestIn(digests: readonly Digest[] | undefined, hash: HashLabel): Uint8Array | undefined {
  if (digests) for (const one of digests) if (one.hash === hash) return one.value
  return undefined
}

function chainOf(
  register: string,
  hash: HashLabel,
  events: readonly number[],
  entries: readonly Entry[],
  initial: Uint8Array,
): Chain {
  const digests: Uint8Array[] = []
  for (const index of events) {
    const digest = digestIn(entries[index]?.digests, hash)
    if (!digest) break
    digests.push(digest)
  }
  const isIncomplete = digests.length < events.length
  return {
    register,
    hash,
    initial,
    events: isIncomplete ? events.slice(0, digests.length) : events,
    ...chained(hash, initial, digests),
    isIncomplete,
  }
}

/** Zeros; a dynamic launch's PCRs 17 to 22 are all ones until one takes place. */
export function initialValue(register: string, hash: HashLabel): Uint8Array {
  const number = /^PCR(\d+)$/.exec(register)?.[1]
  const isDynamic = number !== undefined && Number(number) >= 17 && Number(number) <= 22
  return new Uint8Array(HASH_SIZES[hash]).fill(isDynamic ? 0xff : 0)
}

/** Registers in their order, then by bank as the log lists them. */
function inOrder(chains: readonly Chain[]): readonly Chain[] {
  const rank = (name: string) => Number(/\d+$/.exec(name)?.[0] ?? 0)
  return chains.toSorted((a, b) => (a.hash === b.hash ? rank(a.register) - rank(b.register) : 0))
}

/** Everything that follows from a log. */
export function derivedFrom(
  log: LogKind,
  entries: readonly Entry[],
  place: Pick<LogSummary, 'end' | 'padding' | 'isPart'>,
  more: {
    readonly values?: readonly NamedValue[]
    readonly conclusions?: readonly Conclusion[]
    readonly initialOf?: InitialOf
    readonly algorithms?: readonly HashLabel[]
  } = {},
): Derived {
  const { chains, banks } = replay(entries, more.initialOf)
  const ordered = inOrder(chains)
  const events = eventsOf(entries)
  const { whole, part, none } = countCovered(events)
  const summary: LogSummary = {
    ...place,
    algorithms: more.algorithms ?? banks,
    coverage: { whole, part, none },
  }
  return {
    log,
    registers: ordered.flatMap(({ register, hash, values, isIncomplete }) => {
      const value = stepAt(values, -1)
      return value && !isIncomplete ? [{ name: register, hash, value }] : []
    }),
    chains: ordered,
    events,
    values: more.values ?? [],
    conclusions: more.conclusions ?? [],
    summary,
  }
}
