import type { AppraisalView } from '../../src/engine/api.ts'

/** For every piece of evidence (by its index) a number that it shares with everything that passing checks tie it to. */
export function tiesOf({ subjects, checks }: Pick<AppraisalView, 'subjects' | 'checks'>): ReadonlyMap<number, number> {
  const group = new Map(subjects.map(({ index }) => [index, index]))
  const join = (a: number, b: number) => {
    const from = group.get(b)
    const to = group.get(a)
    if (from === undefined || to === undefined || from === to) return
    for (const [index, own] of group) if (own === from) group.set(index, to)
  }
  for (const check of checks) {
    if (check.outcome !== 'pass') continue
    for (const artifact of check.binds ?? []) {
      const other = subjects.find((one) => one.artifact === artifact)
      if (other) join(check.subject, other.index)
    }
  }
  return group
}
