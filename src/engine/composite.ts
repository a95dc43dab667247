import { joinBytes } from '../bytes/join.ts'
import { sameBytes } from '../bytes/layout.ts'
import { stepAt } from '../core/steps.ts'
import type { Chain, HashLabel } from '../core/derived.ts'
import { bytesOf } from '../core/place.ts'
import type { CaseItem, CompositeRegisters, Facts, Register } from '../core/scheme.ts'
import { HASH_SIZES, hashNow } from '../crypto/hash.ts'

/** Values for registers that some evidence signs only as one digest: from files beside it or from logs. What hashes to the digest is proved by it, wherever it came from. */

/** Registers of a whole bank as files keep them. */
const BANK = 24
/** Most positions in a running log that are tried. */
const MOST_PREFIXES = 4000

/** The artifacts with the values that were found, in the order given. */
export function withValues<T extends CaseItem>(artifacts: readonly T[]): readonly T[] {
  return artifacts.map((one) => {
    const { composite } = one.facts
    const values = composite && (fromFiles(composite, artifacts) ?? fromLogs(composite, artifacts))
    return composite && values ? { ...one, facts: factsWith(one.facts, composite, values) } : one
  })
}

/** The digest stands for nothing by itself once its parts are known. */
function factsWith(facts: Facts, composite: CompositeRegisters, values: readonly Uint8Array[]): Facts {
  const { digest, parts } = composite
  const own = facts.measurements.map((register): Register =>
    register.value === digest ? { ...register, identity: false } : register,
  )
  const found = parts.flatMap(({ name, hash, identity }, i): Register[] => {
    const value = values[i]
    return value ? [{ name, hash, identity, value: { path: digest.path, ranges: digest.ranges, value } }] : []
  })
  return { ...facts, measurements: [...own, ...found] }
}

const isEqual = ({ digest, hash }: CompositeRegisters, values: readonly Uint8Array[]) =>
  sameBytes(hashNow(hash, joinBytes(values)), digest.value)

const numberOf = (name: string): number => Number(/\d+$/.exec(name)?.[0] ?? -1)

/** Files that hold nothing but the values: those that were quoted, or all of one bank. */
function fromFiles(composite: CompositeRegisters, items: readonly CaseItem[]): readonly Uint8Array[] | undefined {
  const { parts } = composite
  const sizes = parts.map(({ hash }) => HASH_SIZES[hash])
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const [size = 0] = sizes
  for (const item of items) {
    const length = item.slice.end - item.slice.start
    if (item.message !== 'supporting' || (length !== total && length !== BANK * size)) continue
    const bytes = bytesOf(item.slice)
    if (length === total) {
      let at = 0
      const values = sizes.map((one) => bytes.subarray(at, (at += one)))
      if (isEqual(composite, values)) return values
    }
    if (length === BANK * size && parts.every(({ name, hash }) => HASH_SIZES[hash] === size && numberOf(name) < BANK)) {
      const values = parts.map(({ name }) => bytes.subarray(numberOf(name) * size, (numberOf(name) + 1) * size))
      if (isEqual(composite, values)) return values
    }
  }
  return undefined
}

/** What a machine starts with: zeros, and ones where only a dynamic launch sets anything. */
function initialOf(name: string, hash: HashLabel): Uint8Array {
  const number = numberOf(name)
  return new Uint8Array(HASH_SIZES[hash]).fill(number >= 17 && number <= 22 ? 0xff : 0)
}

/** The values that one firmware's log comes to, the rest as it is at the start; a list that goes on while the quote is made is tried at each of its entries. */
function fromLogs(composite: CompositeRegisters, items: readonly CaseItem[]): readonly Uint8Array[] | undefined {
  const derived = items.flatMap(({ derived: one }) => (one?.log === undefined ? [] : [one]))
  const chainIn = (kind: boolean, name: string, hash: HashLabel): Chain | undefined =>
    derived
      .filter(({ log }) => (log === 'firmware') === kind)
      .flatMap(({ chains }) => chains)
      .find((chain) => chain.register === name && chain.hash === hash && !chain.isIncomplete)
  const firmware = derived.filter(({ log }) => log === 'firmware')
  for (const one of firmware.length > 0 ? firmware : derived.slice(0, 1)) {
    const values = composite.parts.map(({ name, hash }) => {
      const chain =
        one.chains.find((own) => own.register === name && own.hash === hash && !own.isIncomplete) ??
        chainIn(false, name, hash)
      return (chain && stepAt(chain.values, -1)) ?? initialOf(name, hash)
    })
    if (isEqual(composite, values)) return values
    const running = composite.parts.flatMap(({ name, hash }, i) => {
      const chain = chainIn(false, name, hash)
      return chain ? [{ chain, i }] : []
    })
    const [only] = running
    if (!only || running.length > 1) continue
    const { values: steps, initial } = only.chain
    const most = Math.min(MOST_PREFIXES, steps.ends.length)
    for (let back = 1; back <= most + 1; back++) {
      const value = back > most ? initial : (stepAt(steps, -back) ?? initial)
      const tried = values.with(only.i, value)
      if (isEqual(composite, tried)) return tried
    }
  }
  return undefined
}
