import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { LEVELS } from '../key-description.ts'
import type { PreparedAndroid } from '../prepare.ts'
import { ANDROID, citeAndroid } from './shared.ts'

/** Were statement and key made in hardware, by the description nearest the root? */
export const hardwareLevel: CheckDefinition<PreparedAndroid> = {
  id: 'android.hardware-level',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: ANDROID,
  run(prepared) {
    const description = prepared.nearest?.description
    const cites = citeAndroid(prepared)
    if (!description || description === 'malformed')
      return { outcome: 'not-checked', because: say('android.no-extension'), cites }
    const levels = [description.attestationLevel, description.keyLevel]
    const found = levels.map((level) => LEVELS[level?.value ?? -1] ?? '?').join(' / ')
    const lowest = Math.min(...levels.map((level) => level?.value ?? 0))
    if (lowest < 1 || lowest > 2)
      return { outcome: 'fail', because: say('android.software', { level: found }), cites, found }
    return { outcome: 'pass', because: say('android.hardware-level.holds', { level: found }), cites, found }
  },
}
