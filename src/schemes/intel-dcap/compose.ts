import type { FieldNode, Problem } from '../../core/field.ts'
import { rangeOf, type ByteRange, type Slice } from '../../core/place.ts'
import { say, type Saying, type TextId } from '../../core/saying.ts'
import { gapNode, hexOffset, type Layout } from '../../bytes/layout.ts'

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
  block<T>(
    name: string,
    claimed: number,
    label: string,
    build: (inner: Slice, path: string) => { readonly node: FieldNode; readonly value: T },
  ): T | undefined
  /** Puts a problem on the part that was read last. */
  note(problem: Problem): void
  /** What is left. */
  remaining(): Slice
  /** Nothing more can be read in order: a part was cut off. */
  isShort(): boolean
  /** The node; whatever is left becomes a gap. */
  finish(label: string, leftover?: (rest: Slice, path: string) => FieldNode): FieldNode
}

/** Starts composing at the start of a slice. `id` names the parts in texts: `field.<id>.<name>`. `onLie` hears of each claim that reaches too far, outer ones first. */
export function compose(
  id: string,
  slice: Slice,
  path: string,
  onLie: (because: Saying, range: ByteRange) => void,
): Composer {
  const children: FieldNode[] = []
  let at = slice.start
  let short = false
  const pathOf = (name: string) => (path === '' ? name : `${path}.${name}`)
  const remaining = (): Slice => ({ ...slice, start: at })
  return {
    remaining,
    isShort: () => short,
    take(name, layout, label = name, extra = {}) {
      if (short) return undefined
      const reading = layout.read(remaining(), pathOf(name), label)
      children.push({
        ...reading.node,
        doc: extra.doc ?? reading.node.doc ?? `field.${id}.${name}`,
        problems: [...reading.node.problems, ...(extra.problems ?? [])],
      })
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
      const { node, value } = build(own, pathOf(name))
      children.push({
        ...node,
        path: pathOf(name),
        label,
        doc: node.doc ?? `field.${id}.${name}`,
        problems: [...lies, ...node.problems],
      })
      at = own.end
      return value
    },
    note(problem) {
      const last = children.pop()
      if (last) children.push({ ...last, problems: [...last.problems, problem] })
    },
    finish(label, leftover = (rest, restPath) => gapNode(restPath, 'trailing', rest, [], 'field.trailing')) {
      const rest = remaining()
      if (rest.start < rest.end) children.push(leftover(rest, pathOf('trailing')))
      return { path, label, kind: 'struct', ranges: [rangeOf(slice)], value: { kind: 'none' }, children, problems: [] }
    },
  }
}

/** Every problem in a tree, in order. */
export function problemsIn(root: FieldNode): Problem[] {
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
