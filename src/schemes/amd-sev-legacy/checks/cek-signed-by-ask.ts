import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedLegacy } from '../prepare.ts'
import { SEV, stepFinding } from './shared.ts'

/** Did AMD's signing key (ASK) sign the chip's? */
export const cekSignedByAsk: CheckDefinition<PreparedLegacy> = {
  id: 'sev.cek-signed-by-ask',
  layer: 3,
  weight: 'decides',
  dependsOn: ['sev.pek-signed-by-cek'],
  spec: SEV('2.1, key hierarchy'),
  run({ pekByCek, cekByAsk }) {
    const cek = pekByCek.state === 'tried' ? pekByCek.signer : undefined
    return stepFinding(
      'sev.cek-signed-by-ask',
      cekByAsk,
      'sev.no-ask',
      cek && { artifact: cek.item.artifact, range: cek.value.body.$.range },
      { from: 'ask', to: 'cek', by: 'signature' },
      'endorsement',
    )
  },
}
