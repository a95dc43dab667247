import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

const AT = '2026-01-01T00:00:00Z'
const format = 'keystone.report'

/** Written once by the attester and kept. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'report',
    title: 'sample.keystone.report',
    at: AT,
    format,
    expect: 'S5',
    files: async () => filesOf((await import('./samples/report.json')).default),
  },
  {
    id: 'guessable',
    title: 'sample.keystone.guessable',
    at: AT,
    format,
    expect: 'S3',
    files: async () => filesOf((await import('./samples/guessable.json')).default),
  },
  {
    id: 'swapped',
    title: 'sample.keystone.swapped',
    at: AT,
    format,
    expect: 'S1',
    files: async () => filesOf((await import('./samples/swapped.json')).default),
  },
  {
    id: 'blank',
    title: 'sample.keystone.blank',
    at: AT,
    format,
    expect: 'S1',
    files: async () => filesOf((await import('./samples/blank.json')).default),
  },
]
