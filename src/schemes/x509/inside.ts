import type { Slice } from '../../core/place.ts'
import type { Mark } from '../../core/scheme.ts'
import { derEnd } from '../../bytes/extent.ts'
import { readDerHead } from '../../bytes/der.ts'
import { detectOcsp, looksLikeCertificate, looksLikeCrl, looksLikePublicKey } from './detect.ts'

/** DER says how long it is; what it is, its outer shape says. */
function whole(is: (slice: Slice) => boolean): Mark['end'] {
  return (slice) => {
    const end = derEnd(slice)
    return end !== undefined && is({ ...slice, end }) ? end : undefined
  }
}
const shaped = (looks: (element: ReturnType<typeof readDerHead>['element']) => boolean) => (slice: Slice) =>
  looks(readDerHead(slice).element)

/** SEQUENCE with a length of two bytes, and another SEQUENCE in it. */
const LONG = [0x30, 0x82]
const certificate: Mark = { bytes: LONG, behind: 0, end: whole(shaped(looksLikeCertificate)) }
const list: Mark = { bytes: LONG, behind: 0, end: whole(shaped(looksLikeCrl)) }
/** An answer with something in it; a refusal is five bytes that stand everywhere. */
const answer: Mark = { bytes: LONG, behind: 0, end: whole((slice) => (detectOcsp(slice)?.score ?? 0) > 0.6) }
const isKey = whole(shaped(looksLikePublicKey))
/** SubjectPublicKeyInfo of P-256, P-384 and P-521, and of RSA. */
const keys: readonly Mark[] = [
  { bytes: [0x30, 0x59, 0x30, 0x13, 0x06, 0x07], behind: 0, end: isKey, isMinor: true },
  { bytes: [0x30, 0x76, 0x30, 0x10, 0x06, 0x07], behind: 0, end: isKey, isMinor: true },
  { bytes: [0x30, 0x81, 0x9b, 0x30, 0x10, 0x06, 0x07], behind: 0, end: isKey, isMinor: true },
  { bytes: LONG, behind: 0, end: isKey, isMinor: true },
]

export const marks: readonly Mark[] = [certificate, list, answer, ...keys]
