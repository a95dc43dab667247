import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

const AT = '2026-01-01T00:00:00Z'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'token',
    title: 'sample.psa.token',
    at: AT,
    format: 'psa.token',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/token.json')).default),
  },
  {
    id: 'profile1',
    title: 'sample.psa.profile1',
    at: AT,
    format: 'psa.token',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/profile1.json')).default),
  },
  {
    id: 'mac',
    title: 'sample.psa.mac',
    at: AT,
    format: 'psa.token',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/mac.json')).default),
  },
  {
    id: 'unprotected',
    title: 'sample.psa.unprotected',
    at: AT,
    format: 'psa.token',
    expect: 'S1',
    files: async () => filesOf((await import('./samples/unprotected.json')).default),
  },
]
