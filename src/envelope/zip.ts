import type { FieldNode, Problem } from '../core/field.ts'
import { derivedId, rangeOf, sliceOf, type Slice, type Space } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { gapNode, hexOffset } from '../bytes/layout.ts'
import { findText, isTextAt } from './characters.ts'
import { crc32, openDeflate } from './inflate.ts'
import { DECODED_LIMIT } from './types.ts'

/** One file of a ZIP archive that could be taken out. */
export interface ZipEntry {
  readonly name: string
  /** Bytes of the file, in a space of their own. */
  readonly space: Space
  readonly slice: Slice
}

export interface ZipReading {
  readonly entries: readonly ZipEntry[]
  /** Tiles the slice: headers, files, directory. */
  readonly node: FieldNode
  /** The same problems as on the node. */
  readonly problems: readonly Problem[]
  readonly spaces: readonly Space[]
}

/** Most entries that are looked at. */
export const ZIP_ENTRIES = 256

interface Listed {
  readonly name: string
  readonly method: number
  readonly flags: number
  readonly crc: number
  readonly packed: number
  readonly header: number
  readonly at: number
  readonly end: number
}

/**
 * Reads a ZIP archive (APPNOTE 6.3) from its central directory; undefined when there is none. Files come out within the limits, all together at most `limit` bytes;
 * sizes that the archive claims are only ever used to cut, never to allocate. Encrypted, ZIP64 and multi-disk archives are listed and not opened.
 */
export function readZip(slice: Slice, path = '', limit = DECODED_LIMIT): ZipReading | undefined {
  const { bytes, start, end, space } = slice
  if (!isTextAt(bytes, start, end, 'PK\u0003\u0004')) return undefined
  const tail = endRecord(slice)
  if (tail === undefined) return undefined
  const u16 = (at: number) => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
  const u32 = (at: number) => (u16(at) | (u16(at + 2) << 16)) >>> 0
  const problems: Problem[] = []
  const complain = (
    text: string,
    from: number,
    to: number,
    params: Readonly<Record<string, string | number>>,
  ): Problem => {
    const problem = {
      because: say(text, { at: hexOffset(from), ...params }),
      range: { space, start: from, end: Math.max(from, Math.min(end, to)) },
    }
    problems.push(problem)
    return problem
  }
  const listed: Listed[] = []
  const directory = start + u32(tail + 16)
  for (let at = directory; at + 46 <= tail && isTextAt(bytes, at, tail, 'PK\u0001\u0002');) {
    if (listed.length >= ZIP_ENTRIES) {
      complain('zip.too-many', at, tail, { limit: ZIP_ENTRIES })
      break
    }
    const nameEnd = at + 46 + u16(at + 28)
    const next = nameEnd + u16(at + 30) + u16(at + 32)
    if (next > tail) break
    listed.push({
      name: NAMES.decode(bytes.subarray(at + 46, nameEnd)),
      flags: u16(at + 8),
      method: u16(at + 10),
      crc: u32(at + 16),
      packed: u32(at + 20),
      header: start + u32(at + 42),
      at,
      end: next,
    })
    at = next
  }
  if (listed.length === 0) return undefined

  const entries: ZipEntry[] = []
  const marks: { readonly start: number; readonly end: number; readonly node: FieldNode }[] = []
  const within = (name: string) => (path === '' ? name : `${path}.${name}`)
  const mark = (name: string, label: string, from: number, to: number, extra: Partial<FieldNode> = {}) => {
    marks.push({
      start: from,
      end: to,
      node: {
        path: within(name),
        label,
        kind: 'leaf',
        ranges: [{ space, start: from, end: to }],
        value: { kind: 'bytes', length: to - from },
        children: [],
        problems: [],
        ...extra,
      },
    })
  }
  let left = limit
  for (const [index, entry] of listed.entries()) {
    mark(`directory${index}`, entry.name, entry.at, entry.end, { doc: 'field.zip.directory' })
    const { header } = entry
    if (header + 30 > directory || !isTextAt(bytes, header, directory, 'PK\u0003\u0004')) {
      complain('zip.no-header', entry.at, entry.end, { name: entry.name })
      continue
    }
    const from = header + 30 + u16(header + 26) + u16(header + 28)
    const to = from + entry.packed
    if (to > directory) {
      complain('zip.too-long', header, header + 30, { name: entry.name, packed: entry.packed })
      continue
    }
    mark(`header${index}`, entry.name, header, from, { doc: 'field.zip.header' })
    if (entry.packed === 0) continue
    const data: Slice = { ...slice, start: from, end: to }
    const own: Problem[] = []
    const opened =
      (entry.flags & 1) !== 0 || (entry.method !== 0 && entry.method !== 8)
        ? undefined
        : entry.method === 0
          ? stored(data)
          : openDeflate(data, left)
    if (!opened) own.push(complain('zip.unsupported', header, from, { name: entry.name, method: entry.method }))
    else if (opened.problem) {
      own.push(opened.problem)
      problems.push(opened.problem)
    } else if (opened.read.slice.end > left) own.push(complain('inflate.too-large', from, to, { limit }))
    const read = own.length === 0 ? opened?.read : undefined
    if (read) {
      if (crc32(read.space.bytes) !== entry.crc)
        own.push(complain('inflate.check-value', entry.at, entry.end, { count: 4 }))
      left -= read.slice.end
      if (read.slice.end > 0) entries.push({ name: entry.name, space: read.space, slice: read.slice })
    }
    mark(`file${index}`, entry.name, from, to, {
      kind: read ? 'embedded' : 'leaf',
      value: { kind: 'none' },
      problems: own,
      doc: 'field.zip.file',
    })
  }
  mark('end', 'end of central directory', tail, Math.min(end, tail + 22 + u16(tail + 20)), { doc: 'field.zip.end' })
  return { entries, problems, spaces: entries.map((entry) => entry.space), node: tiled(slice, path, marks) }
}

