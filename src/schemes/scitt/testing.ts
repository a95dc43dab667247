import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem, CheckDefinition } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { anchors } from './anchors.ts'
import { makeServiceKeys, makeStatement, SIGNED_AT, type StatementRecipe } from './attester.ts'
import { readStatement } from './decoded.ts'
import { FORMATS } from './formats.ts'
import { prepare, type PreparedStatement } from './prepare.ts'

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

/** The same with the ledger's service certificate among the files. */
export async function withLedger(given: AppraisalContext = context): Promise<AppraisalContext> {
  return { ...given, items: [...given.items, droppedFile(7, await makeServiceKeys(), FORMATS.serviceKeys)] }
}

/** Makes a statement, or takes one, and prepares it as the engine would. */
export async function prepared(
  made: StatementRecipe | Uint8Array = {},
  given: AppraisalContext = context,
): Promise<PreparedStatement> {
  const item = droppedFile(0, made instanceof Uint8Array ? made : await makeStatement(made))
  const { statement } = readStatement(item.slice)
  return prepare({ ...item, format: FORMATS.statement, message: 'reference-values', decoded: statement }, given)
}

/** What one check says of a statement. */
export async function finding(
  check: CheckDefinition<PreparedStatement>,
  made: StatementRecipe | Uint8Array = {},
  given: AppraisalContext = context,
): Promise<Finding | 'not-applicable'> {
  const all = await prepared(made, given)
  return check.applies && !check.applies(all) ? 'not-applicable' : check.run(all, given)
}
