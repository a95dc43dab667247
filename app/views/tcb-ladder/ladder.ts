import type { Ladder } from '../../../src/core/verdict.ts'

/** One printed column: a column of the ladder, or a run of columns in which everything is zero. */
export interface PrintedColumn {
  readonly from: number
  /** Inclusive. */
  readonly to: number
  readonly label: string
  readonly note: string
  readonly isCompared: boolean
  readonly isZeroRun: boolean
}

/** Columns under one heading. */
export interface PrintedGroup {
  readonly id: string
  readonly columns: readonly PrintedColumn[]
}

/** How a requirement of a level stands to the platform's own number. */
export type Fit = 'met' | 'short' | 'first-short' | 'not-compared'

/** Columns as they are printed: numbered ones under one heading, long runs of zeros drawn together. */
export function groupsOf(ladder: Ladder): readonly PrintedGroup[] {
  const groups: { id: string; columns: PrintedColumn[] }[] = []
  for (let at = 0; at < ladder.columns.length; at++) {
    const column = ladder.columns[at]
    if (!column) continue
    let end = at
    if (isZero(ladder, at))
      while (
        ladder.columns[end + 1] &&
        isZero(ladder, end + 1) &&
        familyOf(ladder.columns[end + 1]?.id ?? '') === familyOf(column.id) &&
        ladder.columns[end + 1]?.compared === column.compared
      )
        end++
    const isRun = end - at >= 2
    const to = isRun ? end : at
    const id = familyOf(column.id)
    const label = within(id, column.label)
    const lastLabel = within(id, ladder.columns[to]?.label ?? '')
    const printed: PrintedColumn = {
      from: at,
      to,
      label: isRun ? `${label}–${lastLabel}` : label,
      note: isRun ? '' : (column.note ?? ''),
      isCompared: column.compared,
      isZeroRun: isRun,
    }
    const last = groups.at(-1)
    if (last && last.id === id) last.columns.push(printed)
    else groups.push({ id, columns: [printed] })
    at = to
  }
  return groups
}

/** `sgx` of `sgx01` and `sgx.1`: columns that are numbered belong together. */
function familyOf(id: string): string {
  return /^([A-Za-z]+)[.-]?\d+$/.exec(id)?.[1]?.toLowerCase() ?? ''
}

/** `1` of `SGX 1` under the heading SGX. */
function within(family: string, label: string): string {
  return family !== '' && label.toLowerCase().startsWith(`${family} `) ? label.slice(family.length + 1) : label
}

function isZero(ladder: Ladder, at: number): boolean {
  const note = ladder.columns[at]?.note
  return (
    (note === undefined || note === '') && ladder.platform[at] === 0 && ladder.rows.every((row) => row.needs[at] === 0)
  )
}

/** How cell `at` of a level stands to the platform. */
export function fitOf(ladder: Ladder, row: number, at: number): Fit {
  const level = ladder.rows[row]
  if (ladder.columns[at]?.compared !== true) return 'not-compared'
  const mine = ladder.platform[at]
  const needs = level?.needs[at]
  if (level?.shortAt === at) return 'first-short'
  // A negative number stands for one that the level should name and does not: nothing meets it.
  return mine === undefined || needs === undefined || (needs >= 0 && needs <= mine) ? 'met' : 'short'
}

/** Where a level stands: above the platform, the one that applies, below it. */
export function standing(ladder: Ladder, row: number): 'above' | 'here' | 'below' {
  if (ladder.match === null || row < ladder.match) return 'above'
  return row === ladder.match ? 'here' : 'below'
}

/** A part to update and to what. */
export interface Update {
  readonly column: number
  readonly from: number
  readonly to: number
}

/** What is missing for the highest level; nothing when the platform is at it, or at another of the same status. */
export function updatesOf(ladder: Ladder): readonly Update[] {
  const target = ladder.rows[0]
  const here = ladder.match === null ? undefined : ladder.rows[ladder.match]
  if (!target || ladder.match === 0 || here?.status === target.status) return []
  return ladder.columns.flatMap((column, index) => {
    const from = ladder.platform[index]
    const to = target.needs[index]
    return column.compared && from !== undefined && to !== undefined && to > from ? [{ column: index, from, to }] : []
  })
}

/** Bulletins that are open at the level that applies. */
export function advisoriesOf(ladder: Ladder): readonly string[] {
  return ladder.match === null ? [] : (ladder.rows[ladder.match]?.advisories ?? [])
}

/** The mark of a whole ladder. */
export function markOfLadder(ladder: Ladder): ReturnType<typeof markOfStatus> {
  return ladder.match === null ? 'fails' : markOfStatus(ladder.rows[ladder.match]?.status)
}

/** How a status word is marked. The vendor's own word is always printed beside it. */
export function markOfStatus(status: string | undefined): 'holds' | 'warns' | 'fails' | 'not-checked' {
  if (status === undefined) return 'fails'
  if (/^up ?to ?date$/i.test(status)) return 'holds'
  if (/revoked|not.?supported/i.test(status)) return 'fails'
  return /out.?of.?date|needed|advised|hardening|configuration/i.test(status) ? 'warns' : 'not-checked'
}

/** Ladders of one kind from several sources: the one that decided first, the others beside it. */
export function familiesOf(ladders: readonly Ladder[]): readonly (readonly Ladder[])[] {
  const families = new Map<string, Ladder[]>()
  for (const ladder of ladders) {
    const key = `${ladder.title.text} ${ladder.columns.map((column) => column.id).join(' ')}`
    families.set(key, [...(families.get(key) ?? []), ladder])
  }
  const rank = (ladder: Ladder) => (ladder.source === null || ladder.source.use === 'used' ? 0 : 1)
  return [...families.values()].map((family) =>
    [...family].sort((a, b) => rank(a) - rank(b) || (b.evaluationNumber ?? 0) - (a.evaluationNumber ?? 0)),
  )
}

/** Whether a ladder has few enough columns to stand as a small table. */
export function isSmall(ladder: Ladder): boolean {
  return ladder.columns.length <= 2
}
