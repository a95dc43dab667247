import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAndroid } from '../prepare.ts'
import { ANDROID, citeAndroid } from './shared.ts'

/** Was the key made inside the key store, and not brought in? */
export const madeInside: CheckDefinition<PreparedAndroid> = {
  id: 'android.key-made-inside',
  layer: 7,
  weight: 'notes',
  dependsOn: [],
  spec: ANDROID,
  run(prepared) {
    const description = prepared.nearest?.description
    const cites = citeAndroid(prepared)
    const origin = description === 'malformed' ? undefined : description?.origin
    if (!origin) return { outcome: 'not-checked', because: say('android.no-origin'), cites }
    return origin.value === 0
      ? { outcome: 'pass', because: say('android.key-made-inside.holds'), cites }
      : { outcome: 'warn', because: say('android.key-imported'), cites }
  },
}
