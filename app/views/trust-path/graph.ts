import type { CheckResult, Cite, Outcome, Subject, TrustEdge, TrustNode } from '../../../src/core/verdict.ts'

/** What stands at a node that no scheme described: another piece of evidence, the reader's own value, or something that is not here. */
export type Ghost =
  | { readonly kind: 'yours' }
  | {
      readonly kind: 'evidence'
      readonly subject: number
      /** More than one: a group that one check ties, drawn as one box. */
      readonly count?: number
    }
  | { readonly kind: 'missing' }

/** A node of the drawing. */
export interface GraphNode {
  readonly id: string
  readonly node: TrustNode | null
  readonly ghost: Ghost | null
  /** Collateral acts on a node of the path; it is not a step of it. */
  readonly isCollateral: boolean
}

/** An arrow: `from` vouches for `to`. All checks that prove the same step are one arrow. */
export interface Link {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly by: TrustEdge['by']
  readonly outcome: Outcome
  readonly checks: readonly CheckResult[]
}

/** Everything that leads from a root to the reader's own bytes, for one piece of evidence. */
export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly links: readonly Link[]
}

/** Checks of the engine that compare a value of the reader's with bytes of the evidence. */
const VALUE_CHECKS = ['fresh.value-given', 'fresh.report-data-matches', 'fresh.nonce-matches']

const YOURS = 'yours'
/** Most other pieces of evidence that one check draws as boxes of their own. */
const MOST_BOXES = 3
/** Ids of links and of added nodes are made of parts; this stands between them. */
const SEPARATOR = '>'

export function linkId(from: string, to: string): string {
  return `${from}${SEPARATOR}${to}`
}

/** The graph of one subject, from its nodes and from what its checks prove. Knows no vendor. */
export function graphOf(
  subject: Subject,
  checks: readonly CheckResult[],
  subjects: readonly Subject[] = [subject],
): Graph {
  const own = checks.filter((check) => check.subject === subject.index)
  const nodes = new Map<string, GraphNode>(
    subject.nodes.map((node) => [
      node.id,
      {
        id: node.id,
        node,
        // A root that nothing reaches is in this page all the same.
        ghost: node.isAbsent && node.kind !== 'root' ? { kind: 'missing' } : null,
        isCollateral: node.kind === 'collateral',
      },
    ]),
  )
  const links = new Map<string, Link>()

  const add = (edge: TrustEdge, check: CheckResult) => {
    if (edge.from === edge.to) return
    for (const id of [edge.from, edge.to]) if (!nodes.has(id)) nodes.set(id, stranger(id, subject, subjects))
    const id = linkId(edge.from, edge.to)
    const known = links.get(id)
    const outcome = edge.outcome ?? check.outcome
    if (known)
      links.set(id, {
        ...known,
        by: stronger(known.by, edge.by),
        outcome: worse(known.outcome, outcome),
        checks: [...known.checks, check],
      })
    else links.set(id, { id, from: edge.from, to: edge.to, by: edge.by, outcome, checks: [check] })
  }

  for (const check of own) for (const edge of check.proves ?? []) add(edge, check)

  // What nothing proved stands under the check that would.
  for (const step of subject.steps ?? []) {
    if (links.has(linkId(step.from, step.to)) || !nodes.has(step.from) || !nodes.has(step.to)) continue
    const check = own.find((one) => one.id === step.check)
    const isOpen = check !== undefined && ['not-checked', 'unsupported', 'error'].includes(check.outcome)
    if (isOpen) add(step, check)
  }

  for (const check of own) {
    if (!VALUE_CHECKS.includes(check.id) || check.outcome === 'not-applicable') continue
    const at = nodeCitedBy(check.cites, [...nodes.values()]) ?? lastData([...nodes.values()])
    if (!at) continue
    if (!nodes.has(YOURS)) nodes.set(YOURS, { id: YOURS, node: null, ghost: { kind: 'yours' }, isCollateral: false })
    add({ from: at.id, to: YOURS, by: 'equality' }, check)
  }

  for (const check of own) {
    const others = (check.binds ?? []).flatMap(
      (artifact) => subjects.find((candidate) => candidate.artifact === artifact && candidate !== subject) ?? [],
    )
    const at =
      nodeCitedBy(check.cites, [...nodes.values()]) ??
      [...nodes.values()].findLast((one) => one.node?.kind === 'content')
    if (!at) continue
    // Twelve boxes for twelve devices would hide the path: many that one check ties are one box, and the panel of devices lists them.
    const boxes = others.length > MOST_BOXES ? others.slice(0, 1) : others
    for (const other of boxes) {
      const isGroup = boxes.length < others.length
      const id = isGroup ? `${check.id}${SEPARATOR}${other.index}` : `subject${SEPARATOR}${other.index}`
      nodes.set(id, {
        id,
        node: null,
        ghost: { kind: 'evidence', subject: other.index, ...(isGroup ? { count: others.length } : {}) },
        isCollateral: false,
      })
      add({ from: at.id, to: id, by: 'equality' }, check)
    }
  }
  const all = [...links.values()]
  // What is missing and would only have acted on others (a revocation list) stands beside the path, not in it.
  const isActing = (node: GraphNode) =>
    node.ghost?.kind === 'missing' &&
    all.some((link) => link.from === node.id && (link.by === 'reference' || link.by === 'equality'))
  const isUnasked = (node: GraphNode) =>
    node.node?.isAbsent === true && !all.some((link) => link.from === node.id || link.to === node.id)
  return {
    nodes: [...nodes.values()]
      .filter((node) => !isUnasked(node))
      .map((node) => (isActing(node) ? { ...node, isCollateral: true } : node)),
    links: all,
  }
}

