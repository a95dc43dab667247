import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { spokenName } from '../../../pki/names.ts'
import type { PreparedCca } from '../prepare.ts'
import { VIRTCCA } from './shared.ts'

/** Does a certificate of the device name the very key that signed the token? Without that, two genuine pieces of two machines pass for one. */
export const realmKeyBoundToAik: CheckDefinition<PreparedCca> = {
  id: 'cca.realm-key-bound-to-aik',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: VIRTCCA('AIK certificate, claim 44237'),
  applies: ({ token }) => token.kind === 'virt',
  run({ artifact, token, aik }) {
    const key = token.realmKey
    const own = key ? [{ artifact, path: key.path, ranges: key.ranges }] : []
    if (aik.state === 'missing')
      return {
        outcome: 'not-checked',
        because: say('cca.not-anchored', {}, 'not-anchored'),
        cites: own,
        remedy: say('cca.give-aik'),
      }
    const { item, certificate } = aik.held
    const cites = [...own, { artifact: item.artifact, path: '', ranges: [rangeOf(certificate.spki)] }]
    const name = spokenName(certificate.subject)
    return aik.state === 'other'
      ? {
          outcome: 'not-checked',
          because: say('cca.aik-other', { name }, 'not-anchored'),
          cites,
          remedy: say('cca.give-aik'),
        }
      : {
          outcome: 'pass',
          because: say('cca.realm-key-bound-to-aik.holds', { name }),
          cites,
          uses: [item.artifact],
          proves: [{ from: 'aik', to: 'rak', by: 'equality' }],
        }
  },
}
