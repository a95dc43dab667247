import { ARRAY_WINDOW, NODE_BUDGET, type FieldNode, type FieldValue, type Problem } from '../core/field.ts'
import type { ByteRange, Slice } from '../core/place.ts'
import { gapNode, type Expand } from './layout.ts'
import type { JsonMember, JsonValue } from './json.ts'

/** Longest text that a node repeats; the whole is at its bytes. */
const TEXT_SHOWN = 65_536

/**
 * The tree of a JSON text. Values are leaves whose second range is their member's name; brackets, commas, colons and white space of one container
 * are one leaf of many ranges, its first child, so that leaves tile the text without a node per comma.
 */
export function jsonTree(
  slice: Slice,
  root: JsonValue | undefined,
  end: number,
  problems: readonly Problem[],
  path: string,
  label: string,
): { readonly node: FieldNode; readonly expand: Expand } {
  const { space } = slice
  const pending = [...problems].sort((a, b) => a.range.start - b.range.start)
  const windows = new Map<string, { readonly value: JsonValue }>()
  let nodes = 0

  /** Problems that lie within a range, each handed out once: the innermost node that asks first gets it. */
  const takeProblems = (ranges: readonly ByteRange[]): Problem[] => {
    if (pending.length === 0) return []
    const own: Problem[] = []
    for (const range of ranges) {
      let low = 0
      let high = pending.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((pending[middle]?.range.start ?? 0) < range.start) low = middle + 1
        else high = middle
      }
      let stop = low
      while (stop < pending.length && (pending[stop]?.range.start ?? 0) < range.end) stop++
      own.push(...pending.splice(low, stop - low))
    }
    return own
  }

  const leaf = (
    own: string,
    name: string,
    ranges: readonly ByteRange[],
    value: FieldValue,
    doc?: string,
  ): FieldNode => {
    nodes++
    return {
      path: own,
      label: name,
      kind: 'leaf',
      ranges,
      value,
      children: [],
      problems: takeProblems(ranges),
      ...(doc === undefined ? {} : { doc }),
    }
  }

  // Depth is at most DEPTH_BUDGET, so this may call itself.
  const build = (value: JsonValue, own: string, name: string, key: ByteRange | undefined): FieldNode => {
    if (value.kind !== 'object' && value.kind !== 'array')
      return leaf(own, name, key ? [value.range, key] : [value.range], scalar(value))
    const count = value.kind === 'object' ? value.members.length : value.items.length
    const ranges = key ? [value.range, key] : [value.range]
    const kind = value.kind === 'object' ? ('struct' as const) : ('array' as const)
    // Long lists of plain values (a quote as numbers) and what is beyond the budget stay closed; they open through `expand`.
    if (count > ARRAY_WINDOW || nodes + count > NODE_BUDGET) {
      windows.set(own, { value })
      nodes++
      return {
        path: own,
        label: name,
        kind: 'array',
        ranges,
        value: { kind: 'none' },
        children: [],
        count,
        problems: takeProblems(ranges),
      }
    }
    nodes++
    const children = parts(value, own)
    const syntax = gapsBetween(
      value.range,
      children.flatMap((child) => (child.end > child.start ? [child] : [])),
      space,
    )
    const first = leaf(
      within(own, value.kind === 'object' ? '{}' : '[]'),
      value.kind === 'object' ? '{ }' : '[ ]',
      key ? [...syntax, key] : syntax,
      { kind: 'none' },
      'json.syntax',
    )
    return {
      path: own,
      label: name,
      kind,
      ranges,
      value: { kind: 'none' },
      children: [first, ...children.map((child) => child.build())],
      problems: [],
    }
  }

  interface Part {
    readonly start: number
    readonly end: number
    build(): FieldNode
  }
  const parts = (value: JsonValue, own: string): (Part & { readonly keyStart: number; readonly keyEnd: number })[] => {
    if (value.kind === 'array')
      return value.items.map((item, index) => ({
        start: item.range.start,
        end: item.range.end,
        keyStart: 0,
        keyEnd: 0,
        build: () => build(item, `${own}[${index}]`, `[${index}]`, undefined),
      }))
    if (value.kind !== 'object') return []
    const times = new Map<string, number>()
    return value.members.map(({ key, keyRange, value: inner }: JsonMember) => {
      const nth = (times.get(key) ?? 0) + 1
      times.set(key, nth)
      const base = memberPath(own, key)
      return {
        start: inner.range.start,
        end: inner.range.end,
        keyStart: keyRange.start,
        keyEnd: keyRange.end,
        build: () => build(inner, nth === 1 ? base : `${base}#${nth}`, key, keyRange),
      }
    })
  }

  const gapsBetween = (
    range: ByteRange,
    taken: readonly {
      readonly start: number
      readonly end: number
      readonly keyStart: number
      readonly keyEnd: number
    }[],
    inSpace: string,
  ): ByteRange[] => {
    const out: ByteRange[] = []
    let at = range.start
    const skip = (start: number, end: number) => {
      if (end <= start) return
      if (start > at) out.push({ space: inSpace, start: at, end: start })
      at = Math.max(at, end)
    }
    for (const { start, end, keyStart, keyEnd } of taken) {
      skip(keyStart, keyEnd)
      skip(start, end)
    }
    if (range.end > at) out.push({ space: inSpace, start: at, end: range.end })
    return out
  }

  const children: FieldNode[] = []
  const whitespace = (start: number, stop: number, name: string) => {
    if (stop > start)
      children.push(leaf(within(path, name), name, [{ space, start, end: stop }], { kind: 'none' }, 'json.syntax'))
  }
  let outer: FieldNode | undefined
  if (root) {
    whitespace(slice.start, root.range.start, 'before')
    outer = build(root, path, label, undefined)
    whitespace(root.range.end, Math.min(end, slice.end), 'after')
  }
  const done = root ? end : slice.start
  if (done < slice.end) {
    const rest: Slice = { ...slice, start: done }
    children.push(
      gapNode(
        within(path, 'trailing'),
        'trailing',
        rest,
        takeProblems([{ space, start: done, end: slice.end }]),
        'field.trailing',
      ),
    )
  }
  const whole: ByteRange = { space, start: slice.start, end: slice.end }
  const isPlain = outer && (outer.kind === 'struct' || (outer.kind === 'array' && outer.children.length > 0))
  const all = outer
    ? isPlain
      ? [...children, ...outer.children]
      : [outer.path === path ? { ...outer, path: within(path, 'value') } : outer, ...children]
    : children
  if (outer && !isPlain) {
    const moved = windows.get(path)
    if (moved) {
      windows.delete(path)
      windows.set(within(path, 'value'), moved)
    }
  }
  const node: FieldNode = {
    path,
    label,
    kind: isPlain && outer ? outer.kind : 'struct',
    ranges: [whole],
    value: { kind: 'none' },
    children: all.toSorted(byStart),
    problems: [...(isPlain && outer ? outer.problems : []), ...pending],
  }

  return {
    node,
    expand(wanted, from, to) {
      const found = windows.get(wanted)
      if (!found) return undefined
      nodes = 0
      return parts(found.value, wanted)
        .slice(Math.max(0, from), Math.max(0, to))
        .map((part) => part.build())
    },
  }
}

function byStart(a: FieldNode, b: FieldNode): number {
  return (a.ranges[0]?.start ?? 0) - (b.ranges[0]?.start ?? 0)
}

function within(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** `a.b`, or `a["x y"]` for names that would not read back. */
function memberPath(path: string, key: string): string {
  return /^[A-Za-z_$][\w$-]{0,99}$/.test(key) ? within(path, key) : `${path}[${JSON.stringify(key.slice(0, 100))}]`
}

function scalar(value: Exclude<JsonValue, { kind: 'object' | 'array' }>): FieldValue {
  switch (value.kind) {
    case 'string':
      return { kind: 'text', text: value.text.length > TEXT_SHOWN ? `${value.text.slice(0, TEXT_SHOWN)}…` : value.text }
    case 'number':
      return /^(?:0|[1-9]\d{0,38})$/.test(value.text)
        ? { kind: 'uint', value: value.text, width: 0 }
        : { kind: 'text', text: value.text }
    case 'bool':
      return { kind: 'bool', value: value.value }
    case 'null':
      return { kind: 'text', text: 'null' }
  }
}
