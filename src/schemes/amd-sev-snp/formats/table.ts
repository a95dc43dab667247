import { bytesOf, rangeOf, sliceAt, subSlice, type Slice } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { FieldNode, Problem } from '../../../core/field.ts'
import type { EvidenceFormat, Inner } from '../../../core/scheme.ts'
import { gapNode, hexOffset, isZero, toHex } from '../../../bytes/layout.ts'
import { FORMATS } from '../decoded.ts'
import { tableEntry } from '../layout.ts'

/** The certificate table of an extended report. GUIDs are written in the byte order of RFC 4122, unlike most little-endian ones. */

/** What the host may put beside a report, by GUID. */
export const SLOTS: Readonly<Record<string, string>> = {
  '63da758de6644564adc5f4b93be8accd': 'VCEK',
  a8074bc2a25a483eaae639c045a0b8a1: 'VLEK',
  '4ab7b379bbac4fe4a02f05aef327c782': 'ASK',
  c0b406a4a803495297433fb6014cd0ae: 'ARK',
  '92f81bc358114d3d97ffd19f88dc67ea': 'CRL',
  ecae0c0f950243b1afa20ae2e0d565b6: 'platform info of go-sev-guest',
}
/** The same GUIDs with their first three fields turned, as hosts write them that take them for Microsoft's. */
const TURNED: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(SLOTS).map(([guid, slot]) => {
    const field = (from: number, to: number) => (guid.slice(from, to).match(/../gu) ?? []).toReversed().join('')
    return [field(0, 8) + field(8, 12) + field(12, 16) + guid.slice(16), slot]
  }),
)
const slotOf = (guid: Uint8Array): string | undefined => SLOTS[toHex(guid)] ?? TURNED[toHex(guid)]

/** The slot that holds no certificate but what the guest's own tool noted: a length and a CPUID word. */
const NOTED = SLOTS['ecae0c0f950243b1afa20ae2e0d565b6']

/** More entries than any host gives. */
const MOST = 64

interface Entry {
  readonly slot: string | undefined
  readonly start: number
  readonly length: number
  readonly node: FieldNode
}

/** What reading a table gives. */
export interface TableReading {
  readonly node: FieldNode
  readonly inner: readonly Inner[]
  readonly count: number
}

/** True when the bytes begin with an entry whose GUID is known. */
export function startsTable(slice: Slice): boolean {
  const entry = tableEntry.read(slice, '').value
  return entry !== undefined && slotOf(entry.guid.value) !== undefined
}

/** GUIDs that an entry may begin with, in hex, in either byte order. */
export const GUIDS: readonly string[] = [...Object.keys(SLOTS), ...Object.keys(TURNED)]

/** Where the last of what a table names ends, at most at the slice's end. */
export function tableEnd(slice: Slice): number {
  let last = slice.start
  for (let at = slice.start, count = 0; count <= MOST; count++) {
    const { value, end } = tableEntry.read({ ...slice, start: at }, '')
    if (!value) break
    at = end
    last = Math.max(last, end)
    if (isZero(bytesOf(value.$.slice))) break
    last = Math.max(last, slice.start + value.offset.value + value.length.value)
  }
  return Math.min(last, slice.end)
}

/** Reads a table over the whole slice. Entries that overlap or reach outside are problems; what they name is not opened. */
export function readTable(slice: Slice, path: string, label = 'certificate table'): TableReading {
  const own = (name: string) => (path === '' ? name : `${path}.${name}`)
  const entries: Entry[] = []
  const heads: FieldNode[] = []
  let at = slice.start
  for (;;) {
    const reading = tableEntry.read({ ...slice, start: at }, own(`entry${entries.length}`), `entry ${entries.length}`)
    at = reading.end
    const value = reading.value
    if (!value || isZero(bytesOf(value.$.slice)) || entries.length >= MOST) {
      heads.push(value ? { ...reading.node, label: 'end of table', doc: 'field.snpTable.end' } : reading.node)
      break
    }
    const slot = slotOf(value.guid.value)
    entries.push({
      slot,
      start: slice.start + value.offset.value,
      length: value.length.value,
      node: named(reading.node, slot),
    })
  }
  const { bodies, inner, problems } = bodiesOf(slice, entries, at, own)
  const children = [
    ...entries.map((entry, i) => ({ ...entry.node, problems: [...entry.node.problems, ...(problems.get(i) ?? [])] })),
    ...heads,
    ...bodies,
  ]
  return {
    node: {
      path,
      label,
      kind: 'struct',
      ranges: [rangeOf(slice)],
      value: { kind: 'none' },
      children,
      problems: [],
      doc: 'field.snpReport.table',
    },
    inner,
    count: entries.length,
  }
}

