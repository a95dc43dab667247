import {
  ARRAY_WINDOW,
  NODE_BUDGET,
  type FieldNode,
  type FieldValue,
  type LayoutRow,
  type Problem,
} from '../core/field.ts'
import { bytesOf, rangeOf, subSlice, type ByteRange, type Located, type Slice } from '../core/place.ts'
import { say, type TextId } from '../core/saying.ts'
import { LateReading } from './late-reading.ts'
import { native } from './native.ts'

/**
 * The layout language. A layout reads like the specification's table and never throws:
 *
 *     export const quoteHeader = struct('quoteHeader')
 *       .field('version', u16le())
 *       .field('attestationKeyType', u16le({ 2: 'ECDSA-256-with-P-256 curve' }))
 *       .field('qeVendorId', bytes(16))
 *     const { value, node, end } = quoteHeader.read(slice, 'header')
 *     value?.version.value                       // 4, with value.version.ranges
 *
 * `value` is undefined when the bytes end before the layout does; `node` then shows what was there, and the rest as a gap that says how much was missing.
 */
export interface Layout<T> {
  read(slice: Slice, path: string, label?: string): Reading<T>
  /** In bytes, when it does not depend on content. */
  readonly size: number | undefined
  /** Rows of the documentation table, relative to this layout. */
  rows(): readonly LayoutRow[]
}

export interface Reading<T> {
  readonly value: T | undefined
  /** Made when it is first asked for: detectors and checks look at values only. */
  readonly node: FieldNode
  /** Offset in the space just after what was read. */
  readonly end: number
  /** True when something was missing or claimed more than is there. */
  readonly short: boolean
  readonly expand?: Expand | undefined
  /** True where it is known that nothing in its node is a problem, so that nobody has to make the node to find out. */
  readonly isFaultless?: boolean
}

/** Elements `from..to` of the array at `path`, or undefined when no array of this reading is there. */
export type Expand = (path: string, from: number, to: number) => readonly FieldNode[] | undefined

/** Where a struct's value came from. */
export interface Place {
  readonly path: string
  readonly range: ByteRange
  readonly slice: Slice
}

/** A struct's value: its fields by name, and `$` for its own place. */
export type Struct<F> = { readonly $: Place } & { readonly [N in keyof F]: F[N] }

const NO_PROBLEMS: readonly Problem[] = []

const read = <T>(value: T | undefined, end: number, make: () => FieldNode, isFaultless = true): Reading<T> =>
  new LateReading(value, end, false, make, undefined, isFaultless)

function leafNode(
  path: string,
  label: string,
  slice: Slice,
  value: FieldValue,
  extra: Partial<Pick<FieldNode, 'symbol' | 'doc' | 'problems' | 'kind' | 'children' | 'count'>> = {},
): FieldNode {
  return { path, label, kind: 'leaf', ranges: [rangeOf(slice)], value, children: [], problems: NO_PROBLEMS, ...extra }
}

/** A gap: bytes that no layout explains, shown all the same. */
export function gapNode(
  path: string,
  label: string,
  slice: Slice,
  problems: readonly Problem[] = NO_PROBLEMS,
  doc?: TextId,
): FieldNode {
  return leafNode(
    path,
    label,
    slice,
    { kind: 'bytes', length: slice.end - slice.start },
    { kind: 'gap', problems, ...(doc === undefined ? {} : { doc }) },
  )
}

function shortReading<T>(slice: Slice, path: string, label: string, need: number): Reading<T> {
  return new LateReading<T>(undefined, slice.end, true, () => {
    const have = slice.end - slice.start
    return gapNode(path, label, slice, [
      {
        because: say('layout.truncated', { field: label, need, have, at: hexOffset(slice.start) }, 'cut-off'),
        range: rangeOf(slice),
      },
    ])
  })
}

/** `0x1b0`, as offsets are printed. */
export function hexOffset(offset: number): string {
  return `0x${offset.toString(16)}`
}

/** Lower-case hex without `0x`. */
export function toHex(bytes: Uint8Array): string {
  if (native.toHex) return native.toHex.call(bytes)
  let out = ''
  for (const byte of bytes) out += HEX[byte] ?? ''
  return out
}
const HEX = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'))

