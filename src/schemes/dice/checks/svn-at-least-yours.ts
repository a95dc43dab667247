import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedDice } from '../prepare.ts'
import { TCG, whole } from './shared.ts'

/** Is every security version at least the reader's? Names: `svn` for all, or the type that a layer gives itself. */
export const svnAtLeastYours: CheckDefinition<PreparedDice> = {
  id: 'dice.svn-at-least-yours',
  layer: 6,
  weight: 'decides',
  dependsOn: [],
  spec: TCG('6.1.1'),
  applies: ({ minimum }) => minimum !== undefined && Object.keys(minimum).length > 0,
  run(prepared) {
    const { layers, minimum = {}, artifact } = prepared
    let compared = 0
    for (const { claims } of layers)
      for (const { svn, texts } of claims.tcbInfos) {
        const least = (texts.type === undefined ? undefined : minimum[texts.type]) ?? minimum['svn']
        if (least === undefined || !svn) continue
        compared++
        if (svn.value < BigInt(Math.ceil(least)))
          return {
            outcome: 'fail',
            because: say('dice.svn-below', { svn: String(svn.value), least }),
            cites: [{ artifact, path: svn.path, ranges: svn.ranges }],
            found: String(svn.value),
            expected: `≥ ${least}`,
          }
      }
    return compared === 0
      ? { outcome: 'not-checked', because: say('dice.no-svn'), cites: whole(prepared) }
      : { outcome: 'pass', because: say('dice.svn-at-least-yours.holds'), cites: whole(prepared) }
  },
}
