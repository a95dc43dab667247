import type { Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Detection, Detector } from '../../core/scheme.ts'
import { findText } from '../../envelope/characters.ts'
import {
  contentOf,
  derMembers,
  dottedOid,
  isContext,
  isTag,
  readDerHead,
  TAG,
  type DerElement,
} from '../../bytes/der.ts'

const HEAD = 1 << 16

/** OID of CMS signed data, which carries certificates when it signs nothing. */
export const SIGNED_DATA = '1.2.840.113549.1.7.2'

const found = (format: string, score: number, text: string): Detection => ({ format, score, because: say(text) })

/** Members of a SEQUENCE without looking inside; nothing when there are more than `most`, or when it is none. */
export function membersOf(element: DerElement | undefined, most: number): readonly DerElement[] {
  return isTag(element, TAG.sequence) ? (derMembers(element, most)?.members ?? []) : []
}

/** True for the outer shape of a certificate. */
export function looksLikeCertificate(element: DerElement | undefined): boolean {
  const [tbs, algorithm, signature] = membersOf(element, 3)
  const members = membersOf(tbs, 12)
  const at = isContext(members[0], 0) ? 1 : 0
  return (
    isTag(algorithm, TAG.sequence) &&
    isTag(signature, TAG.bitString) &&
    isTag(members[at], TAG.integer) &&
    [1, 2, 3, 4, 5].every((i) => isTag(members[at + i], TAG.sequence))
  )
}

/** True for the outer shape of a revocation list. */
export function looksLikeCrl(element: DerElement | undefined): boolean {
  const [tbs, algorithm, signature] = membersOf(element, 3)
  const members = membersOf(tbs, 8)
  const at = isTag(members[0], TAG.integer) ? 1 : 0
  const time = members[at + 2]
  return (
    isTag(algorithm, TAG.sequence) &&
    isTag(signature, TAG.bitString) &&
    isTag(members[at], TAG.sequence) &&
    isTag(members[at + 1], TAG.sequence) &&
    (isTag(time, TAG.utcTime) || isTag(time, TAG.generalizedTime))
  )
}

function headOf(slice: Slice): DerElement | undefined {
  return slice.bytes[slice.start] === 0x30 && slice.end > slice.start ? readDerHead(slice).element : undefined
}

/** The element behind the first, when there is one. */
function nextOf(slice: Slice, element: DerElement): DerElement | undefined {
  return headOf({ ...slice, start: element.range.end })
}

/** One certificate in DER. */
export const detectCertificate: Detector = (slice) => {
  const head = headOf(slice)
  return head && looksLikeCertificate(head) && !looksLikeCertificate(nextOf(slice, head))
    ? found('x509.certificate', 0.9, 'detect.x509.certificate')
    : undefined
}

/** Beginnings of identifiers under which projects put evidence into certificates, one character a byte (pki/evidence-extensions.ts). */
const EVIDENCE_MARKS = [
  '\x2a\x86\x48\x86\xf8\x4d\x8a\x39',
  '\x2b\xcd\x2c',
  '\x2b\xcd\x2d',
  '\x2b\x06\x01\x04\x01\x82\x37\x69',
  '\x2b\x06\x01\x04\x01\x83\xe7\x3d',
  '\x2a\x86\x48\x86\xf7\x14\x0a\x01',
  '\x06\x06\x67\x81\x05\x05\x04\x09',
]

/** A certificate that brings evidence along in an extension of a project that is known. */
export const detectCarrier: Detector = (slice) => {
  const end = Math.min(slice.end, slice.start + HEAD)
  return detectCertificate(slice) && EVIDENCE_MARKS.some((mark) => findText(slice.bytes, slice.start, end, mark) >= 0)
    ? found('x509.carrier', 0.91, 'detect.x509.carrier')
    : undefined
}

/** One revocation list in DER. */
export const detectCrl: Detector = (slice) =>
  looksLikeCrl(headOf(slice)) ? found('x509.crl', 0.9, 'detect.x509.crl') : undefined

/** An answer of an OCSP responder: a status, and what it says under an explicit tag; a refusal is the status alone. */
export const detectOcsp: Detector = (slice) => {
  const head = headOf(slice)
  const [status, holder, ...more] = membersOf(head, 2)
  if (!isTag(status, TAG.enumerated) || status.content.end - status.content.start !== 1 || more.length > 0)
    return undefined
  if (holder === undefined)
    return head?.range.end === slice.end ? found('x509.ocsp', 0.6, 'detect.x509.ocsp-refusal') : undefined
  return isContext(holder, 0) ? found('x509.ocsp', 0.9, 'detect.x509.ocsp') : undefined
}

/** Several certificates in one DER file: back to back, in a sequence, or in an unsigned CMS message. */
export const detectContainer: Detector = (slice) => {
  const head = headOf(slice)
  if (!head) return undefined
  if (looksLikeCertificate(head))
    return looksLikeCertificate(nextOf(slice, head))
      ? found('x509.concatenated', 0.9, 'detect.x509.concatenated')
      : undefined
  const members = membersOf(head, 64)
  if (members.length > 0 && members.every(looksLikeCertificate))
    return found('x509.pkipath', 0.9, 'detect.x509.pkipath')
  const [type, content] = members
  return members.length === 2 &&
    isTag(type, TAG.oid) &&
    dottedOid(contentOf(type)) === SIGNED_DATA &&
    isContext(content, 0)
    ? found('x509.pkcs7', 0.6, 'detect.x509.pkcs7')
    : undefined
}

/** True for the shape of a SubjectPublicKeyInfo. */
export function looksLikePublicKey(element: DerElement | undefined): boolean {
  const [algorithm, key, ...more] = membersOf(element, 3)
  const [name] = membersOf(algorithm, 3)
  return isTag(name, TAG.oid) && isTag(key, TAG.bitString) && more.length === 0
}

/** A SubjectPublicKeyInfo in DER. */
export const detectPublicKey: Detector = (slice) => {
  return looksLikePublicKey(headOf(slice)) ? found('x509.public-key', 0.7, 'detect.x509.public-key') : undefined
}

const LABEL = /^-----BEGIN (?:X509 |TRUSTED )?(?:CERTIFICATE|CRL|PUBLIC KEY|PKCS7|CMS|OCSP RESPONSE)-----/
const LONGEST_LABEL = 64

const textAt = (slice: Slice, start: number, end: number) =>
  String.fromCharCode(...slice.bytes.subarray(start, Math.min(slice.end, end)))

/** A text with PEM blocks of these kinds. */
export const detectPem: Detector = (slice) => {
  const head = Math.min(slice.end, slice.start + HEAD)
  for (
    let at = findText(slice.bytes, slice.start, head, '-----BEGIN ');
    at >= 0;
    at = findText(slice.bytes, at + 1, head, '-----BEGIN ')
  ) {
    if (!LABEL.test(textAt(slice, at, Math.min(head, at + LONGEST_LABEL)))) continue
    // Between marks that stand alone; inside other text (JSON, YAML) a reader of that text knows better.
    const isFirst = at - slice.start < 256 && /^\s*$/.test(textAt(slice, slice.start, at))
    return isFirst ? found('x509.pem', 0.8, 'detect.x509.pem') : found('x509.pem', 0.3, 'detect.x509.pem-inside')
  }
  return undefined
}
