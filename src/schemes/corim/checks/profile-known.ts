import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { PROFILES, type PreparedCorim } from '../prepare.ts'
import { cite, CORIM } from './shared.ts'

/** Is its profile one whose names are known to mean what the evidence means? */
export const profileKnown: CheckDefinition<PreparedCorim> = {
  id: 'corim.profile-known',
  layer: 8,
  weight: 'notes',
  dependsOn: [],
  spec: CORIM('4.1.4'),
  applies: ({ corim }) => corim.profile !== '',
  run(prepared) {
    const { profile, mapRange } = prepared.corim
    const cites = cite(prepared, 'profile', mapRange)
    return PROFILES.some((one) => one.test(profile))
      ? { outcome: 'pass', because: say('corim.profile-known.holds', { profile }), cites, found: profile }
      : {
          outcome: 'not-checked',
          because: say('corim.profile-unknown', { profile: profile.slice(0, 200) }),
          cites,
          found: profile,
        }
  },
}
