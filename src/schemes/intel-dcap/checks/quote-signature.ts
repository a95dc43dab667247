import { toHex } from '../../../bytes/layout.ts'
import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { HandCheck } from '../../../core/verdict.ts'
import { ecSpki } from '../../../crypto/keys.ts'
import { NODE, printedRange } from '../nodes.ts'
import { cited, covering, placed, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

/** Did the attestation key sign exactly header and body? */
export const quoteSignature: QuoteCheck = {
  id: 'intel.quote-signed-by-attestation-key',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.verification('4.1.2.5.17'),
  run(prepared) {
    const { quote, quoteSignature: result } = prepared
    const { signature, signedBytes } = quote
    if (!result || !signature || !signedBytes) return UNREADABLE
    const signed = placed('header', signedBytes)
    const cites = cited(prepared, signed, signature, quote.attestationKey)
    const proves = [
      { from: NODE.key, to: NODE.body, by: 'signature' as const },
      { from: NODE.body, to: NODE.data, by: 'reference' as const },
    ]
    const hand: HandCheck | undefined = quote.attestationKey && {
      kind: 'signature',
      algorithm: { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' },
      signed: [{ artifact: prepared.artifact, range: rangeOf(signedBytes) }],
      signature: toHex(signature.value),
      key: toHex(ecSpki('P-256', quote.attestationKey.value)),
    }
    switch (result.result) {
      case 'valid':
        return {
          outcome: 'pass',
          because: say('intel.quote-signed-by-attestation-key.holds', { range: printedRange(signedBytes) }),
          cites,
          ...(hand ? { hand } : {}),
          proves,
          covers: [...covering(prepared, 'attestation-key', signed), ...covering(prepared, 'signature', signature)],
        }
      case 'invalid':
        return { outcome: 'fail', because: result.because, cites, proves, ...(hand ? { hand } : {}) }
      case 'unsupported':
        return { outcome: 'unsupported', because: result.because, cites, proves }
    }
  },
}
