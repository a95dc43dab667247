import { rangeOf, type Located } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Cite, Finding } from '../../../core/verdict.ts'
import type { PreparedToken } from '../prepare.ts'

const rfc = (number: number) => (section: string) => ({
  title: `RFC ${number}`,
  section,
  url: `https://www.rfc-editor.org/rfc/rfc${number}`,
})
export const JWS = rfc(7515)
export const JWT = rfc(7519)
export const BCP = rfc(8725)
export const AR4SI = { title: 'draft-ietf-rats-ar4si', section: '3.2' }
export const MAA = (section: string) => ({
  title: 'Microsoft Azure Attestation',
  section,
  url: 'https://learn.microsoft.com/azure/attestation/claim-sets',
})

/** Points at a value of the token. */
export function citeOf(prepared: PreparedToken, ...values: readonly (Located<unknown> | undefined)[]): Cite[] {
  return values.flatMap((value) =>
    value ? [{ artifact: prepared.artifact, path: value.path, ranges: value.ranges }] : [],
  )
}

/** Points at the header as a whole. */
export function citeHeader(prepared: PreparedToken): Cite[] {
  const { header } = prepared.token
  return header ? [{ artifact: prepared.artifact, path: 'header', ranges: [rangeOf(header.slice)] }] : []
}

/** Points at the signature, or at the whole where there is none. */
export function citeSignature(prepared: PreparedToken): Cite[] {
  const { signature, slice } = prepared.token
  return [{ artifact: prepared.artifact, path: signature ? 'signature' : '', ranges: [rangeOf(signature ?? slice)] }]
}

/** The token is not whole enough to look at this. */
export function unreadable(): Finding {
  return { outcome: 'not-checked', because: say('jwt.unreadable'), cites: [] }
}
