import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedAndroid } from '../prepare.ts'
import { ANDROID, chainFinding, citeAndroid, covered, edges } from './shared.ts'

/** Do the certificates lead to a root, each signed by the next? */
export const androidChain: CheckDefinition<PreparedAndroid> = {
  id: 'android.chain',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: ANDROID,
  run(prepared) {
    const { path, android, nodes, artifact } = prepared
    const finding = chainFinding(path, android.pile, citeAndroid(prepared), 'android.chain.holds')
    return finding.outcome === 'pass'
      ? { ...finding, proves: edges(nodes), covers: covered(artifact, path, android.pile) }
      : finding
  },
}
