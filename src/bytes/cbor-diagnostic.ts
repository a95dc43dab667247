import { bytesOf, type ByteRange, type Slice } from '../core/place.ts'
import type { CborItem } from './cbor.ts'
import { toHex } from './layout.ts'

/** `array(4)`, `bytes(48)`, `tag(18)`, `map(*)` with a star for an indefinite length. */
export function headName(item: CborItem): string {
  switch (item.kind) {
    case 'int':
      return item.value < 0n ? `negative(${-1n - item.value})` : `unsigned(${item.value})`
    case 'bytes':
      return `bytes(${item.chunks ? '*' : item.content.end - item.content.start})`
    case 'text':
      return `text(${item.chunks ? '*' : item.content.end - item.content.start})`
    case 'array':
      return `array(${item.isIndefinite ? '*' : item.items.length})`
    case 'map':
      return `map(${item.isIndefinite ? '*' : item.entries.length})`
    case 'tag':
      return `tag(${item.tag})`
    case 'simple':
      return `primitive(${item.value})`
    case 'float':
      return `float${item.width * 8}`
    case 'broken':
      return '?'
  }
}

/** An item in a few characters: what a row can hold. */
export function briefly(item: CborItem): string {
  switch (item.kind) {
    case 'text':
      return item.text.length > 64 ? `${item.text.slice(0, 64)}…` : item.text
    case 'bytes': {
      const bytes = bytesOf(item.content)
      return `h'${toHex(bytes.subarray(0, 16))}${bytes.length > 16 ? '…' : ''}'`
    }
    case 'int':
    case 'simple':
    case 'float':
      return scalar(item)
    case 'array':
    case 'map':
    case 'tag':
    case 'broken':
      return headName(item)
  }
}

function scalar(item: CborItem & { kind: 'int' | 'simple' | 'float' }): string {
  switch (item.kind) {
    case 'int':
      return String(item.value)
    case 'simple':
      return SIMPLE[item.value] ?? `simple(${item.value})`
    case 'float': {
      if (!Number.isFinite(item.value)) return String(item.value)
      const text = Object.is(item.value, -0) ? '-0' : String(item.value)
      return /[.e]/.test(text) ? text : `${text}.0`
    }
  }
}
const SIMPLE: Readonly<Record<number, string>> = { 20: 'false', 21: 'true', 22: 'null', 23: 'undefined' }

/** Text in quotes; everything that is not plain is written as an escape. */
function quoted(text: string): string {
  return JSON.stringify(text)
}

/** Longest text that is made. */
const PRINTED = 1 << 20

/** Diagnostic notation (RFC 8949 section 8) of an item, as one line. What goes beyond a megabyte is left out, with an ellipsis. */
export function diagnose(item: CborItem): string {
  const out: string[] = []
  let size = 0
  // What is still to be printed, innermost last: without recursion, whatever the nesting.
  const todo: (CborItem | string)[] = [item]
  const put = (text: string) => {
    out.push(text)
    size += text.length
  }
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (size > PRINTED) {
      put('…')
      break
    }
    if (typeof next === 'string') {
      put(next)
      continue
    }
    const members = (open: string, list: readonly (readonly (CborItem | string)[])[], close: string) => {
      put(open)
      todo.push(close)
      for (let i = list.length - 1; i >= 0; i--) {
        todo.push(...(list[i] ?? []).toReversed())
        if (i > 0) todo.push(', ')
      }
    }
    switch (next.kind) {
      case 'int':
      case 'simple':
      case 'float':
        put(scalar(next))
        break
      case 'bytes':
        if (next.chunks)
          members(
            '(_ ',
            next.chunks.map((chunk) => [chunk]),
            ')',
          )
        else put(`h'${toHex(bytesOf(next.content).subarray(0, PRINTED / 2))}'`)
        break
      case 'text':
        if (next.chunks)
          members(
            '(_ ',
            next.chunks.map((chunk) => [chunk]),
            ')',
          )
        else put(quoted(next.text.slice(0, PRINTED)))
        break
      case 'array':
        members(
          next.isIndefinite ? '[_ ' : '[',
          next.items.map((child) => [child]),
          ']',
        )
        break
      case 'map':
        members(
          next.isIndefinite ? '{_ ' : '{',
          next.entries.map(({ key, value }) => [key, ': ', value]),
          '}',
        )
        break
      case 'tag':
        members(`${next.tag}(`, [[next.content]], ')')
        break
      case 'broken':
        put('…')
        break
    }
  }
  return out.join('')
}

