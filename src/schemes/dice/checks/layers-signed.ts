import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedDice } from '../prepare.ts'
import { TCG, whole } from './shared.ts'

/** Are the layers above signed one by the other, and may each of them sign? */
export const layersSigned: CheckDefinition<PreparedDice> = {
  id: 'dice.layers-signed',
  layer: 3,
  weight: 'decides',
  dependsOn: ['dice.signed-by-issuer'],
  spec: TCG('5'),
  run(prepared) {
    const [fault] = prepared.faults.filter(
      ({ because }) => because.code !== 'chain-signature' || prepared.own.outcome !== 'fail',
    )
    const cites = whole(prepared)
    if (fault) return { outcome: 'fail', because: fault.because, cites }
    const open = prepared.above.find(({ outcome }) => outcome !== 'pass')
    if (!open)
      return prepared.root.status === 'none'
        ? { outcome: 'not-checked', because: say('dice.issuer-missing'), cites, remedy: say('dice.give-issuer') }
        : {
            outcome: 'pass',
            because: say('dice.layers-signed.holds'),
            cites,
          }
    return open.outcome === 'fail'
      ? { outcome: 'fail', because: open.because, code: 'chain-signature', cites }
      : { outcome: open.outcome, because: open.because, cites }
  },
}