/** Hex to bytes; undefined for anything that is not whole lower- or upper-case hex. */
export function fromHex(text: string): Uint8Array | undefined {
  if (text.length % 2 !== 0) return undefined
  const out = new Uint8Array(text.length / 2)
  for (let i = 0; i < out.length; i++) {
    const high = DIGITS[text.charCodeAt(2 * i)] ?? -1
    const low = DIGITS[text.charCodeAt(2 * i + 1)] ?? -1
    if (high < 0 || low < 0) return undefined
    out[i] = high * 16 + low
  }
  return out
}
const DIGITS = new Int8Array(256).fill(-1)
for (let n = 0; n < 16; n++)
  for (const digit of [n.toString(16), n.toString(16).toUpperCase()]) DIGITS[digit.charCodeAt(0)] = n

/** Byte-wise equality. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** True when every byte is zero. */
export function isZero(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) return false
  return true
}

function readUint(bytes: Uint8Array, littleEndian: boolean): bigint {
  if (bytes.length <= 4) return BigInt(smallUint(bytes, littleEndian))
  let value = 0n
  for (let i = 0; i < bytes.length; i++)
    value = (value << 8n) | BigInt(bytes[littleEndian ? bytes.length - 1 - i : i] ?? 0)
  return value
}

/** Up to six bytes. */
function smallUint(bytes: Uint8Array, littleEndian: boolean): number {
  let value = 0
  for (let i = 0; i < bytes.length; i++) value = value * 256 + (bytes[littleEndian ? bytes.length - 1 - i : i] ?? 0)
  return value
}

/** Specification names of values: `{ 2: 'VCEK' }`. */
export type Symbols = Readonly<Record<number, string>>

function uint(
  width: 1 | 2 | 3 | 4,
  littleEndian: boolean,
  type: string,
  symbols: Symbols | undefined,
): Layout<Located<number>> {
  return {
    size: width,
    rows: () => [{ name: '', label: '', size: width, type }],
    read(slice, path, label = path) {
      const own = subSlice(slice, 0, width)
      if (own.end - own.start < width) return shortReading(own, path, label, width)
      const value = smallUint(bytesOf(own), littleEndian)
      return read({ path, ranges: [rangeOf(own)], value }, own.end, () => {
        const symbol = symbols?.[value]
        return leafNode(
          path,
          label,
          own,
          { kind: 'uint', value: String(value), width },
          symbol === undefined ? {} : { symbol },
        )
      })
    },
  }
}

export const u8 = (symbols?: Symbols) => uint(1, true, 'u8', symbols)
export const u16le = (symbols?: Symbols) => uint(2, true, 'u16 LE', symbols)
export const u24le = (symbols?: Symbols) => uint(3, true, 'u24 LE', symbols)
export const u32le = (symbols?: Symbols) => uint(4, true, 'u32 LE', symbols)
export const u16be = (symbols?: Symbols) => uint(2, false, 'u16 BE', symbols)
export const u32be = (symbols?: Symbols) => uint(4, false, 'u32 BE', symbols)

function bigUint(littleEndian: boolean, type: string): Layout<Located<bigint>> {
  return {
    size: 8,
    rows: () => [{ name: '', label: '', size: 8, type }],
    read(slice, path, label = path) {
      const own = subSlice(slice, 0, 8)
      if (own.end - own.start < 8) return shortReading(own, path, label, 8)
      const value = readUint(bytesOf(own), littleEndian)
      return read({ path, ranges: [rangeOf(own)], value }, own.end, () =>
        leafNode(path, label, own, { kind: 'uint', value: String(value), width: 8 }),
      )
    },
  }
}
export const u64le = () => bigUint(true, 'u64 LE')
export const u64be = () => bigUint(false, 'u64 BE')

/** A byte string with its place; `slice` lets inner layouts read on without copying. */
export interface Bytes extends Located<Uint8Array> {
  readonly slice: Slice
}

