import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

/** Written once and kept. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'report',
    title: 'sample.sev.report',
    at: '2026-06-01T00:00:00Z',
    format: 'amd.sev-report',
    expect: 'S5w',
    files: async () => filesOf((await import('./samples/report.json')).default),
  },
  {
    id: 'pdh',
    title: 'sample.sev.pdh',
    at: '2026-06-01T00:00:00Z',
    format: 'amd.sev-pdh',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/pdh.json')).default),
  },
]
