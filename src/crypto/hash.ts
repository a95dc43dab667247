import { sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { HashLabel } from '../core/derived.ts'
import { digest } from './verify.ts'
import { sm3 } from './sm3.ts'
import type { HashName } from './types.ts'

/** Digests at once, for chains of many small ones: waiting for WebCrypto at every step of a long log would take seconds. */

const HASHES: Readonly<Record<HashLabel, (data: Uint8Array) => Uint8Array>> = { sha1, sha256, sha384, sha512, sm3 }

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

/** The digest of some bytes. */
export function hashNow(label: HashLabel, data: Uint8Array): Uint8Array {
  return HASHES[label](data)
}

/** The same for long inputs, by the platform's own code. */
export function hashLater(label: HashLabel, data: Uint8Array): Promise<Uint8Array> {
  return digest(NAMES[label], data)
}
