import type { Graph, GraphNode, Link } from './graph.ts'

/** Word beside an arrow. */
export type ByWord = 'by.signature' | 'by.hash' | 'by.equality' | 'by.contains' | 'by.acts'

/** What an arrow says: a reference from collateral acts on its target, from anything else it contains it. */
export function byWord(graph: Graph, link: Link): ByWord {
  if (link.by !== 'reference') return `by.${link.by}`
  return graph.nodes.find((node) => node.id === link.from)?.isCollateral === true ? 'by.acts' : 'by.contains'
}

/** The same arrow said from where it points to. */
export function backWord(graph: Graph, link: Link): `back.${'signature' | 'hash' | 'equality' | 'contains' | 'acts'}` {
  switch (byWord(graph, link)) {
    case 'by.signature':
      return 'back.signature'
    case 'by.hash':
      return 'back.hash'
    case 'by.equality':
      return 'back.equality'
    case 'by.contains':
      return 'back.contains'
    case 'by.acts':
      return 'back.acts'
  }
}

export type KindWord =
  | 'kind.root'
  | 'kind.certificate'
  | 'kind.key'
  | 'kind.enclave'
  | 'kind.module'
  | 'kind.content'
  | 'kind.data'
  | 'kind.collateral'
  | 'kind.yours'
  | 'kind.yoursGiven'
  | 'kind.evidence'
  | 'kind.missing'

/** The small word at the top of a box. */
export function kindWord(graph: Graph, node: GraphNode): KindWord {
  if (node.ghost?.kind === 'yours')
    return graph.links.some(
      (link) => link.to === node.id && link.checks.some((check) => check.id !== 'fresh.value-given'),
    )
      ? 'kind.yoursGiven'
      : 'kind.yours'
  if (node.ghost) return `kind.${node.ghost.kind}`
  return node.node ? `kind.${node.node.kind}` : 'kind.missing'
}
