import type { Mark } from '../core/scheme.ts'
import { cborEnd } from '../bytes/extent.ts'

/** Heads of COSE_Sign1 messages: an array of four, and a protected header that names nothing but its algorithm (RFC 9052 4.2), with and without the tag. */
export function signedMarks(algorithm: readonly number[]): readonly Mark[] {
  const header = [0xa1, 0x01, ...algorithm]
  const head = [0x84, 0x40 + header.length, ...header]
  return [
    { bytes: [0xd2, ...head], behind: 0, end: cborEnd },
    { bytes: head, behind: 0, end: cborEnd },
  ]
}

/** ES256, ES384, ES512 and EdDSA as CBOR writes them. */
export const ES256 = [0x26] as const
export const ES384 = [0x38, 0x22] as const
export const ES512 = [0x38, 0x23] as const
export const EDDSA = [0x27] as const
