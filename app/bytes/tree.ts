import type { FieldNode } from '../../src/core/field.ts'
import type { ByteRange } from '../../src/core/place.ts'

/** One line of the tree as it is open now. */
export interface TreeRow {
  readonly node: FieldNode
  /** 1 for the outermost. */
  readonly level: number
  readonly hasChildren: boolean
  readonly isOpen: boolean
  readonly position: number
  readonly setSize: number
  /** Row of the enclosing field, -1 for none. */
  readonly parent: number
  /** Instead of a field: elements of an array that have not been asked for yet. */
  readonly more?: { readonly from: number; readonly to: number; readonly count: number }
  /** Instead of fields: neighbours that have no name and are zero; `node` is the first. */
  readonly zeros?: { readonly last: FieldNode; readonly count: number; readonly key: string }
}

/** Fewer neighbours than this are not worth folding. */
const LEAST_ZEROS = 4

/** A field that tells nobody anything: an element without a name whose value is zero. */
const isPlainZero = (node: FieldNode): boolean =>
  node.kind === 'leaf' &&
  node.value.kind === 'uint' &&
  node.value.value === '0' &&
  node.problems.length === 0 &&
  /^\[\d+\]$/.test(node.label)

/** How many plain zeros begin at `from`. */
function zeroRun(children: readonly FieldNode[], from: number): number {
  let to = from
  for (let node = children[to]; node && isPlainZero(node); node = children[to]) to++
  return to - from
}

/** Under which name a run of zeros is opened. */
const zerosKey = (first: FieldNode) => `${first.path}…`

/** The run of zeros that a field lies in, where it lies in one. */
export function zerosAround(node: FieldNode, parent: FieldNode | undefined, extra: Extra): string | undefined {
  const siblings = parent ? childrenOf(parent, extra) : []
  let first = siblings.indexOf(node)
  if (first < 0 || !isPlainZero(node)) return undefined
  for (let before = siblings[first - 1]; before && isPlainZero(before); before = siblings[first - 1]) first--
  const start = siblings[first]
  return start && zeroRun(siblings, first) >= LEAST_ZEROS ? zerosKey(start) : undefined
}

/** Elements of long arrays that were asked for later, by the array's path. */
export type Extra = ReadonlyMap<string, readonly FieldNode[]>

const MORE_AT_ONCE = 200

/** Children of a node, those asked for later included. */
export function childrenOf(node: FieldNode, extra: Extra): readonly FieldNode[] {
  const later = extra.get(node.path)
  return later ? [...node.children, ...later] : node.children
}

/** The lines of a tree, top to bottom. The root's own line is left out: the panel's head says what it is. */
export function rowsOf(root: FieldNode, open: ReadonlySet<string>, extra: Extra): TreeRow[] {
  const rows: TreeRow[] = []
  interface Step {
    readonly children: readonly FieldNode[]
    readonly of: FieldNode
    readonly level: number
    readonly parent: number
    next: number
  }
  const top = childrenOf(root, extra)
  const stack: Step[] = [{ children: top.length > 0 ? top : [root], of: root, level: 1, parent: -1, next: 0 }]
  for (let step = stack.at(-1); step; step = stack.at(-1)) {
    const node = step.children[step.next]
    if (!node) {
      const count = step.of.count ?? 0
      const shown = step.children.length
      if (step.of.kind === 'array' && count > shown)
        rows.push({
          node: step.of,
          level: step.level,
          hasChildren: false,
          isOpen: false,
          position: shown + 1,
          setSize: shown + 1,
          parent: step.parent,
          more: { from: shown, to: Math.min(count, shown + MORE_AT_ONCE), count },
        })
      stack.pop()
      continue
    }
    const isBegun = step.next > 0 && isPlainZero(step.children[step.next - 1] ?? node)
    const zeros = isBegun || !isPlainZero(node) ? 0 : zeroRun(step.children, step.next)
    const key = zerosKey(node)
    if (zeros >= LEAST_ZEROS && !open.has(key)) {
      rows.push({
        node,
        level: step.level,
        hasChildren: false,
        isOpen: false,
        position: step.next + 1,
        setSize: step.children.length,
        parent: step.parent,
        zeros: { last: step.children[step.next + zeros - 1] ?? node, count: zeros, key },
      })
      step.next += zeros
      continue
    }
    step.next += 1
    const children = node === root ? [] : childrenOf(node, extra)
    const hasChildren = children.length > 0 || (node.kind === 'array' && (node.count ?? 0) > 0)
    const isOpen = hasChildren && open.has(node.path)
    rows.push({
      node,
      level: step.level,
      hasChildren,
      isOpen,
      position: step.next,
      setSize: step.children.length,
      parent: step.parent,
    })
    if (isOpen) stack.push({ children, of: node, level: step.level + 1, parent: rows.length - 1, next: 0 })
  }
  return rows
}

