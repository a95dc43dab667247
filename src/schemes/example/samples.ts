import type { AttesterSample } from '../../core/scheme.ts'
import { sliceOf, bytesOf } from '../../core/place.ts'
import { readBase64 } from '../../envelope/base64.ts'

interface SampleFile { readonly files: readonly { readonly name: string; readonly base64: string }[] }

function filesOf(sample: SampleFile) {
  return sample.files.map(({ name, base64 }) => {
    const read = readBase64(sliceOf('', new TextEncoder().encode(base64)))
    return { name, bytes: read ? bytesOf(read.slice) : new Uint8Array() }
  })
}

/** Written once by the attester and kept: signatures differ each time they are made. */
export const samples: readonly AttesterSample[] = [
  { id: 'note', title: 'sample.example.note', at: '2026-01-01T00:00:00Z', format: 'example.note', expect: 'S5', files: async () => filesOf((await import('./samples/note.json')).default) },
  { id: 'debug', title: 'sample.example.debug', at: '2026-01-01T00:00:00Z', format: 'example.note', expect: 'S3', files: async () => filesOf((await import('./samples/debug.json')).default) },
]
