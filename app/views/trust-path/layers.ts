import type { Graph, GraphNode, Link } from './graph.ts'

/** Which links build the path (a signature, a hash, what content carries) and which only act on it (a revocation list on a certificate). */
export interface Order {
  /** Links along which the layers grow. */
  readonly structural: readonly Link[]
  /** Column of every node. */
  readonly layer: ReadonlyMap<string, number>
  /** The main line: from a root to the bytes that the program chose. */
  readonly spine: readonly string[]
}

/** Longest-path layering and the main line. Cycles in hostile input end nothing: a link that would close one is left out of the layering. */
export function orderOf(graph: Graph): Order {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  // What collateral signs or hashes hangs on it; what it only speaks about does not.
  const acts = (link: Link) =>
    (link.by === 'reference' || link.by === 'equality') &&
    byId.get(link.from)?.isCollateral === true &&
    byId.get(link.to)?.isCollateral === false
  const structural = withoutCycles(
    graph.nodes,
    graph.links.filter((link) => !acts(link)),
  )
  const sequence = topological(graph.nodes, structural)
  const layer = new Map<string, number>(graph.nodes.map((node) => [node.id, 0]))
  for (const id of sequence)
    for (const link of structural)
      if (link.from === id) layer.set(link.to, Math.max(layer.get(link.to) ?? 0, (layer.get(id) ?? 0) + 1))
  return { structural, layer, spine: spineOf(byId, structural, sequence) }
}

function withoutCycles(nodes: readonly GraphNode[], links: readonly Link[]): readonly Link[] {
  const kept: Link[] = []
  const next = new Map<string, string[]>(nodes.map((node) => [node.id, []]))
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set<string>()
    const stack = [from]
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (id === to) return true
      if (seen.has(id)) continue
      seen.add(id)
      stack.push(...(next.get(id) ?? []))
    }
    return false
  }
  for (const link of links) {
    if (reaches(link.to, link.from)) continue
    next.get(link.from)?.push(link.to)
    kept.push(link)
  }
  return kept
}

function topological(nodes: readonly GraphNode[], links: readonly Link[]): readonly string[] {
  const waiting = new Map<string, number>(nodes.map((node) => [node.id, 0]))
  for (const link of links) waiting.set(link.to, (waiting.get(link.to) ?? 0) + 1)
  const ready = nodes.filter((node) => waiting.get(node.id) === 0).map((node) => node.id)
  const order: string[] = []
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    order.push(id)
    for (const link of links) {
      if (link.from !== id) continue
      const left = (waiting.get(link.to) ?? 0) - 1
      waiting.set(link.to, left)
      if (left === 0) ready.push(link.to)
    }
  }
  return order
}

/** The path that starts at a root if it can, ends at data if it can, and is the longest of those. Collateral and the reader's own value stand beside it. */
function spineOf(
  byId: ReadonlyMap<string, GraphNode>,
  links: readonly Link[],
  sequence: readonly string[],
): readonly string[] {
  const best = new Map<string, { readonly score: number; readonly path: readonly string[] }>()
  for (const id of sequence) {
    const node = byId.get(id)
    if (!node || node.isCollateral || node.ghost?.kind === 'yours') continue
    let found = { score: node.node?.kind === 'root' ? 1000 : 1, path: [id] as readonly string[] }
    for (const link of links) {
      const before = link.to === id ? best.get(link.from) : undefined
      if (before && before.score + 1 > found.score) found = { score: before.score + 1, path: [...before.path, id] }
    }
    best.set(id, found)
  }
  let chosen: { readonly score: number; readonly path: readonly string[] } = { score: -1, path: [] }
  for (const [id, one] of best) {
    const node = byId.get(id)
    const score = one.score + (node?.node?.kind === 'data' && node.ghost === null ? 2000 : 0)
    if (score > chosen.score) chosen = { score, path: one.path }
  }
  return chosen.path
}