/** One line of annotated hex: the bytes of a head, a string's content or an end mark, how deep, and what they say. */
export interface AnnotatedLine {
  readonly range: ByteRange
  readonly depth: number
  readonly comment: string
  readonly isContent: boolean
}

/** Every byte of an item on the line that explains it, in order; at most `limit` lines. */
export function annotate(item: CborItem, limit = 10_000): AnnotatedLine[] {
  const lines: AnnotatedLine[] = []
  const todo: { readonly item?: CborItem; readonly line?: AnnotatedLine; readonly depth: number }[] = [
    { item, depth: 0 },
  ]
  for (let next = todo.pop(); next && lines.length < limit; next = todo.pop()) {
    if (next.line) {
      lines.push(next.line)
      continue
    }
    const own = next.item
    if (!own) continue
    const depth = next.depth
    lines.push({
      range: own.head.end > own.head.start ? own.head : own.range,
      depth,
      comment: own.kind === 'simple' && own.value < 24 ? scalar(own) : headName(own),
      isContent: own.kind === 'broken',
    })
    const children =
      own.kind === 'array'
        ? own.items
        : own.kind === 'map'
          ? own.entries.flatMap(({ key, value }) => [key, value])
          : own.kind === 'tag'
            ? [own.content]
            : own.kind === 'bytes' || own.kind === 'text'
              ? own.chunks
              : undefined
    if (!children) {
      if ((own.kind === 'bytes' || own.kind === 'text') && own.body.end > own.body.start)
        lines.push({
          range: own.body,
          depth: depth + 1,
          comment: own.kind === 'text' ? quoted(own.text.slice(0, 200)) : printable(own.content),
          isContent: true,
        })
      continue
    }
    const last = children.at(-1)?.range.end ?? own.head.end
    if (last < own.range.end)
      todo.push({
        line: { range: { ...own.range, start: last }, depth: depth + 1, comment: 'break', isContent: false },
        depth,
      })
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i]
      if (child) todo.push({ item: child, depth: depth + 1 })
    }
  }
  return lines
}

/** Annotated hex as text, as it is usually printed: three spaces for each level, comments in one column. */
export function annotatedHex(slice: Slice, item: CborItem): string {
  return annotate(item)
    .map(({ range, depth, comment, isContent }) => {
      const bytes = slice.bytes.subarray(range.start, range.end)
      const hex = `${'   '.repeat(depth)}${hexOf(bytes, isContent)}`
      return `${hex.padEnd(40)} # ${comment}`
    })
    .join('\n')
}

/** Of a head the first byte stands apart from the argument; long content is cut. */
function hexOf(bytes: Uint8Array, isContent: boolean): string {
  const hex = toHex(bytes.subarray(0, 256)).toUpperCase()
  const text = bytes.length > 1 && !isContent ? `${hex.slice(0, 2)} ${hex.slice(2)}` : hex
  return bytes.length > 256 ? `${text}…` : text
}

function printable(content: Slice): string {
  const bytes = bytesOf(content).subarray(0, 64)
  let out = ''
  for (const byte of bytes)
    out +=
      byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
        ? String.fromCharCode(byte)
        : `\\x${byte.toString(16).padStart(2, '0').toUpperCase()}`
  return `"${out}"${content.end - content.start > 64 ? '…' : ''}`
}