/** Exactly `length` bytes. A length that claims more than is there is a problem that names both numbers. */
export function bytes(length: number): Layout<Bytes> {
  return {
    size: length,
    rows: () => [{ name: '', label: '', size: length, type: `byte[${length}]` }],
    read(slice, path, label = path) {
      const own = subSlice(slice, 0, length)
      if (own.end - own.start < length) return shortReading(own, path, label, length)
      return read({ path, ranges: [rangeOf(own)], value: bytesOf(own), slice: own }, own.end, () =>
        leafNode(path, label, own, { kind: 'bytes', length }),
      )
    },
  }
}

/** Everything up to the end of the slice, possibly nothing. */
export function rest(): Layout<Bytes> {
  return {
    size: undefined,
    rows: () => [{ name: '', label: '', type: 'byte[]' }],
    read: (slice, path, label = path) => bytes(slice.end - slice.start).read(slice, path, label),
  }
}

/** Bytes that the specification reserves. Non-zero ones are a problem (`reserved.nonzero`), never an error. */
export function reserved(length: number): Layout<Bytes> {
  const inner = bytes(length)
  return {
    size: length,
    rows: () => [{ name: '', label: '', size: length, type: `reserved[${length}]` }],
    read(slice, path, label) {
      const reading = inner.read(slice, path, label)
      const found = reading.value
      if (found === undefined || isZero(found.value)) return reading
      const odd = (): FieldNode => {
        const first = found.slice.start + found.value.findIndex((byte) => byte !== 0)
        return {
          ...reading.node,
          problems: [
            {
              because: say('reserved.nonzero', { at: hexOffset(first) }, 'reserved-nonzero'),
              range: rangeOf(found.slice),
            },
          ],
        }
      }
      return read(found, reading.end, odd, false)
    },
  }
}

/** ASCII text of a fixed length, padded with NUL. */
export function ascii(length: number): Layout<Located<string>> {
  const inner = bytes(length)
  return {
    size: length,
    rows: () => [{ name: '', label: '', size: length, type: `ASCII[${length}]` }],
    read(slice, path, label) {
      const reading = inner.read(slice, path, label)
      if (reading.value === undefined)
        return new LateReading<Located<string>>(undefined, reading.end, reading.short, () => reading.node)
      const text = new TextDecoder('latin1').decode(reading.value.value).replace(/\0+$/, '')
      return read({ path, ranges: reading.value.ranges, value: text }, reading.end, () => ({
        ...reading.node,
        value: { kind: 'text', text },
      }))
    },
  }
}

/** One named bit, or a run of bits (`to` inclusive). Bit 0 is the lowest. */
export interface BitSpec<N extends string = string> {
  readonly name: N
  readonly from: number
  readonly to?: number
  readonly symbols?: Symbols
}

/** A flag word: the raw value and every named run. */
export interface Bits<N extends string> extends Located<bigint> {
  readonly flags: Readonly<Record<N, number>>
}

