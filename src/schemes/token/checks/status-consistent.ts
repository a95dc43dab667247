import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { appraisalsOf, bandOf } from '../ear.ts'
import type { PreparedToken } from '../prepare.ts'
import { AR4SI } from './shared.ts'

/** Is no status better than the worst entry of its vector? */
export const statusConsistent: CheckDefinition<PreparedToken> = {
  id: 'ear.status-consistent',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: AR4SI,
  applies: ({ token }) => appraisalsOf(token).some((one) => one.vector.length > 0),
  run({ token, artifact }) {
    for (const { name, value, status, tier, vector } of appraisalsOf(token)) {
      const worst = Math.max(0, ...vector.map((entry) => bandOf(entry.value)))
      if (tier !== undefined && tier < worst && worst > 2)
        return {
          outcome: 'fail',
          because: say('ear.status-too-good', { part: name, status: status ?? '' }),
          cites: [{ artifact, path: name === '' ? 'payload' : `payload.submods.${name}`, ranges: [value.range] }],
          found: vector.map((entry) => `${entry.name} ${entry.value}`).join('\n'),
        }
    }
    return { outcome: 'pass', because: say('ear.status-consistent.holds'), cites: [] }
  },
}
