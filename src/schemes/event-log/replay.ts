import type {
  Chain,
  Conclusion,
  Derived,
  Events,
  HashLabel,
  LogKind,
  LogSummary,
  NamedValue,
} from '../../core/derived.ts'
import { countCovered, EventsWriter } from '../../core/events.ts'
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
class Replay {
  readonly #initialOf: InitialOf
  readonly #banks = new Set<HashLabel>()
  readonly #byRegister = new Map<string, Map<HashLabel, OpenChain>>()

  constructor(initialOf: InitialOf) {
    this.#initialOf = initialOf
  }

  put(entry: Entry, index: number): void {
    if (!entry.extends) return
    const { register, digests } = entry
    for (const { hash } of digests) this.#banks.add(hash)
    if (register === '') return
    let chains = this.#byRegister.get(register)
    if (!chains) {
      // A bank that its first event lacks has no chain in this register.
      chains = new Map()
      for (const { hash } of digests) {
        const writer = new ChainWriter(hash, this.#initialOf(register, hash))
        chains.set(hash, { writer, events: [], isIncomplete: false })
      }
      this.#byRegister.set(register, chains)
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

  done(): { readonly chains: readonly Chain[]; readonly banks: readonly HashLabel[] } {
    const banks = [...this.#banks]
    return {
      banks,
      chains: banks.flatMap((hash) =>
        [...this.#byRegister].flatMap(([register, chains]): Chain[] => {
          const chain = chains.get(hash)
          if (!chain) return []
          const { events, isIncomplete, writer } = chain
          return [{ register, hash, initial: this.#initialOf(register, hash), events, ...writer.done(), isIncomplete }]
        }),
      ),
    }
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
export const MOST_VALUES = 2000

/** What is known of a log once all of its events were read. */
interface Behind extends Pick<LogSummary, 'end' | 'padding' | 'isPart' | 'breaksOff'> {
  readonly values?: readonly NamedValue[]
  /** Values that were not even made. */
  readonly leftOut?: number
  readonly conclusions?: readonly Conclusion[]
  readonly algorithms?: readonly HashLabel[]
}

/** Everything that follows from a log. Entries are asked for once, one after another, and none is kept. */
export function derivedFrom(
  log: LogKind,
  entries: Iterable<Entry>,
  behind: (events: Events) => Behind,
  initialOf: InitialOf = initialValue,
): Derived {
  const writer = new EventsWriter()
  const replay = new Replay(initialOf)
  let count = 0
  for (const entry of entries) {
    writer.put(entry)
    replay.put(entry, count++)
  }
  const events = writer.done()
  const { chains, banks } = replay.done()
  const ordered = inOrder(chains)
  const { values = [], leftOut = 0, conclusions = [], algorithms = banks, ...place } = behind(events)
  const valuesLeftOut = leftOut + Math.max(0, values.length - MOST_VALUES)
  const { whole, part, none } = countCovered(events)
  const summary: LogSummary = {
    ...place,
    algorithms,
    coverage: { whole, part, none },
    ...(valuesLeftOut > 0 ? { valuesLeftOut } : {}),
  }
  return {
    log,
    registers: ordered.flatMap(({ register, hash, values: steps, isIncomplete }) => {
      const value = stepAt(steps, -1)
      // A view would take the whole chain along to wherever it is sent.
      return value && !isIncomplete ? [{ name: register, hash, value: value.slice() }] : []
    }),
    chains: ordered,
    events,
    values: values.slice(0, MOST_VALUES),
    conclusions,
    summary,
  }
}
