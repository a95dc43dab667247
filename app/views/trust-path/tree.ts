import type { Graph, GraphNode, Link } from './graph.ts'
import type { Order } from './layers.ts'

/** A node in the nested list, reached by one link; other links that act on it stand beside it. */
export interface Branch {
  readonly node: GraphNode
  readonly by: Link | null
  readonly also: readonly Link[]
  readonly children: readonly Branch[]
}

/** The graph as a nested list: every node once, every link once. The main line comes first under each node. */
export function treeOf(graph: Graph, order: Order): readonly Branch[] {
  const spine = new Set(order.spine)
  const parents = new Map<string, Link>()
  for (const link of order.structural) {
    const known = parents.get(link.to)
    const isMain = spine.has(link.from) && spine.has(link.to)
    if (!known || (isMain && !(spine.has(known.from) && spine.has(known.to)))) parents.set(link.to, link)
  }
  const branch = (node: GraphNode): Branch => {
    const by = parents.get(node.id) ?? null
    const own = graph.nodes.filter((one) => parents.get(one.id)?.from === node.id)
    const sorted = [...own.filter((one) => spine.has(one.id)), ...own.filter((one) => !spine.has(one.id))]
    return {
      node,
      by,
      also: graph.links.filter((link) => link.to === node.id && link !== by),
      children: sorted.map(branch),
    }
  }
  return graph.nodes.filter((node) => !parents.has(node.id)).map(branch)
}