const NAMES = new TextDecoder('utf-8')

/** The last end-of-directory record; a comment of up to 64 KiB may follow it. */
function endRecord(slice: Slice): number | undefined {
  let last: number | undefined
  for (
    let at = findText(slice.bytes, Math.max(slice.start, slice.end - 22 - 65_535), slice.end, 'PK\u0005\u0006');
    at >= 0;
    at = findText(slice.bytes, at + 1, slice.end, 'PK\u0005\u0006')
  )
    if (at + 22 <= slice.end) last = at
  return last
}

function stored(data: Slice): {
  readonly read: { readonly space: Space; readonly slice: Slice }
  readonly problem?: undefined
} {
  const id = derivedId(data.space, 'zip', data.start)
  const own = data.bytes.subarray(data.start, data.end)
  const pieces = [{ at: 0, length: own.length, sourceStart: data.start, sourceEnd: data.end }]
  return {
    read: { space: { id, parent: data.space, via: 'zip', map: 'exact', bytes: own, pieces }, slice: sliceOf(id, own) },
  }
}

/** Marks in order, gaps between them; a mark that overlaps one before it is left out. */
function tiled(
  slice: Slice,
  path: string,
  marks: readonly { readonly start: number; readonly end: number; readonly node: FieldNode }[],
): FieldNode {
  const children: FieldNode[] = []
  let at = slice.start
  const gap = (to: number) => {
    if (to > at)
      children.push(
        gapNode(
          `${path === '' ? '' : `${path}.`}gap${children.length}`,
          'gap',
          { ...slice, start: at, end: to },
          [],
          'field.zip.gap',
        ),
      )
  }
  for (const { start, end, node } of marks.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < at || end <= start) continue
    gap(start)
    children.push(node)
    at = end
  }
  gap(slice.end)
  return {
    path,
    label: 'ZIP',
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children,
    problems: [],
  }
}
