import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedLegacy } from '../prepare.ts'
import { SEV, stepFinding } from './shared.ts'

/** Did the platform's endorsement key (PEK) sign it? */
export const signedByPek: CheckDefinition<PreparedLegacy> = {
  id: 'sev.signed-by-pek',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: ['sev.subject-whole'],
  spec: SEV('C.1, and B.3'),
  byHand: 'sevctl verify',
  run({ subject, artifact, byPek }) {
    const range = subject.decoded.value?.body.$.range
    const result = stepFinding(
      'sev.signed-by-pek',
      byPek,
      'sev.no-pek',
      range && { artifact, range },
      { from: 'pek', to: 'subject', by: 'signature' },
      'attestation-key',
    )
    // The numbers of the signature itself are protected by it.
    const numbers = subject.kind === 'report' ? subject.decoded.value?.signature : undefined
    return result.outcome === 'pass' && numbers
      ? {
          ...result,
          covers: [
            ...(result.covers ?? []),
            ...[...numbers.r.ranges, ...numbers.s.ranges].map((one) => ({
              artifact,
              range: one,
              by: 'signature' as const,
            })),
          ],
        }
      : result
  },
}
