import { say } from '../../../core/saying.ts'
import { toHex } from '../../../bytes/layout.ts'
import { certificateCite } from '../nodes.ts'
import { PCK_CHAIN_LENGTH, PCK_ISSUER } from '../profile.ts'
import { SPEC, type QuoteCheck } from './shared.ts'

/** Is the certificate that signed the QE report a PCK certificate, with everything Intel states in one? */
export const pckProfileHolds: QuoteCheck = {
  id: 'intel.pck-profile',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.certificates('1.3.5'),
  run(prepared) {
    const { leaf, extensions, origin } = prepared.chain
    if (!leaf || !extensions)
      return {
        outcome: 'not-checked',
        because: say('chain.no-certificate', { type: prepared.quote.certification?.type.value ?? 0 }),
        cites: [],
        remedy: say('intel.remedy.pck'),
      }
    const cite = certificateCite(prepared, leaf)
    const cites = cite ? [cite] : []
    // Intel finds the certificate by this part of its name.
    if (!/SGX PCK Certificate/.test(leaf.subject.commonName))
      return {
        outcome: 'fail',
        because: say('intel.pck-name', { name: leaf.subject.commonName }),
        cites,
        found: leaf.subject.text,
        expected: 'CN=… SGX PCK Certificate',
      }
    const { path, issuer } = prepared.chain
    if (issuer && !PCK_ISSUER.test(issuer.subject.commonName))
      return {
        outcome: 'fail',
        because: say('intel.pck-issuer', { issuer: issuer.subject.text }),
        cites,
        found: issuer.subject.text,
        expected: 'CN=… SGX PCK Processor CA, CN=… SGX PCK Platform CA',
      }
    if (path && path.path.length > PCK_CHAIN_LENGTH)
      return {
        outcome: 'fail',
        because: say('intel.pck-chain-length', { count: path.path.length, expected: PCK_CHAIN_LENGTH }),
        cites,
      }
    const fault = extensions.faults[0]
    if (fault)
      return { outcome: 'fail', because: fault.because, cites: cite ? [{ ...cite, ranges: [fault.range] }] : [] }
    const odd = extensions.unknown[0]
    if (odd)
      return { outcome: 'unsupported', because: odd.because, cites: cite ? [{ ...cite, ranges: [odd.range] }] : [] }
    const fmspc = extensions.fmspc ? toHex(extensions.fmspc.value) : ''
    return {
      outcome: 'pass',
      because: say(origin === 'case' ? 'intel.pck-profile.holds-beside' : 'intel.pck-profile.holds', { fmspc }),
      cites,
      found: `FMSPC ${fmspc}`,
    }
  },
}
