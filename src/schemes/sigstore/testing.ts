import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem, CheckDefinition } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { anchors } from './anchors.ts'
import { makeBundle, REPOSITORY, SIGNED_AT, type BundleRecipe } from './attester.ts'
import { readBundle } from './bundle.ts'
import { FORMATS } from './formats.ts'
import { prepare, type PreparedBundle } from './prepare.ts'

/** A dropped file, as other schemes' formats or none would have it. */
export function droppedFile(artifact: ArtifactIndex, bytes: Uint8Array, format: string | null = null): CaseItem {
  return {
    artifact,
    parent: null,
    name: `file ${artifact}`,
    sha256: () => '',
    origin: 'dropped',
    format,
    message: 'unknown',
    slice: sliceOf('', bytes),
    decoded: undefined,
    facts: { measurements: [] },
    hints: {},
  }
}

export const context: AppraisalContext = { at: SIGNED_AT + 86_400_000, policy: NO_POLICY, anchors, items: [] }

/** The same for a reader who says whom they expect. */
export const expecting = (...signers: readonly string[]): AppraisalContext => ({
  ...context,
  policy: { ...NO_POLICY, signers: signers.length > 0 ? signers : [REPOSITORY] },
})

/** Makes a bundle, or takes one, and prepares it as the engine would. */
export async function prepared(
  made: BundleRecipe | Uint8Array = {},
  given: AppraisalContext = context,
): Promise<PreparedBundle> {
  const item = droppedFile(0, made instanceof Uint8Array ? made : await makeBundle(made))
  return prepare(
    { ...item, format: FORMATS.bundle, message: 'reference-values', decoded: readBundle(item.slice) },
    given,
  )
}

/** What one check says of a bundle. */
export async function finding(
  check: CheckDefinition<PreparedBundle>,
  made: BundleRecipe | Uint8Array = {},
  given: AppraisalContext = context,
): Promise<Finding | 'not-applicable'> {
  const all = await prepared(made, given)
  return check.applies && !check.applies(all) ? 'not-applicable' : check.run(all, given)
}
