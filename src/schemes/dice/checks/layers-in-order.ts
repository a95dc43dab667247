import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedDice } from '../prepare.ts'
import { TCG, whole } from './shared.ts'

/** Do the layers' own numbers rise by one from the root to this layer? */
export const layersInOrder: CheckDefinition<PreparedDice> = {
  id: 'dice.layers-in-order',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: TCG('6.1.1'),
  applies: (prepared) => numbersOf(prepared).length > 1,
  run(prepared) {
    const numbers = numbersOf(prepared)
    const cites = whole(prepared)
    const found = numbers.join(' → ')
    const steps = numbers.slice(1).map((layer, i) => ({ before: numbers[i] ?? 0n, layer }))
    const params = (step: (typeof steps)[number]) => ({ before: String(step.before), layer: String(step.layer) })
    const back = steps.find(({ before, layer }) => layer <= before)
    if (back) return { outcome: 'fail', because: say('dice.layers-out-of-order', params(back)), cites, found }
    const gap = steps.find(({ before, layer }) => layer > before + 1n)
    if (gap) return { outcome: 'warn', because: say('dice.layer-missing', params(gap)), cites, found }
    return { outcome: 'pass', because: say('dice.layers-in-order.holds', { numbers: found }), cites }
  },
}

/** The highest number that each layer gives itself, nearest the root first. */
function numbersOf({ layers }: PreparedDice): bigint[] {
  return [...layers].reverse().flatMap(({ claims }) => {
    const own = claims.tcbInfos.flatMap(({ layer }) => (layer ? [layer.value] : []))
    return own.length === 0 ? [] : [own.reduce((a, b) => (a > b ? a : b))]
  })
}
