import { bytesOf } from '../core/place.ts'
import { base64Text } from './base64.ts'

/** What the attester wrote down: files by name, their bytes in base64. */
export interface KeptSample {
  readonly files: readonly { readonly name: string; readonly base64: string }[]
}

/** The files of a kept sample. */
export function filesOf(sample: KeptSample) {
  return sample.files.map(({ name, base64 }) => {
    const read = base64Text(base64)
    return { name, bytes: read ? bytesOf(read.slice) : new Uint8Array() }
  })
}