/** What is open at first: structures, as long as the whole stays readable; switches stay folded. */
export function openAtFirst(root: FieldNode, most = 80): Set<string> {
  const open = new Set<string>()
  let rows = root.children.length
  const queue: FieldNode[] = [...root.children]
  for (let node = queue.shift(); node; node = queue.shift()) {
    if (
      node.kind === 'leaf' ||
      node.kind === 'bits' ||
      node.children.length === 0 ||
      rows + node.children.length > most
    )
      continue
    open.add(node.path)
    rows += node.children.length
    queue.push(...node.children)
  }
  return open
}

/** Finds fields by path and by byte. */
export interface TreeIndex {
  node(path: string): FieldNode | undefined
  parent(node: FieldNode): FieldNode | undefined
  /** The smallest field that holds a byte. */
  at(space: string, offset: number): FieldNode | undefined
  /** Spaces in which this tree has fields. */
  readonly spaces: readonly string[]
  readonly all: readonly FieldNode[]
}

interface Leaf {
  readonly start: number
  readonly end: number
  readonly node: FieldNode
}

/** Reads a tree once, so that a byte finds its field at any size. */
export function indexTree(root: FieldNode, extra: Extra): TreeIndex {
  const byPath = new Map<string, FieldNode>()
  const parents = new Map<FieldNode, FieldNode>()
  const leaves = new Map<string, Leaf[]>()
  const all: FieldNode[] = []
  const stack: FieldNode[] = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    all.push(node)
    if (!byPath.has(node.path)) byPath.set(node.path, node)
    const children = childrenOf(node, extra)
    const isLeaf =
      node.kind !== 'bit' &&
      !children.some(
        (child) =>
          child.kind !== 'bit' && child.ranges.some((range) => node.ranges.some((own) => own.space === range.space)),
      )
    if (isLeaf) {
      for (const range of node.ranges) {
        if (range.end <= range.start) continue
        const list = leaves.get(range.space)
        const leaf = { start: range.start, end: range.end, node }
        if (list) list.push(leaf)
        else leaves.set(range.space, [leaf])
      }
    }
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index]
      if (!child) continue
      parents.set(child, node)
      stack.push(child)
    }
  }
  for (const list of leaves.values()) list.sort((a, b) => a.start - b.start || b.end - a.end)
  return {
    node: (path) => byPath.get(path),
    parent: (node) => parents.get(node),
    at(space, offset) {
      const list = leaves.get(space)
      if (!list) return undefined
      let low = 0
      let high = list.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((list[middle]?.start ?? 0) <= offset) low = middle + 1
        else high = middle
      }
      // Leaves tile, but a derived space may be read twice: look back a little for the one that holds the byte.
      for (let index = low - 1; index >= Math.max(0, low - 8); index -= 1) {
        const leaf = list[index]
        if (leaf && leaf.end > offset) return leaf.node
      }
      return undefined
    },
    spaces: [...leaves.keys()],
    all,
  }
}

/** The three shades: what encloses the field, the head of that (a length or type right before it), the field itself. */
export interface Shades {
  readonly around: ByteRange | undefined
  readonly head: ByteRange | undefined
  readonly value: ByteRange | undefined
}

const HEAD = /(size|length|len|count|tag|type|header|head)$/i

/** Shades for a selected field. */
export function shadesOf(node: FieldNode, index: TreeIndex): Shades {
  const value = node.ranges[0]
  const field = node.kind === 'bit' ? index.parent(node) : node
  let parent = field && index.parent(field)
  // An enclosing field in other bytes (base64 around what it holds) shades nothing here.
  while (parent && parent.ranges[0]?.space !== value?.space) parent = index.parent(parent)
  const around = parent?.ranges[0]
  if (!field || !parent || !value) return { around, head: undefined, value }
  const own = field.children[0]
  const inside = own && field.kind === 'struct' && HEAD.test(own.label) ? own.ranges[0] : undefined
  const siblings = parent.children
  const before = siblings[siblings.indexOf(field) - 1]
  const beside = before && HEAD.test(before.label) ? before.ranges[0] : undefined
  const head = inside ?? beside
  return { around, head: head?.space === value.space ? head : undefined, value }
}
