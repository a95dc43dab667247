import type { HashLabel, Steps } from '../core/derived.ts'
import { stepsOf } from '../core/steps.ts'
import { HASH_SIZES, hashNow } from './hash.ts'

/** R = H(R ‖ digest), once for each digest: the register after each of them. */
export function extended(hash: HashLabel, initial: Uint8Array, digests: readonly Uint8Array[]): Steps {
  const size = HASH_SIZES[hash]
  const bytes = new Uint8Array(size * digests.length)
  const ends = new Uint32Array(digests.length)
  let value = initial
  for (let i = 0; i < digests.length; i++) {
    value = hashNow(hash, value, digests[i])
    bytes.set(value, i * size)
    ends[i] = (i + 1) * size
  }
  return { bytes, ends }
}

/** Both sides of a chain: what extends the register, and what it comes to. */
export function chained(hash: HashLabel, initial: Uint8Array, digests: readonly Uint8Array[]) {
  return { digests: stepsOf(digests), values: extended(hash, initial, digests) }
}
