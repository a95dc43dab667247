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
    const compared = new Set<string>()
    for (const { claims } of layers)
      for (const { svn, texts } of claims.tcbInfos) {
        const name = texts.type !== undefined && Object.hasOwn(minimum, texts.type) ? texts.type : 'svn'
        const least = minimum[name]
        if (least === undefined || !svn) continue
        compared.add(name)
        if (svn.value < BigInt(Math.ceil(least)))
          return {
            outcome: 'fail',
            because: say('dice.svn-below', { svn: String(svn.value), least }),
            cites: [{ artifact, path: svn.path, ranges: svn.ranges }],
            found: String(svn.value),
            expected: `≥ ${least}`,
          }
      }
    // A floor that nothing here was held against was not met.
    const open = Object.keys(minimum).filter((name) => !compared.has(name))
    if (open.length > 0)
      return {
        outcome: 'not-checked',
        because:
          compared.size === 0 ? say('dice.no-svn') : say('dice.no-svn-named', { names: open.slice(0, 16).join(', ') }),
        cites: whole(prepared),
      }
    return { outcome: 'pass', because: say('dice.svn-at-least-yours.holds'), cites: whole(prepared) }
  },
}
