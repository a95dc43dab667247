import type { Derived } from '../../src/core/derived.ts'
import type { AppraisalView, Inspection, LogReplayView } from '../../src/engine/api.ts'

/** Events of a log that count: each bank of their register comes to what is signed, and they stand before the place where it does. */
export function countingOf(derived: Derived, replay: LogReplayView | undefined): ReadonlySet<number> {
  const counting = new Set<number>()
  const denied = new Set<number>()
  if (!replay?.isSigned) return counting
  for (const { logName, hash, kind, used } of replay.registers) {
    const chain = derived.chains.find((one) => one.register === logName && (hash === null || one.hash === hash))
    const isHeld = kind === 'replays' || kind === 'continued'
    for (const [i, event] of (chain?.events ?? []).entries()) (isHeld && i < used ? counting : denied).add(event)
  }
  for (const event of denied) counting.delete(event)
  return counting
}

/** Values by name that logs of the case say, and whether each counts for this piece of evidence. */
export function valuesByName(
  inspection: Inspection,
  appraisal: AppraisalView | undefined,
  subject: number | undefined,
): readonly { readonly name: string; readonly value: string; readonly counts: boolean }[] {
  return inspection.artifacts.flatMap(({ index, derived }) => {
    if (!derived || derived.log === undefined) return []
    const replay = appraisal?.replays.find((one) => one.log === index && one.against === subject)
    const counting = countingOf(derived, replay)
    return derived.values.map(({ name, value, event }) => ({ name, value, counts: counting.has(event) }))
  })
}
