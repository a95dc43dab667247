import { ARRAY_WINDOW, type FieldNode, type FieldValue, type LayoutRow, type Problem } from '../core/field.ts'
import { bytesOf, derivedId, rangeOf, sliceOf, type ByteRange, type Slice, type Space } from '../core/place.ts'
import { say, type TextId } from '../core/saying.ts'
import { readCbor, type CborEntry, type CborItem, type CborReading } from './cbor.ts'
import { briefly, headName } from './cbor-diagnostic.ts'
import { withProblems } from './der-node.ts'
import { gapNode, hexOffset, toHex } from './layout.ts'

/** What a specification says about an item: names for its members, a text for each, how to show what is inside. Reads like the specification's CDDL. */
export interface CborShape {
  readonly label?: string
  readonly doc?: TextId
  /** As the specification writes it: `bstr .size 32`. */
  readonly type?: string
  /** Names of values: integers in decimal, texts as they are. */
  readonly symbols?: Readonly<Record<string, string>>
  /** Members of a map. */
  readonly keys?: readonly CborKey[]
  /** Elements of an array by position. */
  readonly positions?: readonly CborKey[]
  /** Every other element of an array, or value of a map. */
  readonly element?: CborShape
  /** What a tag holds. */
  readonly content?: CborShape
  /** An integer that counts milliseconds or seconds since 1970. */
  readonly time?: 'ms' | 's'
  /** A byte string that holds encoded CBOR: opens in a space of its own. */
  readonly cbor?: CborShape
  /** A byte string that holds something else: its tree over exactly these bytes, or undefined to leave it. */
  readonly inside?: (content: Slice, path: string, label: string) => FieldNode | undefined
}

/** A member of a map, or the element at a position. `name` is the last part of its path. */
export interface CborKey extends CborShape {
  readonly key: number | string
  readonly name: string
}

export interface CborTree extends CborReading {
  readonly node: FieldNode
  /** All spaces: strings put together, byte strings opened. */
  readonly spaces: readonly Space[]
  /** Elements of an array or a map that is too long to be shown at once. */
  readonly expand: (path: string, from: number, to: number) => readonly FieldNode[]
}

/** Nothing is known: byte strings which hold a whole array, map or tag are opened all the same. */
export const ANY_CBOR: CborShape = {}

const NO_PROBLEMS: readonly Problem[] = []
const NESTED = 8

/** A long array or map that stays closed, with what is known about it. */
interface Closed {
  readonly item: CborItem & { readonly kind: 'array' | 'map' }
  readonly shape: CborShape
}

interface Builder {
  /** By path. */
  readonly closed: Map<string, Closed>
  readonly spaces: Space[]
  readonly nesting: number
  /** Path of the byte string that was opened last. */
  readonly root: string
  /** Nodes after which byte strings are no longer opened. */
  readonly allowance: { left: number }
}

/** Reads one item as a tree whose leaves tile the slice; bytes behind it are a gap. */
export function cborTree(
  slice: Slice,
  path: string,
  label: string,
  shape: CborShape = ANY_CBOR,
  reading: CborReading = readCbor(slice),
): CborTree {
  const builder: Builder = { closed: new Map(), spaces: [], nesting: 0, root: '', allowance: { left: 40_000 } }
  const node = treeOf(reading, slice, path, label, shape, builder)
  return {
    ...reading,
    node,
    spaces: [...reading.spaces, ...builder.spaces],
    expand: (wanted, from, to) => openedElements(builder.closed, wanted, from, to),
  }
}

/** Elements of a closed container, one node each. Byte strings in them are not opened: a space that is derived now would be known to nobody. */
function openedElements(closed: Map<string, Closed>, path: string, from: number, to: number): readonly FieldNode[] {
  const wanted = closed.get(path)
  if (!wanted) return []
  const { item, shape } = wanted
  const builder: Builder = { closed, spaces: [], nesting: NESTED, root: '', allowance: { left: 40_000 } }
  const parts = item.kind === 'array' ? elementsOf(item.items, path, shape) : membersOf(item.entries, path, shape)
  return parts.slice(Math.max(0, from), Math.max(0, to)).map((part) => {
    const range = { ...part.value.range, start: part.key?.range.start ?? part.value.range.start }
    return asOne(
      itemNodes(part.value, part.key, part.path, part.label, part.shape, builder),
      range,
      part.path,
      part.label,
      '',
      builder,
    )
  })
}

