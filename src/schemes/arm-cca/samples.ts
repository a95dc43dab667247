import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

const AT = '2026-01-01T00:00:00Z'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'token',
    title: 'sample.cca.token',
    short: 'sample.cca.token.short',
    at: AT,
    format: 'cca.token',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/token.json')).default),
  },
  {
    id: 'legacy',
    title: 'sample.cca.legacy',
    at: AT,
    format: 'cca.token',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/legacy.json')).default),
  },
  {
    id: 'cmw',
    title: 'sample.cca.cmw',
    at: AT,
    format: 'cca.token',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/cmw.json')).default),
  },
  {
    id: 'unbound',
    title: 'sample.cca.unbound',
    short: 'sample.cca.unbound.short',
    at: AT,
    format: 'cca.token',
    expect: 'S1',
    files: async () => filesOf((await import('./samples/unbound.json')).default),
  },
  {
    id: 'no-key',
    title: 'sample.cca.no-key',
    at: AT,
    format: 'cca.token',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/token.json')).default).slice(0, 1),
  },
  {
    id: 'virtcca',
    title: 'sample.cca.virtcca',
    short: 'sample.cca.virtcca.short',
    at: AT,
    format: 'cca.virtcca-token',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/virtcca.json')).default),
  },
  {
    id: 'virtcca-other',
    title: 'sample.cca.virtcca-other',
    at: AT,
    format: 'cca.virtcca-token',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/virtcca-other.json')).default),
  },
]
