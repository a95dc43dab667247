import type { FieldNode, Problem } from '../core/field.ts'
import { rangeOf, type Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { gapNode, hexOffset } from '../bytes/layout.ts'
import { isTextAt } from './characters.ts'

/** A file of a tar archive. Its bytes stand in the archive as they are. */
export interface TarEntry {
  readonly name: string
  readonly slice: Slice
}

export interface TarReading {
  readonly entries: readonly TarEntry[]
  /** Tiles the slice. */
  readonly node: FieldNode
  readonly problems: readonly Problem[]
}

const BLOCK = 512
/** Most files that are looked at. */
export const TAR_ENTRIES = 256

/** Reads a tar archive (POSIX ustar, with the long names of GNU and pax); undefined when the slice does not begin like one. What is cut off is left out and said. */
export function readTar(slice: Slice, path = ''): TarReading | undefined {
  const { bytes, start, end, space } = slice
  if (!isHeader(slice, start)) return undefined
  const entries: TarEntry[] = []
  const children: FieldNode[] = []
  const problems: Problem[] = []
  const own = (name: string) => (path === '' ? name : `${path}.${name}`)
  const leaf = (name: string, label: string, from: number, to: number, kind: FieldNode['kind'], doc: string) => {
    if (to > from)
      children.push({
        path: own(name),
        label,
        kind,
        ranges: [{ space, start: from, end: to }],
        value: { kind: 'none' },
        doc,
        children: [],
        problems: [],
      })
  }
  let at = start
  let longName: string | undefined
  for (let index = 0; isHeader(slice, at); index++) {
    if (index >= TAR_ENTRIES * 2 || entries.length >= TAR_ENTRIES) {
      problems.push({
        because: say('tar.too-many', { at: hexOffset(at), limit: TAR_ENTRIES }),
        range: { space, start: at, end },
      })
      break
    }
    const size = octal(bytes, at + 124, 12)
    const type = String.fromCharCode(bytes[at + 156] ?? 0)
    const from = at + BLOCK
    const to = from + size
    const name = longName ?? nameOf(bytes, at)
    leaf(`header${index}`, name, at, from, 'leaf', 'field.tar.header')
    if (to > end) {
      problems.push({
        because: say('tar.cut', { at: hexOffset(at), name, size, left: end - from }),
        range: { space, start: at, end },
      })
      at = from
      break
    }
    const isFile = type === '0' || type === '\0' || type === '7'
    longName =
      type === 'L'
        ? NAMES.decode(untilNul(bytes, from, to))
        : type === 'x'
          ? (paxPath(NAMES.decode(bytes.subarray(from, Math.min(to, from + 65_536)))) ?? longName)
          : type === 'g'
            ? longName
            : undefined
    if (isFile && size > 0) entries.push({ name, slice: { ...slice, start: from, end: to } })
    leaf(`file${index}`, name, from, to, isFile ? 'embedded' : 'leaf', 'field.tar.file')
    at = Math.min(end, from + Math.ceil(size / BLOCK) * BLOCK)
    leaf(`padding${index}`, 'padding', to, at, 'leaf', 'field.tar.padding')
  }
  if (at < end) {
    if (bytes.subarray(at, end).every((byte) => byte === 0))
      leaf('end', 'end of archive', at, end, 'leaf', 'field.tar.padding')
    else children.push(gapNode(own('gap'), 'gap', { ...slice, start: at }, [], 'field.tar.gap'))
  }
  return {
    entries,
    problems,
    node: {
      path,
      label: 'TAR',
      kind: 'struct',
      ranges: [rangeOf(slice)],
      value: { kind: 'none' },
      children,
      problems: [],
    },
  }
}

const NAMES = new TextDecoder('utf-8')

/** A header says `ustar`, and its sum is right. */
function isHeader({ bytes, end }: Slice, at: number): boolean {
  if (at + BLOCK > end || !isTextAt(bytes, at + 257, end, 'ustar')) return false
  let sum = 0
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : (bytes[at + i] ?? 0)
  return sum === octal(bytes, at + 148, 8)
}

function octal(bytes: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let i = at; i < at + width; i++) {
    const byte = bytes[i] ?? 0
    if (byte >= 0x30 && byte <= 0x37) value = value * 8 + byte - 0x30
    else if (byte !== 0x20 || value > 0) break
  }
  return value
}

function nameOf(bytes: Uint8Array, at: number): string {
  const prefix = isTextAt(bytes, at + 257, bytes.length, 'ustar\0')
    ? NAMES.decode(untilNul(bytes, at + 345, at + 500))
    : ''
  const name = NAMES.decode(untilNul(bytes, at, at + 100))
  return prefix === '' ? name : `${prefix}/${name}`
}

function untilNul(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const within = bytes.subarray(from, Math.min(to, from + 4096))
  const nul = within.indexOf(0)
  return nul < 0 ? within : within.subarray(0, nul)
}

/** `27 path=…` of a pax header. */
function paxPath(text: string): string | undefined {
  return /(?:^|\n)\d{1,9} path=([^\n]*)\n/.exec(text)?.[1]
}
