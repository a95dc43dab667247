import type { Slice } from '../core/place.ts'
import { pieceWriter } from '../bytes/pieces.ts'
import { hexDigit } from './characters.ts'
import { derive } from './derive.ts'
import type { Unwrapped } from './types.ts'

/** Percent escapes (RFC 3986) undone once over the whole slice; undefined when there is none, or when one is broken. `plus: 'space'` reads `+` as HTML forms write it. */
export function readPercent(slice: Slice, plus: 'plus' | 'space' = 'plus'): Unwrapped | undefined {
  return unescape(slice, 'url-unescape', plus === 'space' ? [0x25, 0x2b] : [0x25], (bytes, at, end) => {
    if (bytes[at] === 0x2b) return { byte: 0x20, end: at + 1 }
    const high = at + 2 < end ? hexDigit(bytes[at + 1]) : -1
    const low = hexDigit(bytes[at + 2])
    return high < 0 || low < 0 ? undefined : { byte: (high << 4) | low, end: at + 3 }
  })
}

const BACKSLASHES: Readonly<Record<number, number>> = {
  0x6e: 0x0a,
  0x72: 0x0d,
  0x74: 0x09,
  0x22: 0x22,
  0x5c: 0x5c,
  0x2f: 0x2f,
}

/** Escapes `\n \r \t \" \\ \/` undone once over the whole slice. Undefined when there is none, or when another one occurs. */
export function readBackslashes(slice: Slice): Unwrapped | undefined {
  return unescape(slice, 'json-unescape', [0x5c], (bytes, at, end) => {
    const byte = at + 1 < end ? BACKSLASHES[bytes[at + 1] ?? 0] : undefined
    return byte === undefined ? undefined : { byte, end: at + 2 }
  })
}

type ReadOne = (
  bytes: Uint8Array,
  at: number,
  end: number,
) => { readonly byte: number; readonly end: number } | undefined

function unescape(
  slice: Slice,
  via: 'url-unescape' | 'json-unescape',
  marks: readonly number[],
  readOne: ReadOne,
): Unwrapped | undefined {
  const { start, end } = slice
  const bytes = slice.bytes.subarray(0, end)
  const out = new Uint8Array(end - start)
  const pieces = pieceWriter()
  let size = 0
  let plainFrom = start
  let isEscaped = false
  const plain = (to: number) => {
    out.set(bytes.subarray(plainFrom, to), size)
    pieces.add(size, to - plainFrom, plainFrom, to)
    size += to - plainFrom
  }
  for (let at = start; at < end;) {
    if (!marks.includes(bytes[at] ?? 0)) {
      at++
      continue
    }
    plain(at)
    const one = readOne(bytes, at, end)
    if (!one) return undefined
    isEscaped = true
    out[size] = one.byte
    pieces.add(size++, 1, at, one.end)
    at = plainFrom = one.end
  }
  if (!isEscaped) return undefined
  plain(end)
  return derive(slice, via, out.subarray(0, size), pieces.done())
}
