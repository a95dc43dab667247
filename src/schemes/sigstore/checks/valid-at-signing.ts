import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isoOf } from '../../../bytes/der-node.ts'
import type { PreparedBundle } from '../prepare.ts'
import { CLIENT } from './shared.ts'

/** Was the certificate, which lives for minutes, valid at the time of signing, and had that time come? */
export const validAtSigning: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.valid-at-signing',
  layer: 3,
  weight: 'decides',
  dependsOn: ['sigstore.signing-time-known', 'sigstore.chain-holds'],
  spec: CLIENT('4.4'),
  applies: ({ leaf }) => leaf !== undefined,
  run({ artifact, bundle, leaf, path, time, authorityInUse }, { at }) {
    const held = bundle.certificates[0]
    const cites = held ? [{ artifact, path: held.located.path, ranges: held.located.ranges }] : []
    const found = leaf ? `${isoOf(leaf.notBefore)} – ${isoOf(leaf.notAfter)}` : ''
    if (!time) return { outcome: 'not-checked', because: say('sigstore.time-unknown'), cites, found }
    const [outside] = path?.outside ?? []
    const expected = isoOf(time.at)
    if (outside)
      return {
        outcome: 'fail',
        because: say('sigstore.valid-at-signing.fails', { at: expected }),
        cites,
        found,
        expected,
      }
    if (time.at > at)
      return { outcome: 'not-checked', because: say('sigstore.signed-later', { at: expected }), cites, found, expected }
    if (path?.rootStatus !== 'none' && !authorityInUse)
      return { outcome: 'not-checked', because: say('sigstore.authority-not-in-use', { at: expected }), cites, found }
    return {
      outcome: 'pass',
      because: say('sigstore.valid-at-signing.holds', { at: expected }),
      cites,
      found,
      expected,
    }
  },
}
