import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

export const samples: readonly AttesterSample[] = [
  {
    id: 'result',
    title: 'sample.uar.result',
    at: '2026-06-01T00:00:00Z',
    format: 'uar.result',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/result.json')).default),
  },
]
