import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem, CheckDefinition } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { anchors } from './anchors.ts'
import { demoKeyFile, makeCorim, SIGNED_AT, type CorimRecipe } from './attester.ts'
import { readCorim } from './decoded.ts'
import { FORMATS } from './formats.ts'
import { prepare, type PreparedCorim } from './prepare.ts'

/** A dropped file, as other schemes' formats or none would have it. */
export function droppedFile(artifact: ArtifactIndex, bytes: Uint8Array): CaseItem {
  return {
    artifact,
    parent: null,
    name: `file ${artifact}`,
    sha256: () => '',
    origin: 'dropped',
    format: null,
    message: 'unknown',
    slice: sliceOf('', bytes),
    decoded: undefined,
    facts: { measurements: [] },
    hints: {},
  }
}

export const withoutKey: AppraisalContext = { at: SIGNED_AT + 86_400_000, policy: NO_POLICY, anchors, items: [] }
export const context: AppraisalContext = { ...withoutKey, items: [droppedFile(1, demoKeyFile())] }

/** Makes a manifest, or takes one, and prepares it as the engine would. */
export async function prepared(
  made: CorimRecipe | Uint8Array = {},
  given: AppraisalContext = context,
): Promise<PreparedCorim> {
  const item = droppedFile(0, made instanceof Uint8Array ? made : await makeCorim(made))
  const form = !(made instanceof Uint8Array) && made.isSigned === false ? 'unsigned' : 'signed'
  const { corim } = readCorim(item.slice, form)
  return prepare({ ...item, format: FORMATS[form], message: 'reference-values', decoded: corim }, given)
}

/** What one check says of a manifest. */
export async function finding(
  check: CheckDefinition<PreparedCorim>,
  made: CorimRecipe | Uint8Array = {},
  given: AppraisalContext = context,
): Promise<Finding | 'not-applicable'> {
  const all = await prepared(made, given)
  return check.applies && !check.applies(all) ? 'not-applicable' : check.run(all, given)
}
