import { rangeOf, type Slice } from '../../../core/place.ts'
import type { FieldNode } from '../../../core/field.ts'
import type { Inner } from '../../../core/scheme.ts'
import { findText } from '../../../envelope/characters.ts'
import { varintAt } from '../../../envelope/varint.ts'
import { gapNode } from '../../../bytes/layout.ts'
import { FORMATS } from '../decoded.ts'
import { REPORT_SIZE, reportLikeness } from '../sniff.ts'

/** Evidence of projects that write protocol buffers (Oak and what builds on it): report and chip certificate lie raw in length-delimited fields. Not a reader of protocol buffers. */

interface Found {
  readonly kind: 'report' | 'certificate' | 'authority'
  readonly slice: Slice
}

/** How far in the first part may begin. */
const WITHIN = 512
const LENGTH_DELIMITED = 2
/** Contents that are looked into: a hostile file could offer one at every byte. */
const MOST_LOOKS = 2048
/** DER of the boot loader's extension, which every chip certificate has. */
const AMD_ARC = '\x06\x0a\x2b\x06\x01\x04\x01\x9c\x78\x01\x03\x01'

/** Reports and chip certificates that fill a length-delimited field exactly. */
export function protobufParts(slice: Slice, limit = slice.end): Found[] {
  const found: Found[] = []
  const first = slice.bytes[slice.start] ?? 0
  if ((first & 7) !== LENGTH_DELIMITED || first >= 0x80) return found
  let looks = 0
  for (let at = slice.start; at + 2 < Math.min(limit, slice.end) && found.length < 16 && looks < MOST_LOOKS; at++) {
    if (((slice.bytes[at] ?? 0) & 7) !== LENGTH_DELIMITED) continue
    const length = varintAt(slice, at + 1)
    if (!length || length.value < 600 || length.value > 4096 || length.next + length.value > slice.end) continue
    looks++
    const own: Slice = { ...slice, start: length.next, end: length.next + length.value }
    const kind = kindOf(own)
    if (!kind) continue
    found.push({ kind, slice: own })
    at = own.end - 1
  }
  return found
}

function kindOf(slice: Slice): Found['kind'] | undefined {
  const { bytes, start, end } = slice
  if (end - start === REPORT_SIZE && reportLikeness(slice).score === 1) return 'report'
  const isDer =
    bytes[start] === 0x30 &&
    bytes[start + 1] === 0x82 &&
    (((bytes[start + 2] ?? 0) << 8) | (bytes[start + 3] ?? 0)) + 4 === end - start
  if (!isDer) return undefined
  return findText(bytes, start, end, AMD_ARC) >= 0 ? 'certificate' : isCertificate(slice) ? 'authority' : undefined
}

/** A certificate begins with its signed part, which is as long as the whole nearly is. Beside a chip's, it is an authority's; its own reader says which. */
const isCertificate = ({ bytes, start }: Slice): boolean => bytes[start + 4] === 0x30 && bytes[start + 5] === 0x82

/** True when the file begins with fields of which one, early on, is a report or a chip's certificate. */
export const startsProtobuf = (slice: Slice): boolean =>
  protobufParts(slice, slice.start + WITHIN).some(({ kind }) => kind !== 'authority')

const AS = {
  report: { name: 'report', format: FORMATS.report },
  certificate: { name: 'VCEK', format: FORMATS.leaf },
  authority: { name: 'authority', format: 'x509.certificate' },
} as const

/** The parts in their places, and what lies between them. */
export function decodeProtobuf(slice: Slice): { readonly tree: FieldNode; readonly inner: readonly Inner[] } {
  const children: FieldNode[] = []
  const inner: Inner[] = []
  let at = slice.start
  const between = (end: number) => {
    if (end > at)
      children.push(
        gapNode(
          `fields${children.length}`,
          'other fields',
          { ...slice, start: at, end },
          [],
          'field.snpProtobuf.other',
        ),
      )
  }
  for (const { kind, slice: own } of protobufParts(slice)) {
    between(own.start)
    children.push({
      path: `${kind}${children.length}`,
      label: kind,
      kind: 'leaf',
      ranges: [rangeOf(own)],
      value: { kind: 'bytes', length: own.end - own.start },
      children: [],
      problems: [],
      doc: `field.snpProtobuf.${kind}`,
    })
    inner.push({ slice: own, origin: 'embedded', ...AS[kind] })
    at = own.end
  }
  between(slice.end)
  return {
    tree: {
      path: '',
      label: 'protocol buffers',
      kind: 'struct',
      ranges: [rangeOf(slice)],
      value: { kind: 'none' },
      children,
      problems: [],
    },
    inner,
  }
}
