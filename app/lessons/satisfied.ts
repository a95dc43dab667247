import type { Inspection } from '../../src/engine/api.ts'
import type { AppraisalView } from '../../src/engine/api.ts'
import type { Case } from '../case/case.ts'
import type { Edit } from '../case/edit.ts'
import { instantOf } from '../text/time.ts'
import type { Deed } from './lesson.ts'
import { spotOf } from './play.ts'

/** Whether the reader did by hand what a step asks for. Another bit of the same field, or another date in the range, will do. */
export function isDoneByHand(
  deed: Deed,
  one: Case,
  inspection: Inspection,
  appraisal: AppraisalView,
  edits: readonly Edit[],
  originals: readonly { readonly id: string }[],
): boolean {
  switch (deed.kind) {
    case 'flip': {
      const spot = spotOf(inspection, deed)
      const original = spot && originals[spot.file]
      return edits.some(
        (edit) =>
          edit.file === original?.id &&
          edit.space === spot?.space &&
          edit.offset >= spot.start &&
          edit.offset < spot.end &&
          one.files[spot.file]?.id !== original.id,
      )
    }
    case 'at': {
      const [from, to] = [instantOf(deed.from), instantOf(deed.to)]
      return one.at.kind === 'given' && from !== null && to !== null && one.at.instant >= from && one.at.instant <= to
    }
    case 'root-off':
      return appraisal.subjects.find((subject) => subject.index === deed.subject)?.root.status === 'switched-off'
    case 'take-away':
      return !one.files.some((file) => file.name === deed.name)
    case 'add':
      return one.files.some((file) => file.name === deed.name)
    case 'expect': {
      // Only plain values are asked for; what is compared is their text.
      const wanted = Object.entries(deed.policy)
      const has = new Map(Object.entries(one.policy))
      return wanted.every(([name, value]) => JSON.stringify(has.get(name)) === JSON.stringify(value))
    }
  }
}