function named(node: FieldNode, slot: string | undefined): FieldNode {
  if (slot === undefined) return node
  return {
    ...node,
    children: node.children.map((child) => (child.label === 'GUID' ? { ...child, symbol: slot } : child)),
  }
}

/** The bytes that the entries name, in the order of the file, and what no entry names. */
function bodiesOf(slice: Slice, entries: readonly Entry[], headEnd: number, own: (name: string) => string) {
  const bodies: FieldNode[] = []
  const inner: Inner[] = []
  const problems = new Map<number, Problem[]>()
  const complain = (index: number, entry: Entry, text: string) =>
    problems.set(index, [
      ...(problems.get(index) ?? []),
      {
        because: say(text, {
          slot: entry.slot ?? '?',
          offset: hexOffset(entry.start - slice.start),
          length: entry.length,
          have: slice.end - slice.start,
        }),
        range: entry.node.ranges[0] ?? rangeOf(slice),
      },
    ])
  let at = headEnd
  const gap = (end: number) => {
    if (end <= at) return
    bodies.push(
      gapNode(own(`unused${bodies.length}`), 'unused', { ...slice, start: at, end }, [], 'field.snpTable.unused'),
    )
    at = end
  }
  const order = entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => a.entry.start - b.entry.start || a.index - b.index)
  for (const { entry, index } of order) {
    const end = entry.start + entry.length
    if (end > slice.end) {
      complain(index, entry, 'snp.table-overrun')
      continue
    }
    if (entry.start < at) {
      complain(index, entry, entry.start < headEnd ? 'snp.table-into-itself' : 'snp.table-overlap')
      continue
    }
    if (entry.length === 0) continue
    gap(entry.start)
    const body = sliceAt(slice, { space: slice.space, start: entry.start, end })
    bodies.push({
      path: own(`body${index}`),
      label: entry.slot ?? 'unknown',
      kind: 'leaf',
      ranges: [rangeOf(body)],
      value: { kind: 'bytes', length: entry.length },
      children: [],
      problems: [],
      doc: entry.slot === NOTED ? 'field.snpTable.noted' : 'field.snpTable.body',
    })
    if (entry.slot !== NOTED) inner.push(innerOf(body, entry.slot ?? `entry ${index}`))
    at = end
  }
  gap(slice.end)
  return { bodies, inner, problems }
}

/** DER is what it says it is; some hosts put PEM there, which is opened by its own look. */
function innerOf(slice: Slice, slot: string): Inner {
  const isDer = bytesOf(subSlice(slice, 0, 1))[0] === 0x30
  const format = !isDer
    ? undefined
    : slot === 'VCEK' || slot === 'VLEK'
      ? FORMATS.leaf
      : slot === 'ASK' || slot === 'ARK'
        ? 'x509.certificate'
        : slot === 'CRL'
          ? 'x509.crl'
          : undefined
  return { slice, name: slot, origin: 'embedded', hints: { slot }, ...(format === undefined ? {} : { format }) }
}

/** A table on its own: what the kernel gives as `auxblob`. */
export const tableFormat: EvidenceFormat<{ readonly count: number }> = {
  id: FORMATS.table,
  message: 'supporting',
  title: 'format.amd.snp-cert-table',
  rows: () => tableEntry.rows(),
  decode(slice) {
    const { node, inner, count } = readTable(slice, '')
    return { tree: () => node, decoded: { count }, spaces: () => [], problems: [], inner }
  },
}