/** An element or a member, with its key, its place in the tree and what is known about it. */
interface Part {
  readonly key: CborItem | undefined
  readonly value: CborItem
  readonly path: string
  readonly label: string
  readonly shape: CborShape
}

function elementsOf(items: readonly CborItem[], path: string, shape: CborShape): Part[] {
  return items.map((value, i) => {
    const known = shape.positions?.find((position) => position.key === i)
    return {
      key: undefined,
      value,
      path: known ? below(path, known.name) : `${path}[${i}]`,
      label: known?.label ?? known?.name ?? shape.element?.label ?? `[${i}]`,
      shape: known ?? shape.element ?? ANY_CBOR,
    }
  })
}

function membersOf(entries: readonly CborEntry[], path: string, shape: CborShape): Part[] {
  const taken = new Map<string, number>()
  return entries.map(({ key, value }, i) => {
    const known = keyShape(key, shape)
    const name = known?.name ?? segmentOf(key, i)
    const uses = (taken.get(name) ?? 0) + 1
    taken.set(name, uses)
    return {
      key,
      value,
      path: below(path, uses === 1 ? name : `${name}#${uses}`),
      label: known?.label ?? known?.name ?? briefly(key),
      shape: known ?? shape.element ?? ANY_CBOR,
    }
  })
}

/** The space in which the CBOR of a byte string is read, and its bytes. The same content always opens in the same space. */
export function embeddedSlice(content: Slice): { readonly space: Space; readonly slice: Slice } {
  const id = derivedId(content.space, 'slice', content.start)
  const bytes = bytesOf(content)
  const space: Space = {
    id,
    parent: content.space,
    via: 'slice',
    map: 'exact',
    bytes,
    pieces: [{ at: 0, length: bytes.length, sourceStart: content.start, sourceEnd: content.end }],
  }
  return { space, slice: sliceOf(id, bytes) }
}

/** Path below another. */
export function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function treeOf(
  reading: CborReading,
  slice: Slice,
  path: string,
  label: string,
  shape: CborShape,
  builder: Builder,
): FieldNode {
  if (!reading.item) return gapNode(path, label, slice, reading.problems)
  const nodes = itemNodes(reading.item, undefined, path, label, shape, builder)
  const rest: Slice = { ...slice, start: reading.end }
  if (rest.start < rest.end) {
    const count = rest.end - rest.start
    nodes.push(
      gapNode(
        `${path}:trailing${mark(builder)}`,
        'trailing',
        rest,
        [{ because: say('cbor.trailing', { count, at: hexOffset(rest.start) }), range: rangeOf(rest) }],
        'field.trailing',
      ),
    )
  }
  return withProblems(asOne(nodes, rangeOf(slice), path, label, mark(builder), builder), reading.problems)
}

/** Tells apart what stands at one path in bytes inside bytes. */
function mark(builder: Builder): string {
  return builder.nesting === 0 ? '' : String(builder.nesting)
}

/** Several nodes as one over the whole range. What follows a container becomes its last child; no path stands twice. */
function asOne(
  nodes: readonly FieldNode[],
  range: ByteRange,
  path: string,
  label: string,
  level: string,
  builder: Builder,
): FieldNode {
  const [first, ...more] = nodes
  if (first && more.length === 0 && !(first.count !== undefined && path === '')) return first
  // A closed container has no children: whatever is put into it would hide its bytes.
  if (first && first.path === path && (first.kind === 'struct' || first.kind === 'array') && first.children.length > 0)
    return { ...first, ranges: [range], children: [...first.children, ...more] }
  const children = nodes.map((node) => (node.path === path ? renamed(node, `${path}:value${level}`, builder) : node))
  return { path, label, kind: 'struct', ranges: [range], value: { kind: 'none' }, children, problems: NO_PROBLEMS }
}

/** The same node under another path, by which it opens from now on. */
function renamed(node: FieldNode, path: string, builder: Builder): FieldNode {
  const closed = node.count === undefined ? undefined : builder.closed.get(node.path)
  if (closed) {
    builder.closed.delete(node.path)
    builder.closed.set(path, closed)
  }
  return { ...node, path }
}

