import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedLegacy } from '../prepare.ts'
import { SEV, stepFinding } from './shared.ts'

/** Did a root key (ARK) sign AMD's signing key? Which root it is, is a status of its own. */
export const askSignedByArk: CheckDefinition<PreparedLegacy> = {
  id: 'sev.ask-signed-by-ark',
  layer: 3,
  weight: 'decides',
  dependsOn: ['sev.cek-signed-by-ask'],
  spec: SEV('2.1, key hierarchy'),
  run({ cekByAsk, askByArk }) {
    const ask = cekByAsk.state === 'tried' ? cekByAsk.signer : undefined
    return stepFinding(
      'sev.ask-signed-by-ark',
      askByArk,
      'sev.no-ark',
      ask && { artifact: ask.item.artifact, range: ask.value.body.$.range },
      { from: 'ark', to: 'ask', by: 'signature' },
      'endorsement',
    )
  },
}
