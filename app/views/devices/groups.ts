import type { CheckResult, Headline, Subject } from '../../../src/core/verdict.ts'

/** Devices of one make: what a reader wants to see as one row until something differs. */
export interface DeviceGroup {
  readonly id: string
  readonly format: string
  /** As the evidence names the make: `HOPPER`, `LS10`; '' where it does not. */
  readonly make: string
  readonly subjects: readonly Subject[]
  /** Undefined where they differ. */
  readonly headline: Headline | undefined
}

/** Groups subjects by format and make, in the order in which they first occur. */
export function groupsOf(subjects: readonly Subject[]): DeviceGroup[] {
  const groups = new Map<string, Subject[]>()
  for (const subject of subjects) {
    const id = `${subject.format} ${subject.versions?.['arch'] ?? ''}`
    groups.set(id, [...(groups.get(id) ?? []), subject])
  }
  return [...groups].map(([id, members]) => {
    const [first] = members
    return {
      id,
      format: first?.format ?? '',
      make: first?.versions?.['arch'] ?? '',
      subjects: members,
      headline: members.every((one) => one.headline === first?.headline) ? first?.headline : undefined,
    }
  })
}

/** One tie between pieces of evidence, as a row. Equal ties of many devices are one row. */
export interface Tie {
  readonly id: string
  readonly strength: 'key' | 'evidence' | 'register' | 'nonce'
  readonly subjects: readonly number[]
  readonly checks: readonly CheckResult[]
}

/** Ties that hold, one row for each check and strength: eight GPUs that name the same four switches are one statement. */
export function tiesOf(subjects: readonly Subject[], checks: readonly CheckResult[]): Tie[] {
  const indexOf = new Map(subjects.map((subject) => [subject.artifact, subject.index]))
  const rows = new Map<
    string,
    { readonly strength: Tie['strength']; readonly subjects: Set<number>; readonly checks: CheckResult[] }
  >()
  for (const check of checks) {
    if (check.outcome !== 'pass' || !check.binds || check.binds.length === 0) continue
    const ends = [check.subject, ...check.binds.flatMap((artifact) => indexOf.get(artifact) ?? [])]
    const strength = check.bindsBy ?? 'evidence'
    const known = [...rows.entries()].find(
      ([id, row]) => id.startsWith(`${check.id} ${strength} `) && ends.some((end) => row.subjects.has(end)),
    )?.[1]
    const row = known ?? { strength, subjects: new Set<number>(), checks: [] }
    if (!known) rows.set(`${check.id} ${strength} ${rows.size}`, row)
    for (const end of ends) row.subjects.add(end)
    row.checks.push(check)
  }
  return [...rows].map(([id, row]) => ({
    id,
    strength: row.strength,
    subjects: [...row.subjects].sort((a, b) => a - b),
    checks: row.checks,
  }))
}

/** Who names whom in signed bytes, among devices of two makes: rows of the larger group, columns of the smaller. */
export interface Topology {
  readonly rows: readonly Subject[]
  readonly columns: readonly Subject[]
  readonly isMutual: (row: Subject, column: Subject) => boolean
}

export function topologyOf(subjects: readonly Subject[], checks: readonly CheckResult[]): Topology | undefined {
  const named = new Set<string>()
  for (const check of checks)
    if (check.outcome === 'pass' && check.bindsBy === 'evidence')
      for (const artifact of check.binds ?? []) named.add(`${check.subject} ${artifact}`)
  const isMutual = (a: Subject, b: Subject) =>
    named.has(`${a.index} ${b.artifact}`) && named.has(`${b.index} ${a.artifact}`)
  const tied = subjects.filter((one) => subjects.some((other) => other !== one && isMutual(one, other)))
  const [large, small, ...more] = groupsOf(tied).toSorted((a, b) => b.subjects.length - a.subjects.length)
  return large && small && more.length === 0 && tied.length > 2
    ? { rows: large.subjects, columns: small.subjects, isMutual }
    : undefined
}

/** Whether firm ties make all subjects one; ties by nonce do not. */
export function standingOf(subjects: readonly Subject[], ties: readonly Tie[]): 'bound' | 'nonce-only' | 'unbound' {
  const isOne = (used: readonly Tie[]) => {
    const group = subjects.map((_, index) => index)
    for (const { subjects: ends } of used) {
      const to = group[ends[0] ?? 0]
      for (const end of ends) {
        const from = group[end]
        if (to !== undefined && from !== undefined)
          for (const [i, own] of group.entries()) if (own === from) group[i] = to
      }
    }
    return new Set(group).size <= 1
  }
  if (isOne(ties.filter(({ strength }) => strength !== 'nonce'))) return 'bound'
  return isOne(ties) ? 'nonce-only' : 'unbound'
}
