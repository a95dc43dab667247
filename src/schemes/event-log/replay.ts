import type { Chain, Conclusion, Derived, HashLabel, LogKind, LogSummary, NamedValue } from '../../core/derived.ts'
import { countCovered, eventsOf } from '../../core/events.ts'
import { stepAt } from '../../core/steps.ts'
import { ChainWriter } from '../../crypto/chain.ts'
import { HASH_SIZES } from '../../crypto/hash.ts'
import type { Entry, InitialOf } from './model.ts'
import type { Digest } from './tcg.ts'

interface OpenChain {
  readonly writer: ChainWriter
  readonly events: number[]
  isIncomplete: boolean
}

/** R = H(R ‖ digest) per register and bank, in the order of the log. */
export function replay(
  entries: readonly Entry[],
  initialOf: InitialOf = initialValue,
): { readonly chains: readonly Chain[]; readonly banks: readonly HashLabel[] } {
  const banks = new Set<HashLabel>()
  const byRegister = new Map<string, Map<HashLabel, OpenChain>>()
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index]
    if (!entry?.extends) continue
    const { register, digests } = entry
    for (const { hash } of digests) banks.add(hash)
    if (register === '') continue
    let chains = byRegister.get(register)
    if (!chains) {
      // A bank that its first event lacks has no chain in this register.
      chains = new Map()
      for (const { hash } of digests)
        chains.set(hash, { writer: new ChainWriter(hash, initialOf(register, hash)), events: [], isIncomplete: false })
      byRegister.set(register, chains)
    }
    for (const [hash, chain] of chains) {
      if (chain.isIncomplete) continue
      const digest = digestIn(digests, hash)
      if (digest) {
        chain.writer.extend(digest)
        chain.events.push(index)
      } else chain.isIncomplete = true
    }
  }
  return {
    banks: [...banks],
    chains: [...banks].flatMap((hash) =>
      [...byRegister].flatMap(([register, chains]): Chain[] => {
        const chain = chains.get(hash)
        if (!chain) return []
        const { events, isIncomplete, writer } = chain
        return [{ register, hash, initial: initialOf(register, hash), events, ...writer.done(), isIncomplete }]
      }),
    ),
  }
}

function digestIn(digests: readonly Digest[], hash: HashLabel): Uint8Array | undefined {
  for (const one of digests) if (one.hash === hash) return one.value
  return undefined
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

/** Most values by name of one log: what has more says nothing that a reader could expect by name. */
const MOST_VALUES = 2000

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
      // A view would take the whole chain along to wherever it is sent.
      return value && !isIncomplete ? [{ name: register, hash, value: value.slice() }] : []
    }),
    chains: ordered,
    events,
    values: (more.values ?? []).slice(0, MOST_VALUES),
    conclusions: more.conclusions ?? [],
    summary,
  }
}
