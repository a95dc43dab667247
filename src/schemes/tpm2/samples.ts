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

/** A quote alone hangs on no root: it shows what a bare key is worth. */
export const samples: readonly AttesterSample[] = [
  { id: 'bare-quote', title: 'sample.tpm2.bare-quote', at: '2026-06-01T00:00:00Z', format: 'tpm2.quote', expect: 'S4', files: async () => filesOf((await import('./samples/bare-quote.json')).default) },
]
