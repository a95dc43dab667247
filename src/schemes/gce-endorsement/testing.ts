import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { CaseItem, CheckDefinition } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { readEndorsement } from './decoded.ts'
import { FORMATS } from './formats.ts'
import { prepare, type PreparedEndorsement } from './prepare.ts'

const contextAt = (at: string) => ({ at: Date.parse(at), policy: NO_POLICY, anchors, items: [] })

/** Prepares one as the engine would. */
export function preparedFrom(bytes: Uint8Array, at = '2026-01-02T00:00:00Z'): Promise<PreparedEndorsement> {
  const slice = sliceOf('', bytes)
  const item: CaseItem = {
    artifact: 0,
    parent: null,
    name: 'endorsement.binarypb',
    sha256: () => '',
    origin: 'dropped',
    format: FORMATS.endorsement,
    message: 'reference-values',
    slice,
    decoded: readEndorsement(slice),
    facts: { measurements: [] },
    hints: {},
  }
  return prepare(item, contextAt(at))
}

/** What one check says of it. */
export async function ask(check: CheckDefinition<PreparedEndorsement>, bytes: Uint8Array, at = '2026-01-02T00:00:00Z') {
  return check.run(await preparedFrom(bytes, at), contextAt(at))
}
