import type { Slice } from '../core/place.ts'
import { varintAt } from './varint.ts'

/** Protocol buffers, as far as their own bytes say: numbers and byte strings, in the order in which they stand. */

export interface ProtobufField {
  readonly number: number
  /** Number and kind, and the length of a byte string. */
  readonly head: Slice
  readonly content: Slice
  /** Undefined for a byte string. */
  readonly value: number | undefined
}

const VARINT = 0
const DELIMITED = 2

/** Most fields of one message: a hostile file could have one at every byte. */
const MOST = 4096

/** The fields of a message, and where they stop making sense. Of numbers only the short ones are read. Never throws. */
export function protobufFields(slice: Slice): { readonly fields: readonly ProtobufField[]; readonly end: number } {
  const fields: ProtobufField[] = []
  let at = slice.start
  while (at < slice.end && fields.length < MOST) {
    const tag = varintAt(slice, at)
    const more = tag && varintAt(slice, tag.next)
    if (!tag || !more) break
    const kind = tag.value & 7
    const number = Math.floor(tag.value / 8)
    if (kind === VARINT)
      fields.push({
        number,
        head: { ...slice, start: at, end: tag.next },
        content: { ...slice, start: tag.next, end: more.next },
        value: more.value,
      })
    else if (kind === DELIMITED && more.next + more.value <= slice.end)
      fields.push({
        number,
        head: { ...slice, start: at, end: more.next },
        content: { ...slice, start: more.next, end: more.next + more.value },
        value: undefined,
      })
    else break
    at = fields[fields.length - 1]?.content.end ?? slice.end
  }
  return { fields, end: at }
}
