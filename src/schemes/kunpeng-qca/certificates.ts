import { bytesOf, type Located, type Slice, type Space } from '../../core/place.ts'
import type { JsonValue } from '../../bytes/json.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { stringBytes, type MemberBytes } from '../../envelope/member-bytes.ts'
import { rsaSpki } from '../../crypto/keys.ts'
import { readPile } from '../../pki/pile.ts'
import type { Certificate } from '../../pki/types.ts'

/** A member that is base64url, as every byte string of QCA's JSON is. */
export function base64Member(file: Slice, value: JsonValue | undefined): MemberBytes | undefined {
  const isEmpty = value?.kind === 'string' && value.text === ''
  return isEmpty ? undefined : stringBytes(file, value, (text) => readBase64(text, { url: true }))
}

export function located(path: string, { slice }: Pick<MemberBytes, 'slice'>): Located<Uint8Array> {
  return { path, ranges: [{ space: slice.space, start: slice.start, end: slice.end }], value: bytesOf(slice) }
}

/** The DRK's certificate is base64 once more, in a buffer of 4096 bytes whose rest is NUL. */
export function openDrk(slice: Slice): MemberBytes | undefined {
  let { end } = slice
  while (end > slice.start && slice.bytes[end - 1] === 0) end--
  const read = readBase64({ ...slice, end })
  return read && { slice: read.slice, spaces: [read.space] }
}

/** Certificates of a service: DER, or PEM with NUL behind it. The first is the attestation key's. */
export function openService(slice: Slice): {
  readonly certificates: readonly Certificate[]
  readonly spaces: readonly Space[]
} {
  let { end } = slice
  while (end > slice.start && slice.bytes[end - 1] === 0) end--
  const pile = readPile({ ...slice, end })
  return { certificates: pile.certificates, spaces: pile.spaces }
}

/** The public exponent of every attestation key in the binary form, which has no room for another. */
const EXPONENT = Uint8Array.of(1, 0, 1)

export function spkiOfModulus(modulus: Uint8Array, exponent: Uint8Array = EXPONENT): Uint8Array {
  return rsaSpki(modulus, exponent)
}
