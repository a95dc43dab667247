import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

export const AT = '2026-06-01T00:00:00Z'

/** Written once and kept. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'v1',
    title: 'sample.csv.v1',
    short: 'sample.csv.v1.short',
    at: AT,
    format: 'csv.report',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/v1.json')).default),
  },
  {
    id: 'v2',
    title: 'sample.csv.v2',
    short: 'sample.csv.v2.short',
    at: AT,
    format: 'csv.report',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/v2.json')).default),
  },
  {
    id: 'debug',
    title: 'sample.csv.debug',
    short: 'sample.csv.debug.short',
    at: AT,
    format: 'csv.report',
    expect: 'S3',
    files: async () => filesOf((await import('./samples/debug.json')).default),
  },
  {
    id: 'dcu',
    title: 'sample.csv.dcu',
    at: AT,
    format: 'csv.dcu-report',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/dcu.json')).default),
  },
]
