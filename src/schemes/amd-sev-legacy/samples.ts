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
  { id: 'report', title: 'sample.sev.report', at: '2026-06-01T00:00:00Z', format: 'amd.sev-report', expect: 'S5w', files: async () => filesOf((await import('./samples/report.json')).default) },
  { id: 'pdh', title: 'sample.sev.pdh', at: '2026-06-01T00:00:00Z', format: 'amd.sev-pdh', expect: 'S4', files: async () => filesOf((await import('./samples/pdh.json')).default) },
]