/** A flag word explained bit by bit. Bits without a name that are set are a problem (`bits.unknown`) and are shown. Docs: `bit.<id>.<name>`. */
export function bits<const S extends readonly BitSpec[]>(
  id: string,
  width: number,
  specs: S,
  littleEndian = true,
): Layout<Bits<S[number]['name']>> {
  const masks = specs.map((spec) => ({
    shift: BigInt(spec.from),
    mask: (1n << BigInt((spec.to ?? spec.from) - spec.from + 1)) - 1n,
  }))
  const known = specs.reduce(
    (mask, spec) => mask | (((1n << BigInt((spec.to ?? spec.from) - spec.from + 1)) - 1n) << BigInt(spec.from)),
    0n,
  )
  return {
    size: width,
    rows: () => [
      {
        name: '',
        label: '',
        size: width,
        type: `flags[${width * 8}] ${littleEndian ? 'LE' : 'BE'}`,
        bits: specs.map((spec) => ({
          name: spec.name,
          from: spec.from,
          to: spec.to ?? spec.from,
          doc: `bit.${id}.${spec.name}`,
        })),
      },
    ],
    read(slice, path, label = path) {
      const own = subSlice(slice, 0, width)
      if (own.end - own.start < width) return shortReading(own, path, label, width)
      const value = readUint(bytesOf(own), littleEndian)
      const flags: Record<string, number> = {}
      for (const [i, spec] of specs.entries())
        flags[spec.name] = Number((value >> (masks[i]?.shift ?? 0n)) & (masks[i]?.mask ?? 0n))
      return read(
        { path, ranges: [rangeOf(own)], value, flags: flags as Readonly<Record<S[number]['name'], number>> },
        own.end,
        () => {
          const children: FieldNode[] = specs.map((spec) => {
            const to = spec.to ?? spec.from
            const part = flags[spec.name] ?? 0
            const symbol = spec.symbols?.[part]
            return {
              path: `${path}.${spec.name}`,
              label: spec.name,
              kind: 'bit' as const,
              ranges: [rangeOf(own)],
              value:
                to === spec.from
                  ? { kind: 'bool' as const, value: part === 1 }
                  : { kind: 'uint' as const, value: String(part), width: 0 },
              children: [],
              problems: NO_PROBLEMS,
              doc: `bit.${id}.${spec.name}`,
              bit: { from: spec.from, to },
              ...(symbol === undefined ? {} : { symbol }),
            }
          })
          const unknown = value & ~known
          const problems: Problem[] = []
          for (let bit = 0; unknown !== 0n && bit < width * 8; bit++) {
            if (((unknown >> BigInt(bit)) & 1n) === 0n) continue
            children.push({
              path: `${path}.bit${bit}`,
              label: `bit ${bit}`,
              kind: 'bit',
              ranges: [rangeOf(own)],
              value: { kind: 'bool', value: true },
              children: [],
              problems: NO_PROBLEMS,
              doc: 'bit.unknown',
              bit: { from: bit, to: bit },
            })
            problems.push({ because: say('bits.unknown', { bit, field: label }, 'bits-unknown'), range: rangeOf(own) })
          }
          return leafNode(
            path,
            label,
            own,
            { kind: 'uint', value: String(value), width },
            { kind: 'bits', children, problems },
          )
        },
        (value & ~known) === 0n,
      )
    },
  }
}

/** `count` elements. More than the window open on demand through `expand`; the array is then one leaf for the byte map. Element size must be fixed. */
export function array<T>(
  count: number,
  element: Layout<T>,
): Layout<{ readonly $: Place; readonly items: readonly T[] }> {
  return {
    size: element.size === undefined ? undefined : count * element.size,
    rows: () => element.rows().map((row) => ({ ...row, name: row.name === '' ? '[n]' : `[n].${row.name}` })),
    read(slice, path, label = path) {
      const items: T[] = []
      const shown: Reading<T>[] = []
      let at = slice.start
      let short = false
      const open = count <= ARRAY_WINDOW
      for (let i = 0; i < count && i < NODE_BUDGET; i++) {
        const reading = element.read(sub(slice, at), `${path}[${i}]`, `[${i}]`)
        if (i < ARRAY_WINDOW || reading.short) shown.push(reading)
        at = reading.end
        if (reading.value === undefined) {
          short = true
          break
        }
        items.push(reading.value)
      }
      const own = { ...slice, end: at }
      const size = element.size
      const expand: Expand = (wanted, from, to) => {
        if (wanted !== path || size === undefined) return undefined
        const nodes: FieldNode[] = []
        for (let i = Math.max(0, from); i < Math.min(items.length, to); i++)
          nodes.push(element.read(sub(slice, slice.start + i * size), `${path}[${i}]`, `[${i}]`).node)
        return nodes
      }
      return new LateReading<{ readonly $: Place; readonly items: readonly T[] }>(
        short ? undefined : { $: { path, range: rangeOf(own), slice: own }, items },
        at,
        short,
        () => ({
          path,
          label,
          kind: 'array',
          ranges: [rangeOf(own)],
          value: { kind: 'none' },
          children: open || short ? shown.map((reading) => reading.node) : [],
          problems: NO_PROBLEMS,
          ...(open || short ? {} : { count }),
        }),
        expand,
        !short && shown.every((reading) => reading.isFaultless),
      )
    },
  }
}

