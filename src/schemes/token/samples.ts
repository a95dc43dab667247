import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

const AT = '2026-01-01T00:02:00Z'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'ear',
    title: 'sample.token.ear',
    short: 'sample.token.ear.short',
    at: AT,
    format: 'token.jwt',
    expect: 'SR',
    files: async () => filesOf((await import('./samples/ear.json')).default),
  },
  {
    id: 'refused',
    title: 'sample.token.refused',
    short: 'sample.token.refused.short',
    at: AT,
    format: 'token.jwt',
    expect: 'S3',
    files: async () => filesOf((await import('./samples/refused.json')).default),
  },
  {
    id: 'maa',
    title: 'sample.token.maa',
    at: AT,
    format: 'token.jwt',
    expect: 'SR',
    files: async () => filesOf((await import('./samples/maa.json')).default),
  },
]
