import { say } from '../../../core/saying.ts'
import { toHex } from '../../../bytes/layout.ts'
import { certificateCite } from '../nodes.ts'
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
    const fault = extensions.faults[0]
    if (fault)
      return { outcome: 'fail', because: fault.because, cites: cite ? [{ ...cite, ranges: [fault.range] }] : [] }
    const fmspc = extensions.fmspc ? toHex(extensions.fmspc.value) : ''
    return {
      outcome: 'pass',
      because: say(origin === 'case' ? 'intel.pck-profile.holds-beside' : 'intel.pck-profile.holds', { fmspc }),
      cites,
      found: `FMSPC ${fmspc}`,
    }
  },
}
