import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { textClaim } from '../decoded.ts'
import type { PreparedToken } from '../prepare.ts'
import { BCP, citeOf } from './shared.ts'

/** Does the issuer's name belong to the service whose claims these are? A host that only looks like it does not. */
export const issuerKnown: CheckDefinition<PreparedToken> = {
  id: 'jwt.issuer-known',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: BCP('3.8'),
  applies: ({ service }) => service !== undefined && service.hosts.length > 0,
  run(prepared) {
    const issuer = textClaim(prepared.token, 'iss')
    const name = prepared.service?.name ?? ''
    const shown = { cites: citeOf(prepared, issuer), found: issuer?.value.slice(0, 200) ?? '' }
    switch (prepared.issuer) {
      case 'service':
        return { outcome: 'pass', because: say('jwt.issuer-known.holds', { name }), ...shown }
      case 'test':
        return { outcome: 'warn', because: say('jwt.issuer-test', { name }), ...shown }
      case 'foreign':
        return { outcome: 'fail', because: say('jwt.issuer-foreign', { name }), ...shown }
      case 'missing':
      case 'operator':
      case 'unknown':
        return { outcome: 'not-checked', because: say('jwt.issuer-missing-name', { name }), ...shown }
    }
  },
}