/** What an opened byte string shows below itself: the members of its one container, or the one node under a path of its own. */
function opened(child: FieldNode, level: string, builder: Builder): Pick<FieldNode, 'children' | 'problems'> {
  if ((child.kind === 'struct' || child.kind === 'array') && child.children.length > 0)
    return { children: child.children, problems: child.problems }
  return { children: [renamed(child, `${child.path}:content${level}`, builder)], problems: NO_PROBLEMS }
}

function leaf(
  builder: Builder,
  path: string,
  label: string,
  range: ByteRange,
  value: FieldValue,
  extra: Partial<Pick<FieldNode, 'symbol' | 'doc' | 'kind' | 'children' | 'problems'>> = {},
): FieldNode {
  builder.allowance.left--
  return { path, label, kind: 'leaf', ranges: [range], value, children: [], problems: NO_PROBLEMS, ...extra }
}

const docOf = (shape: CborShape) => (shape.doc === undefined ? {} : { doc: shape.doc })

/**
 * Nodes for one item, with its key and its tags when it has them. A scalar is a leaf over exactly its value, behind a leaf for key, tags and head;
 * everything else is a struct whose first leaf is that.
 */
function itemNodes(
  outer: CborItem,
  key: CborItem | undefined,
  path: string,
  label: string,
  outerShape: CborShape,
  builder: Builder,
): FieldNode[] {
  const start = key?.range.start ?? outer.range.start
  const { item, shape } = untagged(outer, outerShape)
  const lead = (end: number): FieldNode[] => {
    if (end <= start) return []
    const range = { ...item.range, start, end }
    const heads = end > outer.range.start ? headNames(outer) : ''
    return [
      key
        ? leaf(builder, `${path}:key`, 'key', range, scalarValue(key, {}) ?? { kind: 'none' }, {
            symbol: heads === '' ? briefly(key) : `${briefly(key)}: ${heads}`,
            doc: 'field.cbor.key',
          })
        : leaf(
            builder,
            `${path}:${builder.nesting > 0 && path === builder.root ? `inner${mark(builder)}` : 'head'}`,
            'head',
            range,
            { kind: 'none' },
            { symbol: heads, doc: 'field.cbor.head' },
          ),
    ]
  }
  const whole: ByteRange = { ...item.range, start }
  const container = (kind: 'struct' | 'array', children: FieldNode[]): FieldNode => {
    builder.allowance.left--
    return {
      path,
      label,
      kind,
      ranges: [whole],
      value: { kind: 'none' },
      children: withEnd(item, children, path, builder),
      problems: NO_PROBLEMS,
      symbol: headNames(outer),
      ...docOf(shape),
    }
  }
  switch (item.kind) {
    case 'int':
    case 'simple':
    case 'float': {
      const symbol = symbolOf(item, shape)
      return [
        ...lead(item.range.start),
        leaf(builder, path, label, item.range, scalarValue(item, shape) ?? { kind: 'none' }, {
          ...docOf(shape),
          ...(symbol === undefined ? {} : { symbol }),
        }),
      ]
    }
    case 'broken':
      return [
        ...lead(item.range.start),
        leaf(
          builder,
          path,
          label,
          item.range,
          { kind: 'bytes', length: item.range.end - item.range.start },
          { kind: 'gap', ...docOf(shape) },
        ),
      ]
    case 'bytes':
    case 'text': {
      if (item.chunks) {
        const chunks = item.chunks.flatMap((chunk, i) =>
          itemNodes(chunk, undefined, `${path}[${i}]`, `[${i}]`, { doc: 'field.cbor.chunk' }, builder),
        )
        const content =
          item.kind === 'bytes' ? openedNode(item.content, item.body, path, label, shape, builder) : undefined
        // What the chunks say together is shown over the same bytes, instead of the chunks.
        if (content?.kind === 'embedded') return [...lead(item.head.end), content]
        return [container('array', [...lead(item.head.end), ...chunks])]
      }
      const bignum = bignumOf(outer)
      const content =
        item.kind === 'bytes' && item.isWhole && bignum === undefined
          ? openedNode(item.content, item.body, path, label, shape, builder)
          : undefined
      if (content) return [...lead(item.body.start), content]
      const symbol = bignum ?? symbolOf(item, shape)
      return [
        ...lead(item.body.start),
        leaf(builder, path, label, item.body, scalarValue(item, shape) ?? { kind: 'none' }, {
          ...docOf(shape),
          ...(symbol === undefined ? {} : { symbol }),
        }),
      ]
    }
    case 'array':
    case 'map': {
      const count = item.kind === 'array' ? item.items.length : item.entries.length
      if (count > ARRAY_WINDOW && item.isWhole) {
        builder.allowance.left--
        builder.closed.set(path, { item, shape })
        return [
          {
            path,
            label,
            kind: 'array',
            ranges: [whole],
            value: { kind: 'none' },
            children: [],
            count,
            problems: NO_PROBLEMS,
            symbol: headNames(outer),
            ...docOf(shape),
          },
        ]
      }
      const parts = item.kind === 'array' ? elementsOf(item.items, path, shape) : membersOf(item.entries, path, shape)
      return [
        container(item.kind === 'array' ? 'array' : 'struct', [
          ...lead(item.head.end),
          ...parts.flatMap((part) => itemNodes(part.value, part.key, part.path, part.label, part.shape, builder)),
        ]),
      ]
    }
    case 'tag':
      return []
  }
}

