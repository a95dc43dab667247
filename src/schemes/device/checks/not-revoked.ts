import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAndroid } from '../prepare.ts'
import { ANDROID, citeAndroid } from './shared.ts'

/** Is no certificate of the chain on the list that was given? The list is not signed: it is Google's as far as you fetched it from there. */
export const notRevoked: CheckDefinition<PreparedAndroid> = {
  id: 'android.not-revoked',
  layer: 4,
  weight: 'decides',
  dependsOn: [],
  spec: { ...ANDROID, section: 'Certificate revocation status list' },
  run(prepared) {
    const { listed, hasOwnList } = prepared
    const cites = citeAndroid(prepared)
    if (!listed)
      return { outcome: 'not-checked', because: say('android.no-list'), cites, remedy: say('android.give-list') }
    const [found] = listed
    if (found)
      return {
        outcome: 'fail',
        because: say('android.listed', { name: found.name, status: found.status, reason: found.reason }, 'revoked'),
        cites,
      }
    return hasOwnList
      ? { outcome: 'pass', because: say('android.not-revoked.holds'), cites }
      : { outcome: 'not-checked', because: say('android.list-carried'), cites, remedy: say('android.give-list') }
  },
}
