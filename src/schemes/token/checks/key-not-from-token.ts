import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedToken } from '../prepare.ts'
import { BCP, citeHeader } from './shared.ts'

/** Does the key come from anywhere but the token itself? One that it brings along says only that whoever made it had that key. */
export const keyNotFromToken: CheckDefinition<PreparedToken> = {
  id: 'jwt.key-not-from-token',
  layer: 3,
  weight: 'notes',
  dependsOn: [],
  spec: BCP('3.10'),
  applies: ({ token, signature }) => token.ownKeys.length > 0 || signature.from !== undefined,
  run(prepared) {
    const { signature } = prepared
    const cites = citeHeader(prepared)
    if (signature.from === 'token') return { outcome: 'fail', because: say('jwt.vouches-for-itself'), cites }
    return signature.from === undefined
      ? { outcome: 'not-checked', because: say('jwt.own-key-unused'), cites }
      : { outcome: 'pass', because: say('jwt.key-not-from-token.holds'), cites }
  },
}
