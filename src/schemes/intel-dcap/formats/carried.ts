import { bytesOf, type Slice, type Space } from '../../../core/place.ts'
import type { Inner } from '../../../core/scheme.ts'
import { readDer } from '../../../bytes/der.ts'
import { readHex } from '../../../envelope/hex.ts'
import { FORMATS } from '../decoded.ts'

/** What a container's part is. */
export type Part = 'tcb-info' | 'identity' | 'crl' | 'chain'

/** A part as it lies in a container. */
export interface Carried {
  readonly part: Part
  readonly name: string
  readonly slice: Slice
  readonly signature?: string
  readonly issuerChain?: string
}

/** The part as an artifact of its own, and the spaces that had to be derived to reach it. */
export function carriedInner(carried: Carried): { readonly inner: Inner; readonly spaces: readonly Space[] } {
  const hints = {
    ...(carried.signature === undefined ? {} : { signature: carried.signature }),
    ...(carried.issuerChain === undefined ? {} : { issuerChain: carried.issuerChain }),
  }
  const base = { name: carried.name, origin: 'bundled', hints } as const
  const slice = withoutNul(carried.slice)
  switch (carried.part) {
    case 'tcb-info':
      return { inner: { ...base, slice, format: FORMATS.tcbInfo }, spaces: [] }
    case 'identity':
      return { inner: { ...base, slice, format: FORMATS.enclaveIdentity }, spaces: [] }
    case 'chain':
      return { inner: { ...base, slice, format: 'x509.pem' }, spaces: [] }
    case 'crl':
      return carriedCrl(carried.slice, slice, base)
  }
}

// A CRL travels as DER, as hex of DER, or as PEM. As DER its last byte may be zero, so its own length decides where it ends, not a NUL.
function carriedCrl(
  whole: Slice,
  text: Slice,
  base: Omit<Inner, 'slice' | 'format'>,
): { inner: Inner; spaces: readonly Space[] } {
  if (whole.bytes[whole.start] === 0x30 && !isHexText(text)) {
    const { end } = readDer(whole)
    return {
      inner: { ...base, slice: { ...whole, end: Math.min(whole.end, Math.max(whole.start, end)) }, format: 'x509.crl' },
      spaces: [],
    }
  }
  if (latin(text).startsWith('-----BEGIN')) return { inner: { ...base, slice: text, format: 'x509.pem' }, spaces: [] }
  const hex = readHex(text)
  return hex
    ? { inner: { ...base, slice: hex.slice, format: 'x509.crl' }, spaces: [hex.space] }
    : { inner: { ...base, slice: whole }, spaces: [] }
}

function isHexText(slice: Slice): boolean {
  return (
    slice.end > slice.start &&
    bytesOf(slice).every(
      (byte) =>
        (byte >= 0x30 && byte <= 0x39) ||
        (byte >= 0x41 && byte <= 0x46) ||
        (byte >= 0x61 && byte <= 0x66) ||
        byte === 10 ||
        byte === 13,
    )
  )
}

/** Without the NUL that ends a C string. */
export function withoutNul(slice: Slice): Slice {
  let end = slice.end
  while (end > slice.start && slice.bytes[end - 1] === 0) end--
  return { ...slice, end }
}

/** ASCII text of a slice. */
export function latin(slice: Slice): string {
  return new TextDecoder('latin1').decode(bytesOf(slice))
}
