import type { StoredAppraisal } from '../../src/engine/case-file.ts'
import { caseFile, type CaseFile, type Intake } from '../case/files.ts'
import type { Arrival } from './arrivals.ts'
import { linkIn } from './open-link.ts'

/** Something that came as a file and was meant for this page itself. */
export type Note = { readonly kind: 'no-bytes' | 'damaged'; readonly name: string; readonly detail: string }

/** What was dropped, sorted: evidence and the like; whole cases; a pasted link; and what could not be opened as what it says it is. */
export interface Received {
  readonly plain: Intake
  readonly cases: readonly { readonly files: readonly CaseFile[]; readonly arrival: Arrival }[]
  readonly link: string | undefined
  readonly notes: readonly Note[]
}

/** Either schema's name near the start: only then is the code that reads them loaded. */
const MARK = /"(?:attestation-case|appraisal)\/1"/

function headOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 200))
}

/** Sorts what was dropped or pasted. A case file is opened from its bytes; its stored appraisal is only kept for comparison. */
export async function receive(intake: Intake): Promise<Received> {
  const files: CaseFile[] = []
  const cases: { files: readonly CaseFile[]; arrival: Arrival }[] = []
  const notes: Note[] = []
  let link: string | undefined
  for (const file of intake.files) {
    const pasted =
      file.name === 'pasted' && file.bytes.length < 400_000
        ? linkIn(new TextDecoder('latin1').decode(file.bytes))
        : undefined
    if (pasted !== undefined) link = pasted
    else if (!MARK.test(headOf(file.bytes))) files.push(file)
    else {
      const { looksLikeAppraisal, looksLikeCaseFile, readCaseFile } = await import('../../src/engine/case-file.ts')
      if (!looksLikeCaseFile(file.bytes) && !looksLikeAppraisal(file.bytes)) {
        files.push(file)
        continue
      }
      const read = readCaseFile(file.bytes)
      if (read.opened) {
        const { at, atSource, policy } = read.opened
        const hasPolicy = Object.keys(policy).length > 1
        cases.push({
          files: await Promise.all(read.opened.files.map(caseFile)),
          arrival: {
            from: 'case-file',
            link: null,
            at: at ?? null,
            atSource,
            policy: hasPolicy ? policy : null,
            left: [],
            place: { panel: null, field: null },
            record: recordOf(read.record),
          },
        })
      } else if (read.wrong === 'not-a-case-file') files.push(file)
      else notes.push({ kind: read.wrong, name: file.name, detail: read.detail })
    }
  }
  return { plain: { files, refusals: intake.refusals }, cases, link, notes }
}

function recordOf(stored: StoredAppraisal | undefined): Arrival['record'] {
  return stored ? { id: stored.id, headline: stored.headline, engine: stored.engine, outcomes: stored.outcomes } : null
}
