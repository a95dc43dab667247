import { rangeOf, type ByteRange, type Slice } from '../../../core/place.ts'
import { say, type Saying } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Cite, Coverage, Finding, TrustEdge } from '../../../core/verdict.ts'
import type { CrlStanding, Revocation } from '../../../pki/types.ts'
import type { Authenticated, Signed } from '../collateral/authenticate.ts'
import type { Selected } from '../collateral/select.ts'
import type { PreparedQuote } from '../prepare.ts'
import type { Work } from '../work.ts'

/** A check of a quote. */
export type QuoteCheck = CheckDefinition<PreparedQuote>

const QUOTING = 'https://download.01.org/intel-sgx/latest/dcap-latest/linux/docs/Intel_TDX_DCAP_Quoting_Library_API.pdf'

/** The documents that the checks follow. */
export const SPEC = {
  quote: (section: string) => ({ title: 'Intel TDX DCAP Quoting Library API', section, url: QUOTING }),
  verification: (section: string) => ({
    title: 'Intel DCAP Quote Verification Library',
    section,
    url: 'https://github.com/intel/confidential-computing.tee.dcap.qvl',
  }),
  certificates: (section: string) => ({
    title: 'Intel SGX PCK Certificate and Certificate Revocation List Profile',
    section,
  }),
  collateral: (section: string) => ({
    title: 'Intel Provisioning Certification Service API v4',
    section,
    url: 'https://api.portal.trustedservices.intel.com/content/documentation.html',
  }),
  module: (section: string) => ({ title: 'Intel TDX Module ABI Specification', section }),
  attributes: (section: string) => ({
    title: 'Intel Software Developer’s Manual, volume 3D, for SGX; Intel TDX Module ABI Specification for TDX',
    section,
  }),
  enclave: (section: string) => ({ title: 'Intel Software Developer’s Manual, volume 3D', section }),
  x509: (section: string) => ({ title: 'RFC 5280', section, url: 'https://www.rfc-editor.org/rfc/rfc5280' }),
}

/** Something with a place in the quote. */
export interface Placed {
  readonly path: string
  readonly ranges: readonly ByteRange[]
}

/** Cites of values in the quote; what is not there is left out. */
export function cited({ artifact }: Work, ...places: readonly (Placed | undefined)[]): Cite[] {
  return places.flatMap((place) =>
    place && place.ranges.length > 0 ? [{ artifact, path: place.path, ranges: place.ranges }] : [],
  )
}

/** A slice as a place. */
export function placed(path: string, slice: Slice | undefined): Placed | undefined {
  return slice && { path, ranges: [rangeOf(slice)] }
}

/** Coverage of places in the quote. */
export function covering(
  { artifact }: Work,
  by: Coverage['by'],
  ...places: readonly (Placed | undefined)[]
): Coverage[] {
  return places.flatMap((place) => (place ? place.ranges.map((range) => ({ artifact, range, by })) : []))
}

/** The bytes end before what this check looks at. */
export const UNREADABLE: Finding = { outcome: 'not-checked', because: say('intel.unreadable'), cites: [] }

/** Cite of a collateral item's signed part, or of a place in it. */
export function citedItem({ source, at }: Authenticated<Signed>): Cite {
  const { item, value } = source
  return { artifact: item.artifact, path: value.bodyPath, ranges: [at ?? rangeOf(value.body ?? item.slice)] }
}

/** What a check of an item comes to when there is none to look at: refused ones are shown, missing ones are wished for. */
export function absent<T extends Signed>(selected: Selected<T>, missing: Saying, remedy: Saying): Finding {
  const bad = selected.unreadable ?? selected.rejected.find((item) => item.state === 'rejected') ?? selected.rejected[0]
  if (bad)
    return {
      outcome: bad.state === 'rejected' ? 'fail' : 'not-checked',
      because: bad.because,
      cites: [citedItem(bad)],
      uses: [bad.source.item.artifact],
      remedy,
    }
  const other = selected.forOthers[0]
  return {
    outcome: 'not-checked',
    because: other?.because ?? missing,
    cites: other ? [citedItem(other.item)] : [],
    ...(other ? { uses: [other.item.source.item.artifact] } : {}),
    remedy,
  }
}

/** Where a list lies in the case. */
export function citedList(work: Work, standing: CrlStanding, range?: ByteRange): Cite[] {
  const found = work.lists.find((one) => one.source.value === standing.crl)
  return found
    ? [{ artifact: found.source.item.artifact, path: 'crl', ranges: [range ?? rangeOf(standing.crl.slice)] }]
    : []
}

/** Artifacts of the lists that an answer came from. */
export function usedLists(work: Work, ...standings: readonly CrlStanding[]): number[] {
  return work.lists
    .filter((one) => standings.some((standing) => standing.crl === one.source.value))
    .map((one) => one.source.item.artifact)
}

/** What a revocation comes to: listed stands whatever the list's dates, and not being listed needs a current one. */
export function revocationFinding(
  work: Work,
  id: string,
  revocation: Revocation,
  listed: string,
  proves: readonly TrustEdge[],
  remedy: Saying,
): Finding {
  const own =
    revocation.state === 'not-checked' ? revocation.standings.filter((one) => one.because.code !== 'not-for-this') : []
  switch (revocation.state) {
    case 'listed': {
      // A quote has no date of its own: it could have been made after the revocation.
      const because = !revocation.revokedBefore
        ? say('intel.revoked-later', revocation.because.params)
        : revocation.because.code === 'revoked'
          ? say(listed, revocation.because.params)
          : revocation.because
      return {
        outcome: 'fail',
        because,
        cites: citedList(work, revocation.standing, revocation.entry.range),
        uses: usedLists(work, revocation.standing),
        proves,
        found: String(revocation.because.params['serial'] ?? ''),
      }
    }
    case 'not-listed':
      return {
        outcome: 'pass',
        because: say(`${id}.holds`, revocation.because.params),
        cites: citedList(work, revocation.standing),
        uses: usedLists(work, revocation.standing),
        proves,
      }
    case 'not-checked':
      // Lists of other issuers lie in every case; what matters is that this one's is missing.
      return {
        outcome: 'not-checked',
        because:
          revocation.because.code === 'not-for-this'
            ? say('revocation.missing', { issuer: revocation.because.params['expected'] ?? '' })
            : revocation.because,
        cites: own.flatMap((one) => citedList(work, one)),
        uses: usedLists(work, ...own),
        proves,
        remedy,
      }
  }
}
