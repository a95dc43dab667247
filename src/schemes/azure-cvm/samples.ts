import { sliceOf, bytesOf } from '../../core/place.ts'
import type { AttesterSample } from '../../core/scheme.ts'
import { readBase64 } from '../../envelope/base64.ts'

interface SampleFile { readonly files: readonly { readonly name: string; readonly base64: string }[] }

function filesOf(sample: SampleFile) {
  return sample.files.map(({ name, base64 }) => {
    const read = readBase64(sliceOf('', new TextEncoder().encode(base64)))
    return { name, bytes: read ? bytesOf(read.slice) : new Uint8Array() }
  })
}

/** Written once and kept. */
export const samples: readonly AttesterSample[] = [
  { id: 'snp-evidence-v2', title: 'sample.azure.snp-evidence-v2', at: '2026-06-01T00:00:00Z', format: 'azure.evidence', expect: 'S5w', files: async () => filesOf((await import('./samples/snp-evidence-v2.json')).default) },
  { id: 'snp-evidence-v0', title: 'sample.azure.snp-evidence-v0', at: '2026-06-01T00:00:00Z', format: 'azure.evidence', expect: 'S4', files: async () => filesOf((await import('./samples/snp-evidence-v0.json')).default) },
  { id: 'hcl-tdx', title: 'sample.azure.hcl-tdx', at: '2026-06-01T00:00:00Z', format: 'azure.hcl-td-report', expect: 'S4', files: async () => filesOf((await import('./samples/hcl-tdx.json')).default) },
]
