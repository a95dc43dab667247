import type { HashLabel, Steps } from '../core/derived.ts'
import { HASH_SIZES, hashNow } from './hash.ts'
import { tightHash, type TightHash } from './tight-hash.ts'

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

/** Both sides of a chain: what extends the register, and what it comes to. Digests are given one by one and not kept. */
export class ChainWriter {
  readonly #hash: TightHash
  readonly #size: number
  #digests = new Uint8Array(1024)
  #values = new Uint8Array(1024)
  #ends = new Uint32Array(16)
  #count = 0
  #filled = 0
  /** The register, and behind it what extends it. */
  #pair = new Uint8Array(128)

  constructor(hash: HashLabel, initial: Uint8Array) {
    this.#hash = tightHash(hash)
    this.#size = this.#hash.size
    this.#pair.set(initial)
  }

  extend(digest: Uint8Array): void {
    const size = this.#size
    const filled = this.#filled + digest.length
    const next = this.#count + 1
    if (filled > this.#digests.length) this.#digests = grown(this.#digests, filled)
    if (next * size > this.#values.length) this.#values = grown(this.#values, next * size)
    if (next > this.#ends.length) {
      const ends = new Uint32Array(2 * next)
      ends.set(this.#ends)
      this.#ends = ends
    }
    if (size + digest.length > this.#pair.length) this.#pair = grown(this.#pair, size + digest.length)
    this.#pair.set(digest, size)
    this.#hash.hash(this.#pair, 0, size + digest.length)
    this.#hash.write(this.#pair, 0)
    this.#hash.write(this.#values, this.#count * size)
    this.#digests.set(digest, this.#filled)
    this.#ends[this.#count] = filled
    this.#filled = filled
    this.#count = next
  }

  done(): { readonly digests: Steps; readonly values: Steps } {
    return {
      digests: { bytes: this.#digests.slice(0, this.#filled), ends: this.#ends.slice(0, this.#count) },
      values: {
        bytes: this.#values.slice(0, this.#count * this.#size),
        ends: Uint32Array.from({ length: this.#count }, (_, i) => (i + 1) * this.#size),
      },
    }
  }
}

function grown(bytes: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(2 * needed)
  out.set(bytes)
  return out
}
