import type { FieldNode } from '../core/field.ts'
import type { ByteRange } from '../core/place.ts'

/** A tree as text, one node a line: range, path, value, problems. Golden dumps are read in review. */
export function dump(tree: FieldNode): string {
  const lines: string[] = []
  const stack: { readonly node: FieldNode; readonly depth: number }[] = [{ node: tree, depth: 0 }]
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { node, depth } = top
    lines.push(
      `${'  '.repeat(depth)}${node.ranges.map(place).join('+')} ${node.label} [${node.kind}]${valueOf(node)}${node.symbol === undefined ? '' : ` = ${node.symbol}`}${node.count === undefined ? '' : ` ×${node.count}`}${node.problems.map((problem) => ` !${problem.because.text}`).join('')}`,
    )
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i]
      if (child) stack.push({ node: child, depth: depth + 1 })
    }
  }
  return `${lines.join('\n')}\n`
}

function place(range: ByteRange): string {
  return `${range.space === '' ? '' : `${range.space}:`}${range.start.toString(16).padStart(4, '0')}-${range.end.toString(16).padStart(4, '0')}`
}

function valueOf(node: FieldNode): string {
  const value = node.value
  switch (value.kind) {
    case 'none':
      return ''
    case 'uint':
      return ` ${value.value}`
    case 'bytes':
      return ` ${value.length} B`
    case 'text':
      return ` ${JSON.stringify(value.text.slice(0, 80))}`
    case 'time':
      return ` ${value.iso}`
    case 'bool':
      return ` ${value.value ? 1 : 0}`
    case 'oid':
      return ` ${value.oid}`
  }
}
