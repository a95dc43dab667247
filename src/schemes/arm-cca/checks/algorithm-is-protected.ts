import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCca } from '../prepare.ts'
import { cite, DRAFT, inPart, parts, unreadable } from './shared.ts'

// draft-ffm-rats-cca-token 5: any ECDSA of COSE; ES384 in practice, ES256 in test tokens.
const ALLOWED = ['-7', '-35', '-36']
// virtCCA signs with RSA.
const ALLOWED_VIRT = ['-37', '-38', '-39', '-257', '-258', '-259']

/** Do both protected headers, and only they, name an algorithm of the profile? */
export const algorithmIsProtected: CheckDefinition<PreparedCca> = {
  id: 'cca.algorithm-is-protected',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: DRAFT('5'),
  run(prepared) {
    const all = parts(prepared).filter((part) => part.message)
    const isVirt = prepared.token.kind === 'virt'
    const expected = isVirt ? 'PS256 / RS256 …' : 'ES256 / ES384 / ES512'
    if (all.length === 0) return unreadable()
    for (const part of all) {
      const { message } = part
      if (!message) continue
      const cites = cite(
        prepared,
        inPart(part, 'protected'),
        message.algorithm?.range ?? rangeOf(message.protectedBytes),
      )
      const found = message.algorithm?.name ?? ''
      const fault = message.faults[0]
      if (fault) return { outcome: 'fail', because: fault, cites, found, expected }
      if (message.kind !== 'sign1' || !(isVirt ? ALLOWED_VIRT : ALLOWED).includes(message.algorithm?.id ?? ''))
        return { outcome: 'fail', because: say('cose.alg', { found, expected }), cites, found, expected }
    }
    return {
      outcome: 'pass',
      because: say('cca.algorithm-is-protected.holds'),
      cites: [],
      found: all.map((part) => part.message?.algorithm?.name ?? '').join(', '),
    }
  },
}
