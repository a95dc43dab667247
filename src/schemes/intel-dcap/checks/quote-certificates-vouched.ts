import { bytesOf, rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import { toHex } from '../../../bytes/layout.ts'
import { spokenName } from '../../../pki/names.ts'
import type { Certificate } from '../../../pki/types.ts'
import { certificateCite } from '../nodes.ts'
import { PCK_CHAIN_LENGTH } from '../profile.ts'
import { cited, placed, SPEC, type QuoteCheck } from './shared.ts'

/** How many that are not the same bytes; only past the length of a chain does it matter which are. */
function differentOnes(certificates: readonly Certificate[]): number {
  return certificates.length <= PCK_CHAIN_LENGTH
    ? certificates.length
    : new Set(certificates.map((one) => toHex(bytesOf(one.slice)))).size
}

/** Does the same root vouch for every certificate that the quote carries, and does its text stand as it was written? */
export const quoteCertificatesVouched: QuoteCheck = {
  id: 'intel.quote-certificates-vouched',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.verification('4.1.2.1'),
  applies: ({ quote }) => quote.chainSlice !== undefined,
  run(prepared) {
    const { chain, quote } = prepared
    const whole = cited(prepared, placed('signatureData.certificationData', quote.chainSlice))
    if (chain.textFault) return { outcome: 'fail', because: chain.textFault, cites: whole }
    const stray = chain.strays.find((one) => one.isBroken) ?? chain.strays[0]
    // Without a root there is nothing to measure the others by, unless one contradicts itself.
    if (chain.rootKey === undefined && !stray?.isBroken)
      return { outcome: 'not-checked', because: say('intel.no-root'), cites: whole }
    const count = stray ? 0 : differentOnes(quote.certificates)
    if (count > PCK_CHAIN_LENGTH)
      return {
        outcome: 'unsupported',
        because: say('intel.certificate-count', { count, expected: PCK_CHAIN_LENGTH }),
        cites: whole,
      }
    if (!stray)
      return {
        outcome: 'pass',
        because: say('intel.quote-certificates-vouched.holds', { count: quote.certificates.length }),
        cites: whole,
      }
    const { certificate, isBroken } = stray
    const cite = certificateCite(prepared, certificate)
    return {
      outcome: 'fail',
      because: say(isBroken ? 'chain.stray-altered' : 'chain.stray', { subject: spokenName(certificate.subject) }),
      cites: cite ? [{ ...cite, ranges: [rangeOf(certificate.slice)] }] : whole,
    }
  },
}
