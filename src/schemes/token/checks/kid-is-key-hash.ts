import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedToken } from '../prepare.ts'
import { citeHeader, MAA } from './shared.ts'

/** Is the name of the key its digest, as this service makes it? */
export const kidIsKeyHash: CheckDefinition<PreparedToken> = {
  id: 'maa.kid-is-key-hash',
  layer: 2,
  weight: 'notes',
  dependsOn: ['jwt.signed-by-key'],
  spec: MAA('kid'),
  applies: ({ keyIdIsHash }) => keyIdIsHash !== undefined,
  run(prepared) {
    return prepared.keyIdIsHash
      ? { outcome: 'pass', because: say('maa.kid-is-key-hash.holds'), cites: citeHeader(prepared) }
      : { outcome: 'not-checked', because: say('maa.kid-is-other'), cites: citeHeader(prepared) }
  },
}
