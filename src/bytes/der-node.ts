import { NODE_BUDGET, type FieldNode, type FieldValue, type Problem } from '../core/field.ts'
import type { ByteRange, Slice } from '../core/place.ts'
import type { TextId } from '../core/saying.ts'
import {
  contentOf,
  DER_PRINTED,
  integerOf,
  isTag,
  oidOf,
  readDer,
  TAG,
  textOf,
  timeOf,
  type DerElement,
} from './der.ts'
import { gapNode } from './layout.ts'
import { oidName } from './oids.ts'

/** Nodes for DER: one leaf for a primitive element, a struct with a leaf for tag and length otherwise. Leaves tile the element. */

export interface DerNodeOptions {
  readonly doc?: TextId
  readonly symbol?: string
  readonly problems?: readonly Problem[]
  readonly value?: FieldValue
}

function named(options: DerNodeOptions): Pick<FieldNode, 'symbol' | 'doc'> {
  return {
    ...(options.doc === undefined ? {} : { doc: options.doc }),
    ...(options.symbol === undefined ? {} : { symbol: options.symbol }),
  }
}

/** What a primitive element says. */
export function derValue(element: DerElement): FieldValue {
  const length = element.content.end - element.content.start
  const raw: FieldValue = { kind: 'bytes', length }
  if (element.tagClass !== 'universal' || element.constructed) return raw
  switch (element.tag) {
    case TAG.boolean:
      return length === 1 ? { kind: 'bool', value: contentOf(element)[0] !== 0 } : raw
    case TAG.integer:
    case TAG.enumerated: {
      const value = length > DER_PRINTED ? undefined : integerOf(element)
      return value === undefined ? raw : { kind: 'uint', value: String(value), width: length }
    }
    case TAG.oid: {
      const oid = oidOf(element)
      return oid === undefined ? raw : { kind: 'oid', oid }
    }
    case TAG.utcTime:
    case TAG.generalizedTime: {
      const at = timeOf(element)
      return at === undefined ? { kind: 'text', text: ascii(element) } : { kind: 'time', iso: isoOf(at) }
    }
    default: {
      const text = textOf(element)
      return text === undefined ? raw : { kind: 'text', text }
    }
  }
}

function ascii(element: DerElement): string {
  return String.fromCharCode(...contentOf(element).subarray(0, 64))
}

/** ISO 8601 without fractions, as times are printed. */
export function isoOf(at: number): string {
  const known = DATES.get(at)
  if (known !== undefined) return known
  const date = new Date(at)
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('.000Z', 'Z')
  if (DATES.size >= DATES_KEPT) DATES.clear()
  DATES.set(at, text)
  return text
}

// Every list, certificate and check prints the same few dates.
const DATES = new Map<number, string>()
const DATES_KEPT = 1024

/** One leaf over a whole element. */
export function derLeaf(element: DerElement, path: string, label: string, options: DerNodeOptions = {}): FieldNode {
  const value = options.value ?? derValue(element)
  const symbol = options.symbol ?? (value.kind === 'oid' ? oidName(value.oid) : undefined)
  return {
    path,
    label,
    kind: 'leaf',
    ranges: [element.range],
    value,
    children: [],
    problems: options.problems ?? [],
    ...named({ ...options, ...(symbol === undefined ? {} : { symbol }) }),
  }
}

/** A struct over a whole element; what the given children do not cover becomes a gap, so the leaves always tile it. */
export function derStruct(
  element: DerElement,
  path: string,
  label: string,
  children: readonly FieldNode[],
  options: DerNodeOptions = {},
): FieldNode {
  const header = rangeLeaf(
    { ...element.range, end: element.content.start },
    `${path}.header`,
    'tag, length',
    'field.der.header',
  )
  return tiledStruct(element.content, element.range, path, label, [header, ...children], options)
}

/** A leaf over bytes that have no element of their own. */
export function rangeLeaf(range: ByteRange, path: string, label: string, doc?: TextId): FieldNode {
  return {
    path,
    label,
    kind: 'leaf',
    ranges: [range],
    value: { kind: 'bytes', length: range.end - range.start },
    children: [],
    problems: [],
    ...(doc === undefined ? {} : { doc }),
  }
}

/** A struct over any range: children in order, holes between them filled with gaps. */
export function tiledStruct(
  bytes: Slice,
  range: ByteRange,
  path: string,
  label: string,
  children: readonly FieldNode[],
  options: DerNodeOptions = {},
): FieldNode {
  const filled: FieldNode[] = []
  let at = range.start
  const fill = (to: number) => {
    if (to > at) filled.push(gapNode(`${path}.gap${at}`, 'gap', { ...bytes, start: at, end: to }, [], 'field.der.gap'))
  }
  for (const child of children) {
    const own = child.ranges[0]
    if (!own || own.start < at || own.end > range.end) continue
    fill(own.start)
    filled.push(child)
    at = own.end
  }
  fill(range.end)
  return {
    path,
    label,
    kind: 'struct',
    ranges: [range],
    value: options.value ?? { kind: 'none' },
    children: filled,
    problems: options.problems ?? [],
    ...named(options),
  }
}

