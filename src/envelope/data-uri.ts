import { rangeOf, type Slice, type Space } from '../core/place.ts'
import { readBase64 } from './base64.ts'
import { isTextAt, latin1 } from './characters.ts'
import { readPercent } from './escapes.ts'

/** What a `data:` URI carries. */
export interface DataUri {
  readonly mediaType: string
  readonly slice: Slice
  readonly spaces: readonly Space[]
}

/** Reads a `data:` URI (RFC 2397) over the whole slice; undefined when it is none, or its base64 is broken. */
export function readDataUri(slice: Slice): DataUri | undefined {
  const { bytes, start, end } = slice
  if (!isTextAt(bytes, start, end, 'data:')) return undefined
  const comma = bytes.subarray(0, Math.min(end, start + 1024)).indexOf(0x2c, start)
  if (comma < 0) return undefined
  const head = latin1(bytes, start + 'data:'.length, comma)
  const isBase64 = /;\s*base64$/i.test(head)
  const mediaType = head.replace(/;\s*base64$/i, '')
  const data: Slice = { ...slice, start: comma + 1 }
  const plain = readPercent(data)
  const text = plain?.slice ?? data
  const spaces = plain ? [plain.space] : []
  if (!isBase64) return { mediaType, slice: text, spaces }
  const read = rangeOf(text).end > text.start ? readBase64(text) : undefined
  return read && { mediaType, slice: read.slice, spaces: [...spaces, read.space] }
}
