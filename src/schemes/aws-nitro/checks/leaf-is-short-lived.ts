import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedNitro } from '../prepare.ts'
import { cite, SPEC } from './shared.ts'

const HOUR = 3_600_000
const LONGEST_HOURS = 24

/** Does the signing certificate live so briefly that revocation does not matter? AWS publishes no list that verifiers consult. */
export const leafIsShortLived: CheckDefinition<PreparedNitro> = {
  id: 'nitro.leaf-is-short-lived',
  layer: 4,
  weight: 'notes',
  dependsOn: [],
  spec: SPEC('3.2.3.2'),
  run(prepared) {
    const { leaf } = prepared
    if (!leaf) return { outcome: 'not-checked', because: say('nitro.no-certificate'), cites: [] }
    const lifetime = (leaf.notAfter - leaf.notBefore) / HOUR
    // AWS' leaves live for three hours and a few seconds.
    const hours = Math.max(1, Math.round(lifetime))
    const cites = cite(prepared, 'payload.certificate', rangeOf(leaf.slice))
    const shown = { found: `${hours} h`, expected: `≤ ${LONGEST_HOURS} h` }
    return lifetime > LONGEST_HOURS
      ? { outcome: 'warn', because: say('nitro.long-lived', { hours }), cites, ...shown }
      : { outcome: 'pass', because: say('nitro.leaf-is-short-lived.holds', { hours }), cites, ...shown }
  },
}
