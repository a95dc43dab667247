import { toHex } from '../bytes/layout.ts'
import type { CaseItem } from '../core/scheme.ts'
import type { Cite } from '../core/verdict.ts'
import { HASH_SIZES } from '../crypto/hash.ts'
import type { LogFindings } from './log-replays.ts'

/** Something that a reader can expect by name: a register, or a value that a replayed log lends. */
export interface Held {
  readonly name: string
  readonly value: string
  readonly cite: Cite
}

/**
 * Registers of subjects that are one statement, the first subject's own first, and the values of logs behind them; by name in lower case.
 * Of several registers with one name the first counts, since a check of the binding compares them; a bank tells PCRs of one number apart.
 */
export function namedValues(
  subjects: readonly CaseItem[],
  { lent }: Pick<LogFindings, 'lent'>,
): { readonly identity: readonly Held[]; readonly known: ReadonlyMap<string, Held> } {
  const known = new Map<string, Held>()
  const identity: Held[] = []
  for (const subject of subjects) {
    const before = new Set(known.keys())
    for (const { name, hash, value, identity: isIdentity } of subject.facts.measurements) {
      const key = name.toLowerCase()
      if (before.has(key)) continue
      const held: Held = {
        name,
        value: toHex(value.value),
        cite: { artifact: subject.artifact, path: value.path, ranges: value.ranges },
      }
      if (isIdentity) identity.push(held)
      if (!known.has(key)) known.set(key, held)
      if (hash !== undefined) known.set(`${key}:${hash}`, held)
    }
  }
  const said = new Map<string, Held>()
  const torn = new Set<string>()
  for (const { name, value, artifact, ranges } of lent) {
    const key = name.toLowerCase()
    const other = said.get(key)
    // Two logs that replay and disagree: neither counts.
    if (other && other.value !== value) torn.add(key)
    said.set(key, { name, value, cite: { artifact, path: '', ranges } })
  }
  for (const [key, held] of said) if (!torn.has(key) && !known.has(key)) known.set(key, held)
  return { identity, known }
}

/**
 * What a name stands for, given the sizes in bytes of the values that it should hold. PCR0 of a quote over two banks is two registers:
 * a name without its bank means the one that such a value could be of.
 */
export function heldFor(known: ReadonlyMap<string, Held>, name: string, sizes: readonly number[]): Held | undefined {
  const key = name.toLowerCase()
  const first = known.get(key)
  const fits = (one: Held | undefined) => one !== undefined && sizes.includes(one.value.length / 2)
  if (fits(first)) return first
  return (
    Object.keys(HASH_SIZES)
      .flatMap((hash) => known.get(`${key}:${hash}`) ?? [])
      .find(fits) ?? first
  )
}
