import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { headerText, textClaim } from '../decoded.ts'
import type { PreparedToken } from '../prepare.ts'
import { hostOf } from '../services.ts'
import { BCP, citeHeader } from './shared.ts'

/** Does the address of the keys lie with the issuer? It is never fetched, and never where keys are taken from. */
export const jkuIsIss: CheckDefinition<PreparedToken> = {
  id: 'jwt.jku-is-iss',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: BCP('3.10'),
  applies: ({ token, service }) => headerText(token, 'jku') !== undefined && (service?.hosts.length ?? 0) > 0,
  run(prepared) {
    const jku = headerText(prepared.token, 'jku') ?? ''
    const issuer = textClaim(prepared.token, 'iss')?.value ?? ''
    const shown = { cites: citeHeader(prepared), found: jku.slice(0, 200), expected: issuer.slice(0, 200) }
    const host = hostOf(jku)
    const isSame = host !== undefined && host === hostOf(issuer)
    const isExact = prepared.service?.id !== 'maa' || jku === `${issuer.replace(/\/$/, '')}/certs`
    return isSame && isExact
      ? { outcome: 'pass', because: say('jwt.jku-is-iss.holds'), ...shown }
      : { outcome: 'fail', because: say('jwt.jku-elsewhere'), ...shown }
  },
}
