import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isAlgorithmProtected, type Allowed } from '../../../envelope/cose-questions.ts'
import type { PreparedCca } from '../prepare.ts'
import { DRAFT, inPart, parts, unreadable } from './shared.ts'

// draft-ffm-rats-cca-token 5: any ECDSA of COSE; ES384 in practice, ES256 in test tokens.
const ALLOWED: Allowed = { kind: 'sign1', ids: ['-7', '-35', '-36'], expected: 'ES256 / ES384 / ES512' }
// virtCCA signs with RSA.
const ALLOWED_VIRT: Allowed = {
  kind: 'sign1',
  ids: ['-37', '-38', '-39', '-257', '-258', '-259'],
  expected: 'PS256 / RS256 …',
}

/** Do both protected headers, and only they, name an algorithm of the profile? */
export const algorithmIsProtected: CheckDefinition<PreparedCca> = {
  id: 'cca.algorithm-is-protected',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: DRAFT('5'),
  run(prepared) {
    const all = parts(prepared).filter((part) => part.message)
    const allowed = prepared.token.kind === 'virt' ? ALLOWED_VIRT : ALLOWED
    if (all.length === 0) return unreadable()
    for (const part of all) {
      if (!part.message) continue
      const own = isAlgorithmProtected(
        prepared.artifact,
        inPart(part, 'protected'),
        part.message,
        'cca.algorithm-is-protected.holds',
        allowed,
      )
      if (own.outcome !== 'pass') return own
    }
    return {
      outcome: 'pass',
      because: say('cca.algorithm-is-protected.holds'),
      cites: [],
      found: all.map((part) => part.message?.algorithm?.name ?? '').join(', '),
    }
  },
}