function stranger(id: string, subject: Subject, subjects: readonly Subject[]): GraphNode {
  for (const other of subjects) {
    if (other === subject) continue
    const node = other.nodes.find((candidate) => candidate.id === id)
    if (node)
      return { id, node, ghost: { kind: 'evidence', subject: other.index }, isCollateral: node.kind === 'collateral' }
  }
  return { id, node: null, ghost: { kind: 'missing' }, isCollateral: false }
}

/** The node whose bytes a check looks at: the smallest one that holds a cited range. */
function nodeCitedBy(cites: readonly Cite[], nodes: readonly GraphNode[]): GraphNode | undefined {
  let best: { readonly node: GraphNode; readonly size: number } | undefined
  for (const one of nodes) {
    const cite = one.node?.cite
    if (!cite) continue
    for (const range of cite.ranges) {
      const isHit = cites.some(
        (other) =>
          other.artifact === cite.artifact &&
          other.ranges.some(
            (asked) => asked.space === range.space && asked.start >= range.start && asked.end <= range.end,
          ),
      )
      const size = range.end - range.start
      if (isHit && (!best || size < best.size)) best = { node: one, size }
    }
  }
  return best?.node
}

function lastData(nodes: readonly GraphNode[]): GraphNode | undefined {
  return nodes.findLast((one) => one.node?.kind === 'data')
}

const BY: readonly TrustEdge['by'][] = ['signature', 'hash', 'equality', 'reference']
const stronger = (a: TrustEdge['by'], b: TrustEdge['by']): TrustEdge['by'] => (BY.indexOf(a) <= BY.indexOf(b) ? a : b)

const WORST: readonly Outcome[] = ['fail', 'error', 'unsupported', 'not-checked', 'warn', 'pass', 'not-applicable']

/** Of two outcomes the one that the reader must know first. */
export function worse(a: Outcome, b: Outcome): Outcome {
  return WORST.indexOf(a) <= WORST.indexOf(b) ? a : b
}

/** How many arrows came out how. */
export function tally(graph: Graph): Readonly<Record<'holds' | 'warns' | 'fails' | 'open', number>> {
  const counts = { holds: 0, warns: 0, fails: 0, open: 0 }
  for (const link of graph.links) {
    if (link.outcome === 'pass') counts.holds++
    else if (link.outcome === 'warn') counts.warns++
    else if (link.outcome === 'fail') counts.fails++
    else if (link.outcome !== 'not-applicable') counts.open++
  }
  return counts
}
