import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'
import { FORMATS } from './formats.ts'

/** Written once by the attester and kept. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'contrast',
    title: 'sample.reference-list.contrast',
    at: '2026-01-02T00:00:00Z',
    format: FORMATS.contrast,
    expect: 'SN',
    files: async () => filesOf((await import('./samples/contrast.json')).default),
  },
]
