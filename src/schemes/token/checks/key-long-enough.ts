import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedToken } from '../prepare.ts'
import { BCP, citeSignature } from './shared.ts'

/** Is the key long enough to rely on today? One service signed with RSA-1024 until 2021. */
export const keyLongEnough: CheckDefinition<PreparedToken> = {
  id: 'jwt.key-long-enough',
  layer: 2,
  weight: 'decides',
  dependsOn: ['jwt.signed-by-key'],
  spec: BCP('3.2'),
  applies: ({ signature }) => signature.state === 'valid',
  run(prepared) {
    return prepared.signature.isShort
      ? { outcome: 'warn', because: say('rsa.short'), cites: citeSignature(prepared) }
      : { outcome: 'pass', because: say('jwt.key-long-enough.holds'), cites: [] }
  },
}
