import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCsv } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { CSV } from './shared.ts'

/** Hygon publishes neither revocation lists nor dates for these certificates: said, because nothing can be asked. */
export const noRevocation: CheckDefinition<PreparedCsv> = {
  id: 'csv.no-revocation',
  layer: 4,
  weight: 'notes',
  dependsOn: [],
  spec: CSV('certificates carry no dates and no serial numbers'),
  run: () => finding('not-applicable', 'csv.no-revocation.none-published', []),
}
