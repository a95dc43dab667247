import { sliceAt, type Slice } from '../../core/place.ts'
import { Cursor } from './cursor.ts'
import { devicePathText } from './device-path.ts'
import { sipaWords } from './sipa.ts'
import type { TcgEvent } from './tcg.ts'
import { variableIn } from './variable.ts'

const LATIN1 = new TextDecoder('latin1')
const UTF16 = new TextDecoder('utf-16le')
const SHOWN = 1024

const isPrintable = (text: string) => /^[\t\n\r\x20-\x7e\u00a0-\uffff]*$/.test(text)

/** Text of an event's data where it is text: ASCII, or UTF-16, without what follows a final NUL. Undefined for other bytes. */
export function textIn(bytes: Uint8Array): string | undefined {
  const plain = plainText(bytes)
  if (plain !== undefined) return plain
  const head = bytes.subarray(0, SHOWN)
  if (head.length >= 4 && head[1] === 0 && head[3] === 0 && head[0] !== 0) {
    const wide = UTF16.decode(head).replace(/\0.*$/s, '')
    if (isPrintable(wide)) return wide
  }
  const nul = head.indexOf(0)
  const text = LATIN1.decode(nul < 0 ? head : head.subarray(0, nul))
  return text !== '' && isPrintable(text) ? text : undefined
}

/** Most of a long log are short lines of ASCII, for which a decoder costs more than the event's digest. */
function plainText(bytes: Uint8Array): string | undefined {
  let end = 0
  for (; end < bytes.length; end++) {
    const byte = bytes[end] ?? 0
    if (byte === 0) break
    if (byte < 0x20 || byte > 0x7e || end === PLAIN) return undefined
  }
  return end > 1 ? Reflect.apply(String.fromCharCode, undefined, bytes.subarray(0, end)) : undefined
}
const PLAIN = 256

const hexOf = (bytes: Uint8Array) =>
  [...bytes.subarray(0, 32)].map((byte) => byte.toString(16).padStart(2, '0')).join('') + (bytes.length > 32 ? '…' : '')

/** The separator that ends the firmware's part. */
function separatorWords(bytes: Uint8Array): string {
  return bytes.length === 4 ? hexOf(bytes) : (textIn(bytes) ?? hexOf(bytes))
}

/** What an event says, in one line. Covered only as far as its digest covers it. */
export function wordsOf(log: Slice, event: TcgEvent): string {
  const data = sliceAt(log, { space: log.space, start: event.dataStart, end: event.end })
  const bytes = log.bytes.subarray(event.dataStart, event.end)
  switch (event.type) {
    case 4:
      return separatorWords(bytes)
    case 6: {
      const records = sipaWords(data)
      if (records !== undefined) return records
      const cursor = new Cursor(data)
      const id = cursor.le(4)
      const size = cursor.le(4)
      const text = cursor.at + size <= data.end ? textIn(bytes.subarray(8)) : textIn(bytes)
      return text ?? `0x${id.toString(16)}`
    }
    case 0x80000001:
    case 0x80000002:
    case 0x8000000c:
    case 0x800000e0: {
      const variable = variableIn(data)
      if (!variable) return textIn(bytes) ?? hexOf(bytes)
      const value = log.bytes.subarray(variable.dataStart, variable.dataEnd)
      return value.length <= 4 ? `${variable.name} = ${hexOf(value) || '∅'}` : `${variable.name} (${value.length} B)`
    }
    case 0x80000003:
    case 0x80000004:
    case 0x80000005: {
      const cursor = new Cursor(data)
      for (let i = 0; i < 3; i++) cursor.le64()
      const length = cursor.le64()
      const from = cursor.at
      return cursor.short || from + length > data.end
        ? hexOf(bytes)
        : devicePathText({ ...data, start: from, end: from + length })
    }
    case 0x8000000a:
    case 0x8000000b: {
      const length = bytes[0] ?? 0
      return textIn(bytes.subarray(1, 1 + length)) ?? hexOf(bytes)
    }
    default:
      return (event.type === 0xc ? sipaWords(data) : undefined) ?? textIn(bytes) ?? hexOf(bytes)
  }
}
