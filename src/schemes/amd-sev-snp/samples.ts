import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

/** When the samples are meant to be appraised. */
export const SAMPLE_AT = '2026-06-01T00:00:00Z'

/** Written once by the attester and kept. AMD says nowhere what is current, so without a minimum from the reader only a level that is too old can decide. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'milan-v3-old',
    title: 'sample.snp.milan-v3-old',
    short: 'sample.snp.milan-v3-old.short',
    at: SAMPLE_AT,
    format: 'amd.snp-report',
    expect: 'S5w',
    files: async () => filesOf((await import('./samples/milan-v3-old.json')).default),
  },
  {
    id: 'genoa-v3-vlek',
    title: 'sample.snp.genoa-v3-vlek',
    at: SAMPLE_AT,
    format: 'amd.snp-report',
    expect: 'S5w',
    files: async () => filesOf((await import('./samples/genoa-v3-vlek.json')).default),
  },
  {
    id: 'milan-v2',
    title: 'sample.snp.milan-v2',
    at: SAMPLE_AT,
    format: 'amd.snp-report',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/milan-v2.json')).default),
  },
  {
    id: 'turin-v5',
    title: 'sample.snp.turin-v5',
    at: SAMPLE_AT,
    format: 'amd.snp-report',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/turin-v5.json')).default),
  },
  {
    id: 'debug',
    title: 'sample.snp.debug',
    short: 'sample.snp.debug.short',
    at: SAMPLE_AT,
    format: 'amd.snp-report',
    expect: 'S3',
    files: async () => filesOf((await import('./samples/debug.json')).default),
  },
  {
    id: 'revoked',
    title: 'sample.snp.revoked',
    short: 'sample.snp.revoked.short',
    at: SAMPLE_AT,
    format: 'amd.snp-report',
    expect: 'S3',
    files: async () => filesOf((await import('./samples/revoked.json')).default),
  },
]
