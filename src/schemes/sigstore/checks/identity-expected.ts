import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isExpected } from '../identity.ts'
import type { PreparedBundle } from '../prepare.ts'
import { CLIENT } from './shared.ts'

/** Is the signer one whom the reader expects? Anybody can have a certificate in their own name. */
export const identityExpected: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.identity-expected',
  role: 'expectation',
  layer: 8,
  weight: 'decides',
  dependsOn: ['sigstore.chain-holds'],
  spec: CLIENT('4.4'),
  applies: ({ identity }) => identity !== undefined,
  run({ artifact, bundle, identity, expected }) {
    const held = bundle.certificates[0]
    const cites = held ? [{ artifact, path: held.located.path, ranges: held.located.ranges }] : []
    const found = identity?.name ?? ''
    if (!identity || expected.length === 0)
      return {
        outcome: 'not-checked',
        because: say('sigstore.identity-anybody', { name: identity?.repository || found }),
        code: 'identity-not-given',
        cites,
        found,
        remedy: say('sigstore.identity-anybody.todo'),
      }
    return isExpected(identity, expected)
      ? {
          outcome: 'pass',
          because: say('sigstore.identity-expected.holds', { name: identity.repository || found }),
          cites,
          found,
          expected: expected.join(' | '),
        }
      : {
          outcome: 'fail',
          because: say('sigstore.identity-expected.fails', { name: identity.repository || found }),
          code: 'identity-other',
          cites,
          found,
          expected: expected.join(' | '),
        }
  },
}
