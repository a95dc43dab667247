import type { AppraisalView } from '../../src/engine/api.ts'
import type { Change } from './lesson.ts'

/** What an appraisal says about the thing that a change is about: its state, and the reason's id. */
export function foundIn(view: AppraisalView, change: Change): { readonly state: string; readonly because: string } {
  const index = change.subject ?? 0
  if ('check' in change) {
    const check = view.checks.find((one) => one.id === change.check && one.subject === index)
    return { state: check?.outcome ?? 'absent', because: check?.because.text ?? '' }
  }
  const subject = view.subjects.find((one) => one.index === index)
  if ('answer' in change) {
    const answer = subject?.answers[change.answer]
    return { state: answer?.state ?? 'absent', because: answer?.because.text ?? '' }
  }
  return { state: subject?.root.status ?? 'absent', because: '' }
}

/** Names the thing for a table. */
export function nameOf(change: Change): string {
  const what = 'check' in change ? change.check : 'answer' in change ? `answer ${change.answer}` : 'root'
  return change.subject === undefined ? what : `${what} of ${change.subject}`
}
