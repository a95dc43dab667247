import type { FieldNode } from '../../../src/core/field.ts'
import type { CollateralRow } from '../../../src/engine/api.ts'
import { shortValue, type ReadBytes } from '../../bytes/value.ts'

/** Editions of one thing that lie side by side: the one in use first, then from the newest to the oldest. */
export interface Editions {
  readonly kind: CollateralRow['kind']
  readonly key: string
  readonly rows: readonly CollateralRow[]
}

/** A field that is not the same in all editions; '' where an edition has none. */
export interface DifferingField {
  readonly path: string
  readonly values: readonly string[]
}

/** Things of which more than one authentic edition is here. What was rejected or is for something else is no edition. */
export function editionsOf(collateral: readonly CollateralRow[]): readonly Editions[] {
  const groups = new Map<string, CollateralRow[]>()
  for (const row of collateral) {
    if (row.use === 'rejected' || row.use === 'not-for-this' || row.kind === 'certificate') continue
    const id = `${row.kind} ${row.key}`
    const group = groups.get(id) ?? []
    if (!group.some(({ sha256 }) => sha256 === row.sha256)) group.push(row)
    groups.set(id, group)
  }
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows
    if (!first || rows.length < 2) return []
    const sorted = rows.toSorted((a, b) => rank(a) - rank(b) || (b.from ?? '').localeCompare(a.from ?? ''))
    return [{ kind: first.kind, key: first.key, rows: sorted }]
  })
}

const rank = ({ use }: CollateralRow) => (use === 'used' ? 0 : 1)

/** Fields whose values part, the outermost first, as each edition prints them. Long arrays count as their length. */
export function differences(
  trees: readonly { readonly tree: FieldNode; readonly read: ReadBytes }[],
): readonly DifferingField[] {
  const whole = trees.map(({ tree, read }) => valuesOf(tree, read))
  const lists = aligned(whole)
  const paths = new Set(lists.flatMap((list) => [...list.keys()]))
  return [...paths]
    .map((path) => ({ path, values: lists.map((list) => list.get(path) ?? '') }))
    .filter(({ values }) => new Set(values).size > 1)
    .toSorted((a, b) => depth(a.path) - depth(b.path))
}

const depth = (path: string) => path.split(/[.[]/).length

type Values = ReadonlyMap<string, string>

/** One edition may stand alone in its file and another inside a wrapper (`tcbInfo.issueDate` is `issueDate`): the reading in which most paths are shared. */
function aligned([first, ...others]: readonly Values[]): readonly Values[] {
  if (!first) return []
  const readings = [first, ...unwrapped(first)].map((base) => {
    const shared = (list: Values) => [...list.keys()].filter((path) => base.has(path)).length
    const rest = others.map((list) => [list, ...unwrapped(list)].toSorted((a, b) => shared(b) - shared(a))[0] ?? list)
    return { lists: [base, ...rest], shared: rest.reduce((sum, list) => sum + shared(list), 0) }
  })
  return readings.toSorted((a, b) => b.shared - a.shared)[0]?.lists ?? []
}

/** The list below each of its outermost members. */
function unwrapped(list: Values): readonly Values[] {
  const members = new Set([...list.keys()].flatMap((path) => (path.includes('.') ? [path.split('.')[0] ?? ''] : [])))
  return [...members].map(
    (member) =>
      new Map(
        [...list].flatMap(([path, value]) =>
          path.startsWith(`${member}.`) ? [[path.slice(member.length + 1), value] as const] : [],
        ),
      ),
  )
}

/** What each field says, by its path. Lengths of DER elements follow from their content and are left out. */
function valuesOf(tree: FieldNode, read: ReadBytes): Values {
  const values = new Map<string, string>()
  const walk = (node: FieldNode): void => {
    const value = shortValue(node, read)
    const isOwn =
      node.kind !== 'gap' &&
      !node.path.endsWith('.header') &&
      (node.children.length === 0 || node.kind === 'array' || node.kind === 'bits')
    if (isOwn && value !== '') values.set(node.path, node.symbol === undefined ? value : `${value} ${node.symbol}`)
    if (node.kind !== 'bits') for (const child of node.children) walk(child)
  }
  walk(tree)
  return values
}
