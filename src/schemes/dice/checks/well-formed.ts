import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedDice } from '../prepare.ts'
import { TCG, whole } from './shared.ts'

/** Is it a whole certificate, and are the extensions of DICE written as the specification says? */
export const wellFormed: CheckDefinition<PreparedDice> = {
  id: 'dice.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: TCG('6.1'),
  run(prepared) {
    const { dice, artifact, layers } = prepared
    if (!dice.isWhole) return { outcome: 'fail', because: say('dice.not-whole'), cites: whole(prepared) }
    const fault = dice.certificate?.faults[0]
    if (fault)
      return {
        outcome: 'fail',
        because: fault.because,
        cites: [{ artifact, path: 'certificate', ranges: [fault.range] }],
      }
    const malformed = layers[0]?.claims.malformed[0]
    if (malformed)
      return {
        outcome: 'fail',
        because: say('dice.extension-malformed'),
        cites: [{ artifact, path: `certificate.extensions.${malformed.oid}`, ranges: [malformed.range] }],
      }
    return { outcome: 'pass', because: say('dice.well-formed.holds'), cites: whole(prepared) }
  },
}
