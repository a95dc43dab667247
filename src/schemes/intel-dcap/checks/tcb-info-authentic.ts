import { say } from '../../../core/saying.ts'
import type { Finding } from '../../../core/verdict.ts'
import { toHex } from '../../../bytes/layout.ts'
import { bytesOf, rangeOf } from '../../../core/place.ts'
import type { Authenticated, Signed } from '../collateral/authenticate.ts'
import { NODE } from '../nodes.ts'
import { absent, citedItem, SPEC, type QuoteCheck } from './shared.ts'

/** What an authentic item comes to: its signed bytes and its signature are covered by the vendor's signer. */
export function authenticFinding<T extends Signed>(id: string, node: string, item: Authenticated<T>): Finding {
  const { item: source, value } = item.source
  const covers = [
    ...(value.body ? [{ artifact: source.artifact, range: rangeOf(value.body), by: 'collateral' as const }] : []),
    ...(value.signatureRange
      ? [{ artifact: source.artifact, range: value.signatureRange, by: 'signature' as const }]
      : []),
  ]
  const { body, signature } = value
  return {
    outcome: 'pass',
    ...(body && signature && item.signer
      ? {
          hand: {
            kind: 'signature' as const,
            algorithm: { kind: 'ecdsa' as const, hash: 'SHA-256', form: 'p1363' as const },
            signed: [{ artifact: source.artifact, range: rangeOf(body) }],
            signature: toHex(signature),
            key: toHex(bytesOf(item.signer.spki)),
          },
        }
      : {}),
    because: say(`${id}.holds`, { signer: item.signer?.subject.commonName ?? '' }),
    cites: [citedItem(item)],
    uses: [source.artifact],
    covers,
    proves: [
      { from: NODE.root, to: NODE.tcbSigner, by: 'signature' },
      { from: NODE.tcbSigner, to: node, by: 'signature' },
    ],
  }
}

/** Is there a TCB info for this platform, signed over exactly its bytes under the root of the quote? */
export const tcbInfoAuthentic: QuoteCheck = {
  id: 'intel.tcb-info-authentic',
  layer: 5,
  answer: 'current',
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.verification('4.1.2.3'),
  run({ tcbInfo }) {
    if (tcbInfo.deciding) return authenticFinding('intel.tcb-info-authentic', NODE.tcbInfo, tcbInfo.deciding)
    // What speaks about another platform is authentic all the same; that it does not apply is another question.
    const other = tcbInfo.forOthers[0]
    if (other) return authenticFinding('intel.tcb-info-authentic', NODE.tcbInfo, other.item)
    return absent(tcbInfo, say('intel.tcb-info-missing'), say('intel.remedy.tcb-info'))
  },
}