function sub(slice: Slice, start: number): Slice {
  return { space: slice.space, bytes: slice.bytes, start: Math.min(start, slice.end), end: slice.end }
}

interface FieldSpec {
  readonly name: string
  readonly label: string
  readonly layout: Layout<unknown> | ((soFar: never) => Layout<unknown>)
}

/** A struct under construction; itself a layout. Docs: `field.<id>.<name>`. */
export interface StructLayout<F> extends Layout<Struct<F>> {
  /** Adds a field. A function sees the fields before it, typed. `label` is the specification's spelling; default: the name. */
  field<N extends string, T>(
    name: N,
    layout: Layout<T> | ((soFar: F) => Layout<T>),
    label?: string,
  ): StructLayout<F & Record<N, T>>
}

/** Starts a struct. `id` names it in texts and documentation. */
export function struct(id: string): StructLayout<unknown> {
  return makeStruct(id, [])
}

function makeStruct<F>(id: string, fields: readonly FieldSpec[]): StructLayout<F> {
  const fixed = fields.reduce<number | undefined>(
    (sum, field) =>
      sum === undefined || typeof field.layout === 'function' || field.layout.size === undefined
        ? undefined
        : sum + field.layout.size,
    0,
  )
  return {
    size: fixed,
    field: (name, layout, label = name) => makeStruct(id, [...fields, { name, label, layout }]),
    rows() {
      const rows: LayoutRow[] = []
      let offset: number | undefined = 0
      for (const field of fields) {
        const doc = `field.${id}.${field.name}`
        const layout = typeof field.layout === 'function' ? undefined : field.layout
        const inner = layout?.rows() ?? []
        const single = inner.length === 1 && inner[0]?.name === '' ? inner[0] : undefined
        const start: number | undefined = offset
        const position = (extra: number | undefined) =>
          start === undefined || extra === undefined ? {} : { offset: start + extra }
        if (single) rows.push({ ...single, name: field.name, label: field.label, doc, ...position(0) })
        else {
          rows.push({
            name: field.name,
            label: field.label,
            type: layout ? 'struct' : 'depends on earlier fields',
            doc,
            ...position(0),
            ...(layout?.size === undefined ? {} : { size: layout.size }),
          })
          for (const row of inner) rows.push({ ...row, name: `${field.name}.${row.name}`, ...position(row.offset) })
        }
        offset = offset === undefined || layout?.size === undefined ? undefined : offset + layout.size
      }
      return rows
    },
    read(slice, path, label = path) {
      const value: Record<string, unknown> = {}
      const parts: Reading<unknown>[] = []
      const expands: Expand[] = []
      let at = slice.start
      let short = false
      for (const field of fields) {
        const layout = typeof field.layout === 'function' ? field.layout(value as never) : field.layout
        const reading = layout.read(sub(slice, at), path === '' ? field.name : `${path}.${field.name}`, field.label)
        parts.push(reading)
        at = reading.end
        if (reading.expand) expands.push(reading.expand)
        if (reading.value === undefined) {
          short = true
          break
        }
        value[field.name] = reading.value
      }
      const own: Slice = { ...slice, end: at }
      const place: Place = { path, range: rangeOf(own), slice: own }
      value['$'] = place
      const expand: Expand = (wanted, from, to) => {
        for (const open of expands) {
          const nodes = open(wanted, from, to)
          if (nodes) return nodes
        }
        return undefined
      }
      return new LateReading<Struct<F>>(
        short ? undefined : (value as unknown as Struct<F>),
        at,
        short,
        () => {
          const children = parts.map(({ node }, i): FieldNode => ({
            ...node,
            doc: node.doc ?? `field.${id}.${fields[i]?.name ?? ''}`,
          }))
          return {
            path,
            label,
            kind: 'struct',
            ranges: [rangeOf(own)],
            value: { kind: 'none' },
            children,
            problems: NO_PROBLEMS,
          }
        },
        expands.length === 0 ? undefined : expand,
        !short && parts.every((part) => part.isFaultless),
      )
    },
  }
}

