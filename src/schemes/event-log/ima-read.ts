import type { Slice } from '../../core/place.ts'
import { joinBytes } from '../../bytes/join.ts'
import { Cursor } from './cursor.ts'
import { EVENT_LIMIT } from './tcg.ts'

/** Lists of Linux' Integrity Measurement Architecture: Documentation/security/IMA-templates. */

/** An entry of the list, whichever way it was written. */
export interface ImaRecord {
  readonly start: number
  readonly end: number
  readonly pcr: number
  readonly templateHash: Uint8Array
  readonly template: string
  /** What is hashed; undefined where the text does not give it whole. */
  readonly data: Uint8Array | undefined
  /** False where fields do not fill the data exactly. */
  readonly isWhole: boolean
  readonly words: string
  /** Where reading had to find out: whether the data hash to the template hash, and what they hash to in the other bank. */
  readonly known?: { readonly holds: boolean; readonly second: Uint8Array | undefined }
}

/** Up to the first NUL. */
function textBefore(bytes: Uint8Array): string {
  const nul = bytes.indexOf(0)
  return LATIN1.decode(nul < 0 ? bytes : bytes.subarray(0, nul))
}

const LATIN1 = new TextDecoder('latin1')
const LONGEST = 1 << 20

/** The binary list; `size` is that of the file's bank. */
export function* readImaBinary(slice: Slice, size: number, limit = EVENT_LIMIT): Generator<ImaRecord> {
  let at = slice.start
  for (let count = 0; at < slice.end && count < limit; count++) {
    const cursor = new Cursor(slice, at)
    const pcr = cursor.le(4)
    const templateHash = cursor.take(size)
    const nameLength = cursor.le(4)
    if (nameLength > 64) return
    const template = LATIN1.decode(cursor.take(nameLength))
    const read = template === 'ima' ? oldTemplate(cursor) : sizedTemplate(cursor)
    if (cursor.short || !read || pcr > 31 || !/^[\x21-\x7e]+$/.test(template)) return
    yield { start: at, end: cursor.at, pcr, templateHash, template, ...read }
    at = cursor.at
  }
}

function oldTemplate(cursor: Cursor) {
  const digest = cursor.take(20)
  const length = cursor.le(4)
  if (length > 4096) return undefined
  const name = cursor.take(length)
  const padded = new Uint8Array(256)
  padded.set(name.subarray(0, 256))
  return { data: joinBytes([digest, padded]), isWhole: true, words: LATIN1.decode(name) }
}

function sizedTemplate(cursor: Cursor) {
  const length = cursor.le(4)
  if (length > LONGEST) return undefined
  const data = cursor.take(length)
  const fields: Uint8Array[] = []
  const inner = new Cursor({ space: '', bytes: data, start: 0, end: data.length })
  while (inner.at < data.length && !inner.short && fields.length < 16) {
    const field = inner.take(inner.le(4))
    if (!inner.short) fields.push(field)
  }
  const path = fields[1] ? textBefore(fields[1]) : ''
  return { data, isWhole: !inner.short && inner.at === data.length, words: path }
}
