import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAndroid } from '../prepare.ts'
import { ANDROID, citeAndroid } from './shared.ts'

/** Is the description of the key in the leaf itself, with none nearer the root? Whoever holds an attested key can sign a certificate of his own behind the real ones. */
export const extensionNearestRoot: CheckDefinition<PreparedAndroid> = {
  id: 'android.extension-nearest-root',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: ANDROID,
  run(prepared) {
    const { nearest, path, artifact } = prepared
    const cites = citeAndroid(prepared)
    if (!nearest) return { outcome: 'fail', because: say('android.no-extension'), cites }
    if (nearest.index === 0) return { outcome: 'pass', because: say('android.extension-nearest-root.holds'), cites }
    const holder = path?.path[nearest.index]
    return {
      outcome: 'fail',
      because: say('android.extended-chain'),
      cites: holder ? [{ artifact, path: 'certificate', ranges: [rangeOf(holder.tbs)] }] : cites,
    }
  },
}
