import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAndroid } from '../prepare.ts'
import { ANDROID, citeAndroid } from './shared.ts'

/** Are the certificates whole, and is the description of the key as the schema writes it? */
export const androidWellFormed: CheckDefinition<PreparedAndroid> = {
  id: 'android.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: ANDROID,
  run(prepared) {
    const { android, nearest } = prepared
    const cites = citeAndroid(prepared)
    if (!android.isWhole) return { outcome: 'fail', because: say('android.not-whole'), cites }
    const fault = android.pile.flatMap((one) => one.faults)[0]
    if (fault) return { outcome: 'fail', because: fault.because, cites }
    return nearest?.description === 'malformed'
      ? { outcome: 'fail', because: say('android.extension-malformed'), cites }
      : { outcome: 'pass', because: say('android.well-formed.holds'), cites }
  },
}
