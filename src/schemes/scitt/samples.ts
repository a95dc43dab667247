import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

const AT = '2026-01-02T00:00:00Z'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'endorsement',
    title: 'sample.scitt.endorsement',
    at: AT,
    format: 'scitt.statement',
    expect: 'SN',
    files: async () => filesOf((await import('./samples/endorsement.json')).default),
  },
  {
    id: 'receipt',
    title: 'sample.scitt.receipt',
    at: AT,
    format: 'scitt.statement',
    expect: 'SN',
    files: async () => filesOf((await import('./samples/receipt.json')).default),
  },
]
