import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedQca } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { QCA } from './shared.ts'

/** Said, not asked: no list of withdrawn device keys is published. */
export const noRevocation: CheckDefinition<PreparedQca> = {
  id: 'qca.no-revocation',
  layer: 4,
  weight: 'notes',
  dependsOn: [],
  spec: QCA('drk_cert'),
  run: () => finding('not-applicable', 'qca.no-revocation.none-published', []),
}
