import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { BOOT_STATES } from '../key-description.ts'
import type { PreparedAndroid } from '../prepare.ts'
import { ANDROID, citeAndroid } from './shared.ts'

/** Did a system start that its maker signed, on a device that is locked? */
export const verifiedBoot: CheckDefinition<PreparedAndroid> = {
  id: 'android.verified-boot',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: { ...ANDROID, section: 'RootOfTrust' },
  run(prepared) {
    const description = prepared.nearest?.description
    const cites = citeAndroid(prepared)
    const boot = description === 'malformed' ? undefined : description?.rootOfTrust
    if (!boot?.state || !boot.isLocked) return { outcome: 'not-checked', because: say('android.no-boot-state'), cites }
    const state = BOOT_STATES[boot.state.value] ?? String(boot.state.value)
    const found = `${state}, ${boot.isLocked.value ? 'locked' : 'unlocked'}`
    if (!boot.isLocked.value) return { outcome: 'fail', because: say('android.unlocked'), cites, found }
    if (state === 'Verified') return { outcome: 'pass', because: say('android.verified-boot.holds'), cites, found }
    return state === 'SelfSigned'
      ? { outcome: 'warn', because: say('android.self-signed'), cites, found }
      : { outcome: 'fail', because: say('android.boot-unverified', { state }), cites, found }
  },
}
