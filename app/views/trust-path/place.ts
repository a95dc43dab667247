import type { Graph, GraphNode } from './graph.ts'
import { orderOf, type Order } from './layers.ts'

/** A node's cell in the grid of the drawing. The main line is row 0; rows above it are negative. */
export interface Cell {
  readonly col: number
  readonly row: number
}

export interface Placement {
  readonly cells: ReadonlyMap<string, Cell>
  readonly order: Order
  readonly cols: number
  readonly firstRow: number
  readonly lastRow: number
}

/**
 * Puts every node into a cell. The main line takes row 0. Collateral that a node of the main line signs stands above what it acts on;
 * everything with signers of its own stands below, one chain on one row.
 */
export function placementOf(graph: Graph): Placement {
  const order = orderOf(graph)
  const cells = new Map<string, Cell>()
  const taken = new Set<string>()
  const key = (col: number, row: number) => `${col},${row}`
  const put = (id: string, col: number, row: number) => {
    cells.set(id, { col, row })
    taken.add(key(col, row))
  }
  order.spine.forEach((id, index) => put(id, index, 0))

  const signersOf = (id: string) => order.structural.filter((link) => link.to === id).map((link) => link.from)
  const targetsOf = (node: GraphNode) => graph.links.filter((link) => link.from === node.id).map((link) => link.to)
  const isOnSpine = (id: string) => cells.get(id)?.row === 0
  const least = new Map<string, number>()
  const leastCol = (id: string): number => {
    const cell = cells.get(id)
    if (cell) return cell.col
    const known = least.get(id)
    if (known !== undefined) return known
    const signers = signersOf(id)
    const col = signers.length === 0 ? 0 : Math.max(...signers.map((signer) => leastCol(signer) + 1))
    least.set(id, col)
    return col
  }

  const rest = graph.nodes
    .filter((node) => !cells.has(node.id))
    .sort((a, b) => (order.layer.get(a.id) ?? 0) - (order.layer.get(b.id) ?? 0))
  for (const node of rest) {
    const signers = signersOf(node.id)
    const isAbove = node.isCollateral && signers.every(isOnSpine)
    const step = isAbove ? -1 : 1
    const from = node.ghost?.kind === 'yours' ? Math.max(0, leastCol(node.id) - 1) : leastCol(node.id)
    const wanted = targetsOf(node)
      .flatMap((id) => {
        const cell = cells.get(id)
        return cell && cell.col >= from ? [cell.col] : []
      })
      .sort((a, b) => a - b)
    const columns = [
      ...new Set(
        node.isCollateral
          ? [...wanted, from, from + 1]
          : [...(wanted.some((col) => col > from) ? wanted : []), from, from + 1],
      ),
    ]
    const signerRows = signers.flatMap((id) => {
      const cell = cells.get(id)
      return cell && cell.row !== 0 && Math.sign(cell.row) === step ? [cell.row] : []
    })
    const rows = [...signerRows, ...Array.from({ length: graph.nodes.length + 1 }, (_, index) => (index + 1) * step)]
    const spot = firstFree(rows, columns, (col, row) => !taken.has(key(col, row)))
    put(node.id, spot.col, spot.row)
  }
  const all = [...cells.values()]
  return {
    cells,
    order,
    cols: Math.max(1, ...all.map((cell) => cell.col + 1)),
    firstRow: Math.min(0, ...all.map((cell) => cell.row)),
    lastRow: Math.max(0, ...all.map((cell) => cell.row)),
  }
}

function firstFree(
  rows: readonly number[],
  columns: readonly number[],
  isFree: (col: number, row: number) => boolean,
): Cell {
  for (const row of rows) for (const col of columns) if (isFree(col, row)) return { col, row }
  return { col: columns[0] ?? 0, row: (rows.at(-1) ?? 0) + 1 }
}