/** Turns a layout's value into something else, keeping its bytes and node. */
export function mapped<A, B>(
  layout: Layout<A>,
  turn: (value: A) => B,
  look?: (node: FieldNode, value: A) => FieldNode,
): Layout<B> {
  return {
    size: layout.size,
    rows: () => layout.rows(),
    read(slice, path, label) {
      const reading = layout.read(slice, path, label)
      const { value } = reading
      return new LateReading<B>(
        value === undefined ? undefined : turn(value),
        reading.end,
        reading.short,
        () => (value !== undefined && look ? look(reading.node, value) : reading.node),
        reading.expand,
        !look && reading.isFaultless,
      )
    },
  }
}

/**
 * Reads a layout over a whole slice; bytes behind its end become a `trailing` gap with problem `layout.trailing` (all zero: `layout.padding`).
 * The root node is a struct, so that leaves tile the slice whatever happened.
 */
export function readWhole<T>(
  layout: Layout<T>,
  slice: Slice,
  path: string,
  label: string,
): Reading<T> & { readonly trailing: Slice } {
  const reading = layout.read(slice, path, label)
  const trailing: Slice = { ...slice, start: reading.end }
  const late = new LateReading<T>(
    reading.value,
    reading.end,
    reading.short,
    () => (trailing.start < trailing.end ? withTrailing(reading.node, slice, trailing, path, label) : reading.node),
    reading.expand,
  )
  return Object.assign(late, { trailing })
}

function withTrailing(node: FieldNode, slice: Slice, trailing: Slice, path: string, label: string): FieldNode {
  const count = trailing.end - trailing.start
  const problem: Problem = {
    because: say(isZero(bytesOf(trailing)) ? 'layout.padding' : 'layout.trailing', {
      count,
      at: hexOffset(trailing.start),
    }),
    range: rangeOf(trailing),
  }
  const gap = gapNode(path === '' ? 'trailing' : `${path}.trailing`, 'trailing', trailing, [problem], 'field.trailing')
  return node.kind === 'struct' || node.kind === 'array'
    ? { ...node, ranges: [rangeOf(slice)], children: [...node.children, gap] }
    : {
        path,
        label,
        kind: 'struct',
        ranges: [rangeOf(slice)],
        value: { kind: 'none' },
        children: [node, gap],
        problems: NO_PROBLEMS,
      }
}

/** Ranges of the leaves of a tree in one space, in order: what must tile the bytes. */
export function leafRanges(node: FieldNode, space: string): ByteRange[] {
  const out: ByteRange[] = []
  const stack: FieldNode[] = [node]
  while (stack.length > 0) {
    const top = stack.pop()
    if (!top) break
    const isLeaf =
      top.kind === 'leaf' ||
      top.kind === 'gap' ||
      top.kind === 'bits' ||
      top.kind === 'embedded' ||
      ((top.kind === 'array' || top.kind === 'struct') && top.children.length === 0)
    if (isLeaf) for (const range of top.ranges) if (range.space === space && range.end > range.start) out.push(range)
    if (top.kind !== 'bits')
      for (let i = top.children.length - 1; i >= 0; i--) {
        const child = top.children[i]
        if (child) stack.push(child)
      }
  }
  return out.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** Bytes of a slice which no leaf covers, and bytes covered twice. Both must be empty. */
export function tilingFaults(
  node: FieldNode,
  slice: Slice,
): { readonly holes: readonly ByteRange[]; readonly overlaps: readonly ByteRange[] } {
  const holes: ByteRange[] = []
  const overlaps: ByteRange[] = []
  let at = slice.start
  for (const range of leafRanges(node, slice.space)) {
    if (range.start > at) holes.push({ space: slice.space, start: at, end: range.start })
    if (range.start < at) overlaps.push({ space: slice.space, start: range.start, end: Math.min(at, range.end) })
    at = Math.max(at, range.end)
  }
  if (at < slice.end) holes.push({ space: slice.space, start: at, end: slice.end })
  return { holes, overlaps }
}
