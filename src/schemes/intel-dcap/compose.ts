import type { FieldNode, Problem } from '../../core/field.ts'
import { rangeOf, type ByteRange, type Slice } from '../../core/place.ts'
import { say, type Saying, type TextId } from '../../core/saying.ts'
import { later } from '../../bytes/later.ts'
import { gapNode, hexOffset, type Layout } from '../../bytes/layout.ts'

/** A part with its node, which nobody makes before somebody looks. */
export interface Built<T> {
  readonly node: () => FieldNode
  /** Every problem in the node, in order. Left out: the node is made to find them. */
  readonly problems?: () => readonly Problem[]
  readonly value: T
}

/** Reads layouts one after another where a length can lie: keeps every part that was whole, and builds a tree whose leaves tile the slice. */
export interface Composer {
  /** Reads the next part; undefined once the bytes ran out. */
  take<T>(
    name: string,
    layout: Layout<T>,
    label?: string,
    extra?: { readonly doc?: TextId; readonly problems?: readonly Problem[] },
  ): T | undefined
  /** Gives the next `claimed` bytes (or what is there of them) to `build`, and says so when the claim reaches too far. */
  block<T>(name: string, claimed: number, label: string, build: (inner: Slice, path: string) => Built<T>): T | undefined
  /** Puts a problem on the part that was read last. */
  note(problem: Problem): void
  /** What is left. */
  remaining(): Slice
  /** Nothing more can be read in order: a part was cut off. */
  isShort(): boolean
  /** The node; whatever is left becomes a gap. */
  finish(label: string, leftover?: (rest: Slice, path: string) => FieldNode): Composed
}

/** The whole of what was composed. */
export interface Composed {
  readonly tree: () => FieldNode
  /** Every problem in the tree, in order. Parts of which the layouts know that there is nothing to say are not made for it. */
  readonly problems: () => readonly Problem[]
}

interface Child {
  readonly node: () => FieldNode
  readonly problems: () => readonly Problem[]
}

const NONE = (): readonly Problem[] => []

/** Starts composing at the start of a slice. `id` names the parts in texts: `field.<id>.<name>`. `onLie` hears of each claim that reaches too far, outer ones first. */
export function compose(
  id: string,
  slice: Slice,
  path: string,
  onLie: (because: Saying, range: ByteRange) => void,
): Composer {
  const children: Child[] = []
  let at = slice.start
  let short = false
  const pathOf = (name: string) => (path === '' ? name : `${path}.${name}`)
  const remaining = (): Slice => ({ space: slice.space, bytes: slice.bytes, start: at, end: slice.end })
  const add = (node: () => FieldNode, problems: (() => readonly Problem[]) | undefined) => {
    const made = later(node)
    children.push({ node: made, problems: problems ?? later(() => problemsIn(made())) })
  }
  return {
    remaining,
    isShort: () => short,
    take(name, layout, label = name, extra = {}) {
      if (short) return undefined
      const reading = layout.read(remaining(), pathOf(name), label)
      add(
        () => ({
          ...reading.node,
          doc: extra.doc ?? reading.node.doc ?? `field.${id}.${name}`,
          problems: [...reading.node.problems, ...(extra.problems ?? [])],
        }),
        reading.isFaultless && !extra.problems ? NONE : undefined,
      )
      at = reading.end
      if (reading.value === undefined) short = true
      return reading.value
    },
    block(name, claimed, label, build) {
      if (short) return undefined
      const available = slice.end - at
      const own: Slice = { ...slice, start: at, end: at + Math.min(claimed, available) }
      const lies: Problem[] = []
      if (claimed > available) {
        const because = say('quote.length', { field: label, claimed, available, at: hexOffset(at) })
        onLie(because, rangeOf(own))
        lies.push({ because, range: rangeOf(own) })
      }
      const { node, problems, value } = build(own, pathOf(name))
      add(
        () => {
          const made = node()
          return {
            ...made,
            path: pathOf(name),
            label,
            doc: made.doc ?? `field.${id}.${name}`,
            problems: [...lies, ...made.problems],
          }
        },
        problems && (() => [...lies, ...problems()]),
      )
      at = own.end
      return value
    },
    note(problem) {
      const last = children.pop()
      if (!last) return
      const { node } = last
      add(() => ({ ...node(), problems: [...node().problems, problem] }), undefined)
    },
    finish(label, leftover = (rest, restPath) => gapNode(restPath, 'trailing', rest, [], 'field.trailing')) {
      const rest = remaining()
      if (rest.start < rest.end) add(() => leftover(rest, pathOf('trailing')), undefined)
      return {
        tree: later(() => ({
          path,
          label,
          kind: 'struct',
          ranges: [rangeOf(slice)],
          value: { kind: 'none' },
          children: children.map((child) => child.node()),
          problems: [],
        })),
        problems: later(() => children.flatMap((child) => child.problems())),
      }
    },
  }
}

/** Every problem in a tree, in order. */
function problemsIn(root: FieldNode): Problem[] {
  const found: Problem[] = []
  const stack = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    found.push(...node.problems)
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i]
      if (child) stack.push(child)
    }
  }
  return found
}
