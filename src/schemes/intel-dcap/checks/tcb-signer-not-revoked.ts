import { say } from '../../../core/saying.ts'
import { NODE } from '../nodes.ts'
import { citedItem, citedList, revocationFinding, SPEC, usedLists, type QuoteCheck } from './shared.ts'

// What a revoked signer signed is refused, and refused collateral counts as absent: an old answer from a mirror must not accuse the quote.
/** Is the certificate that signs TCB info and identities absent from the root's revocation list? */
export const tcbSignerNotRevoked: QuoteCheck = {
  id: 'intel.tcb-signer-not-revoked',
  layer: 5,
  answer: 'current',
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.verification('4.1.2.3'),
  byHand: 'openssl crl -inform der -in root-crl.der -noout -text',
  run(prepared) {
    const { tcbInfo, identity } = prepared
    const used = [tcbInfo.deciding, identity.deciding].filter((item) => item !== undefined)
    const refused = [...tcbInfo.rejected, ...identity.rejected].find((item) => item.revocation?.state === 'listed')
    if (used.length === 0 && refused?.revocation?.state === 'listed') {
      const { standing, entry } = refused.revocation
      return {
        outcome: 'fail',
        because: refused.because,
        cites: [...citedList(prepared, standing, entry.range), citedItem(refused)],
        uses: usedLists(prepared, standing),
      }
    }
    if (used.length === 0)
      return {
        outcome: 'not-checked',
        because: say('intel.no-signed-collateral'),
        cites: [],
        remedy: say('intel.remedy.tcb-info'),
      }
    const proves = [{ from: NODE.rootList, to: NODE.tcbSigner, by: 'reference' as const }]
    const open = used.find((item) => item.revocation?.state !== 'not-listed') ?? used[0]
    if (!open?.revocation)
      return {
        outcome: 'not-checked',
        because: say('revocation.no-issuer'),
        cites: [],
        proves,
        remedy: say('intel.remedy.root-crl'),
      }
    return revocationFinding(
      prepared,
      'intel.tcb-signer-not-revoked',
      open.revocation,
      'collateral.signer-revoked',
      proves,
      say('intel.remedy.root-crl'),
    )
  },
}
