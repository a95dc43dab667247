import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'signed',
    title: 'sample.corim.signed',
    at: '2026-01-02T00:00:00Z',
    format: 'corim.signed',
    expect: 'SN',
    files: async () => filesOf((await import('./samples/signed.json')).default),
  },
  {
    id: 'parts',
    title: 'sample.corim.parts',
    at: '2026-01-02T00:00:00Z',
    format: 'corim.unsigned',
    expect: 'SN',
    files: async () => filesOf((await import('./samples/parts.json')).default),
  },
]
