import type { Subject } from '../../src/core/verdict.ts'
import type { AppraisalView } from '../../src/engine/api.ts'

/**
 * The appraisal as the page says it. Under this project's own demonstration root the verdict that it would have is shown, below a strip that says so;
 * everything else is said as it is. The record, which exports and links carry, stays what it was.
 */
export function asSpoken(record: AppraisalView): AppraisalView {
  const { demonstration } = record
  const subjects = record.subjects.map((one): Subject => (one.demonstration ? { ...one, ...one.demonstration } : one))
  return demonstration ? { ...record, ...demonstration, subjects } : record
}

/** Whether all of it was made by this page: no hardware was involved. */
export function isDemonstration({ demonstration }: Pick<AppraisalView, 'demonstration'>): boolean {
  return demonstration !== undefined
}
