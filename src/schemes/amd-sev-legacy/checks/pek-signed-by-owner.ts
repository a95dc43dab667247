import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedLegacy } from '../prepare.ts'
import { SEV, stepFinding } from './shared.ts'

/** Did the owner's authority (OCA) sign the platform's key? It says who owns the machine, not whether it is AMD's. */
export const pekSignedByOwner: CheckDefinition<PreparedLegacy> = {
  id: 'sev.pek-signed-by-owner',
  layer: 3,
  weight: 'notes',
  dependsOn: ['sev.signed-by-pek'],
  spec: SEV('2.1, key hierarchy'),
  run({ byPek, pekByOwner }) {
    const pek = byPek.state === 'tried' ? byPek.signer : undefined
    return stepFinding(
      'sev.pek-signed-by-owner',
      pekByOwner,
      'sev.no-owner',
      pek && { artifact: pek.item.artifact, range: pek.value.body.$.range },
      { from: 'oca', to: 'pek', by: 'signature' },
      'endorsement',
    )
  },
}
