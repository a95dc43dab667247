import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

export const AT = '2026-06-01T00:00:00Z'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'json',
    title: 'sample.qca.json',
    short: 'sample.qca.json.short',
    at: AT,
    format: 'qca.report-json',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/json.json')).default),
  },
  {
    id: 'binary',
    title: 'sample.qca.binary',
    at: AT,
    format: 'qca.report',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/binary.json')).default),
  },
  {
    id: 'changed',
    title: 'sample.qca.changed',
    short: 'sample.qca.changed.short',
    at: AT,
    format: 'qca.report-json',
    expect: 'S1',
    files: async () => filesOf((await import('./samples/changed.json')).default),
  },
]
