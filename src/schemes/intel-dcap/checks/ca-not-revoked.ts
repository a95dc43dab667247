import { say } from '../../../core/saying.ts'
import { NODE } from '../nodes.ts'
import { revocationFinding, SPEC, type QuoteCheck } from './shared.ts'

/** Is the authority above the PCK certificate absent from the root's revocation list? */
export const caNotRevoked: QuoteCheck = {
  id: 'intel.pck-ca-not-revoked',
  layer: 4,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.verification('4.1.2.1'),
  byHand: 'openssl crl -inform der -in root-crl.der -noout -text',
  // A PCK certificate directly under the root has no authority between.
  applies: ({ chain }) => chain.intermediate !== undefined || chain.root === undefined,
  run(prepared) {
    const { caRevocation, chain } = prepared
    if (!caRevocation)
      return {
        outcome: 'not-checked',
        because: chain.leaf
          ? say('revocation.no-issuer')
          : say('chain.no-certificate', { type: prepared.quote.certification?.type.value ?? 0 }),
        cites: [],
        remedy: say('intel.remedy.root-crl'),
      }
    const proves = [{ from: NODE.rootList, to: NODE.ca, by: 'reference' as const }]
    return revocationFinding(
      prepared,
      'intel.pck-ca-not-revoked',
      caRevocation,
      'intel.pck-ca-revoked',
      proves,
      say('intel.remedy.root-crl'),
    )
  },
}
