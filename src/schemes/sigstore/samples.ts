import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

const AT = '2026-01-02T00:00:00Z'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'statement',
    title: 'sample.sigstore.statement',
    at: AT,
    format: 'sigstore.bundle',
    expect: 'SN',
    files: async () => filesOf((await import('./samples/statement.json')).default),
  },
  {
    id: 'file',
    title: 'sample.sigstore.file',
    at: AT,
    format: 'sigstore.bundle',
    expect: 'SN',
    files: async () => filesOf((await import('./samples/file.json')).default),
  },
  {
    id: 'followed',
    title: 'sample.sigstore.followed',
    at: AT,
    format: 'sigstore.bundle',
    expect: 'SN',
    files: async () => filesOf((await import('./samples/followed.json')).default),
  },
]
