import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedResult } from '../prepare.ts'

/** Did the service sign exactly this text? The result brings no key, and the standard does not say how services sign: a key that does not fit leaves it open. */
export const resultSigned: CheckDefinition<PreparedResult> = {
  id: 'uar.result-signed',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: {
    title: 'Unified attestation report (TEE 统一远程证明规范)',
    section: 'b64_signature',
    url: 'https://github.com/asterinas/jinzhao-attest',
  },
  run({ artifact, result, key, tried }) {
    const { signed, signature } = result
    if (!signed || !signature) return { outcome: 'fail', because: say('uar.no-signature'), cites: [] }
    const cites = [
      { artifact, path: '', ranges: [rangeOf(signed)] },
      { artifact, path: signature.path, ranges: signature.ranges },
    ]
    if (!key)
      return {
        outcome: 'not-checked',
        because: tried > 0 ? say('uar.not-by-these-keys') : say('uar.no-key', {}, 'key-missing'),
        cites,
        remedy: say('uar.give-key'),
      }
    return {
      outcome: 'pass',
      because: say('uar.result-signed.holds', { name: key.holder }),
      cites,
      proves: [{ from: 'root', to: 'result', by: 'signature' }],
      uses: key.source ? [key.source.item.artifact] : [],
      covers: [{ artifact, range: rangeOf(signed), by: 'attestation-key' }],
    }
  },
}
