import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'endorsement',
    title: 'sample.gce.endorsement',
    at: '2026-01-02T00:00:00Z',
    format: 'gce.launch-endorsement',
    expect: 'SN',
    files: async () => filesOf((await import('./samples/endorsement.json')).default),
  },
]