/** What the tags stand before, and what is known about it. */
function untagged(outer: CborItem, outerShape: CborShape): { readonly item: CborItem; readonly shape: CborShape } {
  let item = outer
  let shape = outerShape
  while (item.kind === 'tag') {
    shape =
      shape.content ??
      (shape !== ANY_CBOR ? shape : item.tag === 24n ? { cbor: ANY_CBOR } : item.tag === 1n ? { time: 's' } : shape)
    item = item.content
  }
  return { item, shape }
}

/** `tag(18) array(4)`: every head up to the first that is no tag. */
function headNames(outer: CborItem): string {
  const names: string[] = []
  let item = outer
  for (; item.kind === 'tag'; item = item.content) names.push(headName(item))
  if (item.kind !== 'int' && item.kind !== 'simple' && item.kind !== 'float' && item.kind !== 'broken')
    names.push(headName(item))
  return names.join(' ')
}

/** Adds the end mark of an indefinite length, and whatever the members do not cover. */
function withEnd(item: CborItem, children: FieldNode[], path: string, builder: Builder): FieldNode[] {
  const last = children.at(-1)?.ranges.at(-1)?.end ?? item.range.start
  if (last < item.range.end)
    children.push(
      leaf(
        builder,
        `${path}:end`,
        'end',
        { ...item.range, start: last },
        { kind: 'none' },
        { symbol: 'break', doc: 'field.cbor.break' },
      ),
    )
  return children
}

/** A byte string shown as what it holds; undefined to show the bytes. */
function openedNode(
  content: Slice,
  body: ByteRange,
  path: string,
  label: string,
  shape: CborShape,
  builder: Builder,
): FieldNode | undefined {
  const inside = shape.inside?.(content, path, label)
  if (inside) {
    if (content.space === body.space) return { ...inside, ...docOf(shape) }
    return leaf(
      builder,
      path,
      label,
      body,
      { kind: 'bytes', length: content.end - content.start },
      { kind: 'embedded', ...opened(inside, mark(builder), builder), ...docOf(shape) },
    )
  }
  const isKnown = shape.cbor !== undefined
  // An empty byte string is how COSE writes a header without parameters (RFC 9052 section 3): nothing is missing in it.
  if (content.end <= content.start) return undefined
  if (
    builder.nesting >= NESTED ||
    builder.allowance.left <= 0 ||
    (!isKnown && (shape !== ANY_CBOR || content.end - content.start < 2))
  )
    return undefined
  const { space, slice } = embeddedSlice(content)
  const reading = readCbor(slice)
  if (
    !isKnown &&
    !(reading.isWhole && reading.problems.length === 0 && reading.end === slice.end && isStructured(reading.item))
  )
    return undefined
  builder.spaces.push(space, ...reading.spaces)
  const child = treeOf(reading, slice, path, label, shape.cbor ?? ANY_CBOR, {
    ...builder,
    nesting: builder.nesting + 1,
    root: path,
  })
  return leaf(
    builder,
    path,
    label,
    body,
    { kind: 'bytes', length: body.end - body.start },
    { kind: 'embedded', ...opened(child, mark(builder), builder), ...docOf(shape) },
  )
}

