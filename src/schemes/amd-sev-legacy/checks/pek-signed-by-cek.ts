import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedLegacy } from '../prepare.ts'
import { SEV, stepFinding } from './shared.ts'

/** Did the chip's endorsement key (CEK) sign the platform's? */
export const pekSignedByCek: CheckDefinition<PreparedLegacy> = {
  id: 'sev.pek-signed-by-cek',
  layer: 3,
  weight: 'decides',
  dependsOn: ['sev.signed-by-pek'],
  spec: SEV('2.1, key hierarchy'),
  run({ byPek, pekByCek }) {
    const pek = byPek.state === 'tried' ? byPek.signer : undefined
    return stepFinding(
      'sev.pek-signed-by-cek',
      pekByCek,
      'sev.no-cek',
      pek && { artifact: pek.item.artifact, range: pek.value.body.$.range },
      { from: 'cek', to: 'pek', by: 'signature' },
      'endorsement',
    )
  },
}
