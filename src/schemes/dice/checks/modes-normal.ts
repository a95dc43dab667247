import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Finding } from '../../../core/verdict.ts'
import type { LayerClaims } from '../extensions.ts'
import type { PreparedDice } from '../prepare.ts'
import { TCG, whole } from './shared.ts'

/** Does every layer up to the root say that it runs as it does in the field? */
export const modesNormal: CheckDefinition<PreparedDice> = {
  id: 'dice.modes-normal',
  role: 'debug-mode',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: TCG('6.1.1'),
  applies: ({ layers }) => layers.some(({ claims }) => saysMode(claims)),
  run(prepared) {
    const found = prepared.layers.flatMap(({ name, claims }) => faults(name, claims))
    const worst = found.find(({ outcome }) => outcome === 'fail') ?? found[0]
    return worst
      ? {
          ...worst,
          cites: whole(prepared),
          found: found.map(({ because }) => String(because.params['layer'])).join(', '),
        }
      : { outcome: 'pass', because: say('dice.modes-normal.holds'), cites: whole(prepared) }
  },
}

const saysMode = ({ mode, tcbInfos }: LayerClaims) =>
  mode !== undefined || tcbInfos.some(({ flags }) => flags !== undefined)

function faults(layer: string, { mode, tcbInfos }: LayerClaims): Pick<Finding, 'outcome' | 'because'>[] {
  const flags = tcbInfos.flatMap((one) => one.flags?.value ?? [])
  const says = (name: 'notConfigured' | 'notSecure' | 'recovery' | 'debug', value: number) =>
    flags.some((flag) => flag === name) || mode?.value === value
  return [
    ...(says('debug', 2) ? [{ outcome: 'fail' as const, because: say('dice.debug', { layer }, 'debug') }] : []),
    ...(says('notConfigured', 0) ? [{ outcome: 'fail' as const, because: say('dice.not-configured', { layer }) }] : []),
    ...(says('notSecure', -1) ? [{ outcome: 'fail' as const, because: say('dice.not-secure', { layer }) }] : []),
    ...(says('recovery', 3) ? [{ outcome: 'warn' as const, because: say('dice.recovery', { layer }) }] : []),
  ]
}