// Short byte strings often look like one small item: only an array, a map or a tag that fills the string counts.
function isStructured(item: CborItem | undefined): boolean {
  return (
    (item?.kind === 'map' && item.entries.length > 0) ||
    (item?.kind === 'array' && item.items.length > 1) ||
    (item?.kind === 'tag' && item.content.kind !== 'int' && isStructured(item.content))
  )
}

function keyShape(key: CborItem, shape: CborShape): CborKey | undefined {
  if (key.kind === 'int')
    return shape.keys?.find((known) => typeof known.key === 'number' && BigInt(known.key) === key.value)
  return key.kind === 'text' ? shape.keys?.find((known) => known.key === key.text) : undefined
}

/** A path part that is safe to print and to split. */
function segmentOf(key: CborItem, index: number): string {
  if (key.kind === 'int') return String(key.value)
  return key.kind === 'text' && /^[A-Za-z_][\w-]{0,47}$/.test(key.text) ? key.text : `key${index}`
}

function symbolOf(item: CborItem, shape: CborShape): string | undefined {
  const name = item.kind === 'int' ? String(item.value) : item.kind === 'text' ? item.text : undefined
  if (name !== undefined && shape.symbols && Object.hasOwn(shape.symbols, name)) return shape.symbols[name]
  if (item.kind === 'simple') return briefly(item)
  return item.kind === 'float' ? `float${item.width * 8}` : undefined
}

/** Longest bignum that is written in decimal. */
const BIGNUM = 512

/** What a byte string behind tag 2 or 3 says: a number of any size (RFC 8949 section 3.4.3). */
function bignumOf(outer: CborItem): string | undefined {
  if (outer.kind !== 'tag' || (outer.tag !== 2n && outer.tag !== 3n) || outer.content.kind !== 'bytes') return undefined
  const bytes = bytesOf(outer.content.content)
  if (bytes.length > BIGNUM) return undefined
  const value = bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`)
  return String(outer.tag === 2n ? value : -1n - value)
}

/** What a scalar says, as plain data. */
function scalarValue(item: CborItem, shape: CborShape): FieldValue | undefined {
  switch (item.kind) {
    case 'int': {
      const ms = shape.time === 'ms' ? item.value : shape.time === 's' ? item.value * 1000n : undefined
      if (ms !== undefined && ms >= -8_640_000_000_000_000n && ms <= 8_640_000_000_000_000n)
        return { kind: 'time', iso: new Date(Number(ms)).toISOString() }
      return { kind: 'uint', value: String(item.value), width: item.range.end - item.range.start }
    }
    case 'bytes':
      return { kind: 'bytes', length: item.content.end - item.content.start }
    case 'text':
      return { kind: 'text', text: item.text }
    case 'simple':
      return item.value === 20 || item.value === 21 ? { kind: 'bool', value: item.value === 21 } : undefined
    case 'float':
      return { kind: 'text', text: String(item.value) }
    case 'array':
    case 'map':
    case 'tag':
    case 'broken':
      return undefined
  }
}

/** Rows of the documentation table of a shape. */
export function shapeRows(shape: CborShape, prefix = ''): LayoutRow[] {
  const rows: LayoutRow[] = []
  for (const known of [...(shape.keys ?? []), ...(shape.positions ?? [])]) {
    const name = below(prefix, known.name)
    rows.push({
      name,
      label: known.label ?? known.name,
      type: `${typeof known.key === 'number' ? known.key : `"${known.key}"`} → ${known.type ?? 'any'}`,
      ...docOf(known),
    })
    rows.push(...shapeRows(known, name))
  }
  const more = shape.element ? shapeRows(shape.element, `${prefix}[n]`) : []
  return [
    ...rows,
    ...more,
    ...(shape.content ? shapeRows(shape.content, prefix) : []),
    ...(shape.cbor ? shapeRows(shape.cbor, prefix) : []),
  ]
}
