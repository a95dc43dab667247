import type { Chain, Conclusion, Derived, HashLabel, LogKind, LogSummary, NamedValue } from '../../core/derived.ts'
import { joinBytes } from '../../bytes/join.ts'
import { HASH_SIZES, hashNow } from '../../crypto/hash.ts'
import { eventOf, type Entry, type InitialOf } from './model.ts'

/** R = H(R ‖ digest) per register and bank, in the order of the log. */
export function replay(
  entries: readonly Entry[],
  initialOf: InitialOf = initialValue,
): { readonly chains: readonly Chain[]; readonly banks: readonly HashLabel[] } {
  const banks = [...new Set(entries.flatMap((entry) => (entry.extends ? entry.digests.map(({ hash }) => hash) : [])))]
  const byRegister = new Map<string, number[]>()
  for (const [index, entry] of entries.entries()) {
    if (!entry.extends || entry.register === '') continue
    const known = byRegister.get(entry.register)
    if (known) known.push(index)
    else byRegister.set(entry.register, [index])
  }
  const chains = banks.flatMap((hash) =>
    [...byRegister].map(([register, events]) => chainOf(register, hash, events, entries, initialOf(register, hash))),
  )
  return { chains: chains.filter((chain) => chain.values.length > 0), banks }
}

function chainOf(
  register: string,
  hash: HashLabel,
  events: readonly number[],
  entries: readonly Entry[],
  initial: Uint8Array,
): Chain {
  const digests: Uint8Array[] = []
  const values: Uint8Array[] = []
  let value = initial
  let isIncomplete = false
  for (const index of events) {
    const digest = entries[index]?.digests.find((one) => one.hash === hash)?.value
    if (!digest) {
      isIncomplete = true
      break
    }
    value = hashNow(hash, joinBytes([value, digest]))
    digests.push(digest)
    values.push(value)
  }
  return { register, hash, initial, events: events.slice(0, values.length), digests, values, isIncomplete }
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
  place: { readonly end: number; readonly padding: number },
  more: {
    readonly values?: readonly NamedValue[]
    readonly conclusions?: readonly Conclusion[]
    readonly initialOf?: InitialOf
    readonly algorithms?: readonly HashLabel[]
  } = {},
): Derived {
  const { chains, banks } = replay(entries, more.initialOf)
  const ordered = inOrder(chains)
  const count = (covered: Entry['covered']) => entries.filter((entry) => entry.covered === covered).length
  const summary: LogSummary = {
    ...place,
    algorithms: more.algorithms ?? banks,
    coverage: { whole: count('whole'), part: count('part'), none: count('none') },
  }
  return {
    log,
    registers: ordered.flatMap(({ register, hash, values, isIncomplete }) => {
      const value = values.at(-1)
      return value && !isIncomplete ? [{ name: register, hash, value }] : []
    }),
    chains: ordered,
    events: entries.map(eventOf),
    values: more.values ?? [],
    conclusions: more.conclusions ?? [],
    summary,
  }
}