const TYPE_NAMES: Readonly<Record<number, string>> = {
  [TAG.boolean]: 'BOOLEAN',
  [TAG.integer]: 'INTEGER',
  [TAG.bitString]: 'BIT STRING',
  [TAG.octetString]: 'OCTET STRING',
  [TAG.null]: 'NULL',
  [TAG.oid]: 'OBJECT IDENTIFIER',
  [TAG.enumerated]: 'ENUMERATED',
  [TAG.utf8]: 'UTF8String',
  [TAG.sequence]: 'SEQUENCE',
  [TAG.set]: 'SET',
  [TAG.numeric]: 'NumericString',
  [TAG.printable]: 'PrintableString',
  [TAG.teletex]: 'TeletexString',
  [TAG.ia5]: 'IA5String',
  [TAG.utcTime]: 'UTCTime',
  [TAG.generalizedTime]: 'GeneralizedTime',
  [TAG.visible]: 'VisibleString',
  [TAG.universal]: 'UniversalString',
  [TAG.bmp]: 'BMPString',
}

/** `SEQUENCE`, `[0]`, … */
export function derTypeName(element: DerElement): string {
  if (element.tagClass === 'universal') return TYPE_NAMES[element.tag] ?? `[UNIVERSAL ${element.tag}]`
  return element.tagClass === 'context' ? `[${element.tag}]` : `[${element.tagClass.toUpperCase()} ${element.tag}]`
}

/** Nodes that a tree may still add; shared by everything that one tree opens. */
export interface NodeAllowance {
  left: number
}

/** Any element as a tree, labelled by its types. An octet string that holds one whole element is opened as well. What goes beyond the allowance stays a leaf. */
export function derTree(
  element: DerElement,
  path: string,
  label: string,
  options: DerNodeOptions = {},
  allowance: NodeAllowance = { left: NODE_BUDGET / 2 },
  nesting = 0,
): FieldNode {
  allowance.left -= 2
  const children = allowance.left < 2 * (element.children?.length ?? 0) ? undefined : element.children
  if (children)
    return derStruct(
      element,
      path,
      label,
      children.map((child, i) => derTree(child, `${path}[${i}]`, derTypeName(child), {}, allowance, nesting)),
      options,
    )
  if (
    isTag(element, TAG.octetString) &&
    nesting < 4 &&
    allowance.left > 0 &&
    element.content.end - element.content.start > 1
  ) {
    const inner = readDer(element.content)
    // Reading costs too: what does not fit is the last that is tried.
    if (inner.count * 2 > allowance.left) allowance.left = 0
    else if (
      inner.element &&
      inner.problems.length === 0 &&
      inner.end === element.content.end &&
      isLikely(inner.element)
    )
      return derStruct(
        element,
        path,
        label,
        [derTree(inner.element, `${path}[0]`, derTypeName(inner.element), {}, allowance, nesting + 1)],
        options,
      )
  }
  return derLeaf(element, path, label, options)
}

// Random bytes often look like some element; the types that are found inside octet strings are few.
function isLikely(element: DerElement): boolean {
  return element.tagClass === 'universal' && TYPE_NAMES[element.tag] !== undefined
}

/** Puts each problem on the smallest node that holds its bytes. */
export function withProblems(node: FieldNode, problems: readonly Problem[]): FieldNode {
  if (problems.length === 0) return node
  const holds = (candidate: FieldNode, problem: Problem) =>
    candidate.ranges.some(
      (range) =>
        range.space === problem.range.space && range.start <= problem.range.start && problem.range.end <= range.end,
    )
  const rest = new Set(problems)
  const children = node.children.map((child) => {
    const own = [...rest].filter((problem) => holds(child, problem))
    for (const problem of own) rest.delete(problem)
    return own.length === 0 ? child : withProblems(child, own)
  })
  return { ...node, children, problems: [...node.problems, ...rest] }
}

/** Any DER as a tree that tiles the slice: bytes behind the element are a gap, faults sit on the fields. */
export function derNode(slice: Slice, path: string, label: string): FieldNode {
  const { element, problems, end } = readDer(slice)
  if (!element) return gapNode(path, label, slice, problems)
  const tree = derTree(element, path, label)
  if (end >= slice.end) return withProblems(tree, problems)
  return withProblems(
    tiledStruct(slice, { space: slice.space, start: slice.start, end: slice.end }, path, label, [
      { ...tree, path: `${path}.element` },
    ]),
    problems,
  )
}
