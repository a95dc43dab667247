import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { HashLabel } from '../core/derived.ts'
import { joinBytes } from '../bytes/join.ts'
import { digest } from './verify.ts'
import { sm3 } from './sm3.ts'
import type { HashName } from './types.ts'

/** Digests at once, for chains of many small ones: waiting for WebCrypto at every step of a long log would take seconds. */

type Hash = (first: Uint8Array, second?: Uint8Array) => Uint8Array

/**
 * What the library makes for each digest (an object, a block, a view) costs more than a short digest does: it is made once, and begun
 * anew each time. `digest` takes the result from that block: a view of a fresh array would give each of them memory of its own.
 */
function again<H extends { update(data: Uint8Array): H; digest(): Uint8Array; _cloneInto(to?: H): H }>(
  create: () => H,
): Hash {
  const fresh = create()
  const own = create()
  return (first, second) => {
    fresh._cloneInto(own).update(first)
    if (second) own.update(second)
    return own.digest()
  }
}

const HASHES: Readonly<Record<HashLabel, Hash>> = {
  sha1: again(() => sha1.create()),
  sha256: again(() => sha256.create()),
  sha384: again(() => sha384.create()),
  sha512: again(() => sha512.create()),
  sm3: (first, second) => sm3(second ? joinBytes([first, second]) : first),
}

/** Bytes of a digest. */
export const HASH_SIZES: Readonly<Record<HashLabel, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64, sm3: 32 }

/** WebCrypto's names. */
const NAMES: Readonly<Record<HashLabel, HashName>> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
  sm3: 'SM3',
}

/** The digest of some bytes, or of two pieces as if they stood together. */
export function hashNow(label: HashLabel, first: Uint8Array, second?: Uint8Array): Uint8Array {
  return HASHES[label](first, second)
}

/** The same for long inputs, by the platform's own code. */
export function hashLater(label: HashLabel, data: Uint8Array): Promise<Uint8Array> {
  return digest(NAMES[label], data)
}
