import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { keyIdOf } from '../decoded.ts'
import type { PreparedToken } from '../prepare.ts'
import { citeHeader, JWS } from './shared.ts'

/** Is the key's name a string? Some wrote a number, which readers compare differently. */
export const kidIsText: CheckDefinition<PreparedToken> = {
  id: 'jwt.kid-is-text',
  layer: 1,
  weight: 'notes',
  dependsOn: [],
  spec: JWS('4.1.4'),
  applies: ({ token }) => keyIdOf(token).text !== undefined || !keyIdOf(token).isText,
  run(prepared) {
    return keyIdOf(prepared.token).isText
      ? { outcome: 'pass', because: say('jwt.kid-is-text.holds'), cites: citeHeader(prepared) }
      : { outcome: 'warn', because: say('jwt.kid-not-text'), cites: citeHeader(prepared) }
  },
}
