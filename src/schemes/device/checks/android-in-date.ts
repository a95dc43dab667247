import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAndroid } from '../prepare.ts'
import { ANDROID, citeAndroid } from './shared.ts'

/** Are the certificates above the leaf valid at the time asked for? The leaf's own dates are what the app wrote. */
export const androidInDate: CheckDefinition<PreparedAndroid> = {
  id: 'android.in-date',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: ANDROID,
  applies: ({ path }) => path !== undefined && path.path.length > 1,
  run(prepared) {
    const cites = citeAndroid(prepared)
    const outside = prepared.path?.outside.find(({ index }) => index > 0)
    return outside
      ? { outcome: 'not-checked', because: outside.because, cites }
      : { outcome: 'pass', because: say('android.in-date.holds'), cites }
  },
}
