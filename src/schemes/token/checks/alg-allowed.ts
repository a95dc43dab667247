import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { joseAlgorithm, JOSE_ALGORITHMS } from '../../../crypto/jose.ts'
import { headerText } from '../decoded.ts'
import type { PreparedToken } from '../prepare.ts'
import { BCP, citeHeader, unreadable } from './shared.ts'

/** Is the algorithm one that this service signs with? The header may choose among those, never beyond. */
export const algAllowed: CheckDefinition<PreparedToken> = {
  id: 'jwt.alg-allowed',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: BCP('3.1'),
  run(prepared) {
    const { token, service } = prepared
    const name = headerText(token, 'alg')
    if (!token.header) return unreadable()
    const allowed = service?.algorithms ?? JOSE_ALGORITHMS
    const shown = { cites: citeHeader(prepared), found: name ?? '', expected: allowed.join(', ') }
    if (name === undefined || /^none$/i.test(name)) return { outcome: 'fail', because: say('jwt.alg-none'), ...shown }
    if (/^HS\d+$/i.test(name))
      return { outcome: 'fail', because: say('jwt.alg-shared-secret', { name: name.slice(0, 16) }), ...shown }
    const known = joseAlgorithm(name)
    if (!known)
      return { outcome: 'unsupported', because: say('jwt.alg-unusable', { name: name.slice(0, 32) }), ...shown }
    return allowed.includes(known)
      ? { outcome: 'pass', because: say('jwt.alg-allowed.holds', { name }), ...shown }
      : { outcome: 'fail', because: say('jose.alg-refused', { name }), ...shown }
  },
}
