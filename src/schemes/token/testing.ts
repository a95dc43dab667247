import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem, CheckDefinition } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { anchors } from './anchors.ts'
import { demoKeySet, ISSUED_AT } from './attester.ts'
import { readToken } from './decoded.ts'
import { factsOf } from './facts.ts'
import { prepare, type PreparedToken } from './prepare.ts'

/** A dropped file, as other schemes' formats or none would have it. */
export function droppedFile(artifact: ArtifactIndex, bytes: Uint8Array | string): CaseItem {
  return {
    artifact,
    parent: null,
    name: `file ${artifact}`,
    sha256: () => '',
    origin: 'dropped',
    format: null,
    message: 'unknown',
    slice: sliceOf('', typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes),
    decoded: undefined,
    facts: { measurements: [] },
    hints: {},
  }
}

export const withoutKeys: AppraisalContext = { at: ISSUED_AT + 60_000, policy: NO_POLICY, anchors, items: [] }

/** The same with the public halves of the demonstration keys among the files. */
export async function withKeys(...which: readonly ('maa' | 'ear' | 'other')[]): Promise<AppraisalContext> {
  return { ...withoutKeys, items: [droppedFile(1, await demoKeySet(...which))] }
}

/** Prepares a token as the engine would. */
export async function prepared(token: string, context: AppraisalContext = withoutKeys): Promise<PreparedToken> {
  const item = droppedFile(0, token)
  const decoded = readToken(item.slice)
  return prepare(
    { ...item, format: 'token.jwt', message: 'attestation-result', decoded, facts: factsOf(decoded) },
    context,
  )
}

/** What one check says of a token. */
export async function finding(
  check: CheckDefinition<PreparedToken>,
  token: string,
  context: AppraisalContext = withoutKeys,
): Promise<Finding | 'not-applicable'> {
  const all = await prepared(token, context)
  return check.applies && !check.applies(all) ? 'not-applicable' : check.run(all, context)
}
