import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

const AT = '2026-01-01T00:30:00Z'

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'enclave',
    title: 'sample.nitro.enclave',
    short: 'sample.nitro.enclave.short',
    at: AT,
    format: 'nitro.document',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/enclave.json')).default),
  },
  {
    id: 'debug',
    title: 'sample.nitro.debug',
    short: 'sample.nitro.debug.short',
    at: AT,
    format: 'nitro.document',
    expect: 'S3',
    files: async () => filesOf((await import('./samples/debug.json')).default),
  },
  {
    id: 'expired',
    title: 'sample.nitro.expired',
    short: 'sample.nitro.expired.short',
    at: '2026-06-01T00:00:00Z',
    format: 'nitro.document',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/enclave.json')).default),
  },
  {
    id: 'tpm',
    title: 'sample.nitro.tpm',
    at: AT,
    format: 'nitro.tpm-document',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/tpm.json')).default),
  },
  {
    id: 'qingtian',
    title: 'sample.nitro.qingtian',
    at: AT,
    format: 'nitro.qingtian-document',
    expect: 'S5',
    files: async () => filesOf((await import('./samples/qingtian.json')).default),
  },
]
