import { say } from '../../../core/saying.ts'
import { NODE } from '../nodes.ts'
import { revocationFinding, SPEC, type QuoteCheck } from './shared.ts'

/** Is the PCK certificate absent from its issuer's revocation list? */
export const pckNotRevoked: QuoteCheck = {
  id: 'intel.pck-not-revoked',
  layer: 4,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.verification('4.1.2.5.8'),
  byHand: 'openssl crl -inform der -in pck-crl.der -noout -text',
  run(prepared) {
    const { pckRevocation, chain } = prepared
    if (!pckRevocation)
      return {
        outcome: 'not-checked',
        because: chain.leaf
          ? say('revocation.no-issuer')
          : say('chain.no-certificate', { type: prepared.quote.certification?.type.value ?? 0 }),
        cites: [],
        remedy: say('intel.remedy.pck-crl'),
      }
    const proves = [{ from: NODE.pckList, to: NODE.pck, by: 'reference' as const }]
    return revocationFinding(
      prepared,
      'intel.pck-not-revoked',
      pckRevocation,
      'intel.pck-revoked',
      proves,
      say('intel.remedy.pck-crl'),
    )
  },
}
