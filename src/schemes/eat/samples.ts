import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

const AT = '2026-01-01T00:30:00Z'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'token',
    title: 'sample.eat.token',
    at: AT,
    format: 'eat.cwt',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/token.json')).default),
  },
  {
    id: 'debug',
    title: 'sample.eat.debug',
    at: AT,
    format: 'eat.cwt',
    expect: 'S3',
    files: async () => filesOf((await import('./samples/debug.json')).default),
  },
  {
    id: 'collection',
    title: 'sample.eat.collection',
    at: AT,
    format: 'eat.cmw-json',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/collection.json')).default).slice(0, 1),
  },
]
