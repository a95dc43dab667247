import { rangeOf, type ByteRange } from '../../../core/place.ts'
import type { Cite } from '../../../core/verdict.ts'
import type { PreparedStatement } from '../prepare.ts'

export { COSE } from '../../../envelope/cose-questions.ts'
export const X509 = (section: string) => ({ title: 'RFC 9360', section, url: 'https://www.rfc-editor.org/rfc/rfc9360' })
export const SCITT = (section: string) => ({
  title: 'draft-ietf-scitt-architecture',
  section,
  url: 'https://datatracker.ietf.org/doc/draft-ietf-scitt-architecture/',
})
export const RECEIPTS = (section: string) => ({
  title: 'draft-birkholz-cose-receipts-ccf-profile',
  section,
  url: 'https://datatracker.ietf.org/doc/draft-birkholz-cose-receipts-ccf-profile/',
})
export const DID = {
  title: 'did:x509',
  section: '2',
  url: 'https://github.com/microsoft/did-x509/blob/main/specification.md',
}

/** Points at bytes of the statement. */
export function cite({ artifact }: PreparedStatement, path: string, ...ranges: readonly ByteRange[]): Cite[] {
  return ranges.length === 0 ? [] : [{ artifact, path, ranges }]
}

/** Points at the signature, or at the whole where there is none. */
export function citeSignature(prepared: PreparedStatement): Cite[] {
  const { message, slice } = prepared.cose
  return cite(prepared, message ? '[3]' : '', rangeOf(message?.signature ?? slice))
}
