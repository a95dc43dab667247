import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf } from '../../envelope/sample-files.ts'

/** Written once and kept. */
export const samples: readonly AttesterSample[] = [
  {
    id: 'snp-evidence-v2',
    title: 'sample.azure.snp-evidence-v2',
    short: 'sample.azure.snp-evidence-v2.short',
    at: '2026-06-01T00:00:00Z',
    format: 'azure.evidence',
    expect: 'S5w',
    files: async () => filesOf((await import('./samples/snp-evidence-v2.json')).default),
  },
  {
    id: 'snp-evidence-v0',
    title: 'sample.azure.snp-evidence-v0',
    short: 'sample.azure.snp-evidence-v0.short',
    at: '2026-06-01T00:00:00Z',
    format: 'azure.evidence',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/snp-evidence-v0.json')).default),
  },
  {
    id: 'hcl-tdx',
    title: 'sample.azure.hcl-tdx',
    at: '2026-06-01T00:00:00Z',
    format: 'azure.hcl-td-report',
    expect: 'S4',
    files: async () => filesOf((await import('./samples/hcl-tdx.json')).default),
  },
]
