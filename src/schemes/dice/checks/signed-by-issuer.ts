import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Coverage, TrustEdge } from '../../../core/verdict.ts'
import type { PreparedDice } from '../prepare.ts'
import { TCG, whole } from './shared.ts'

/** Did the layer below (or the given key) sign this layer's certificate? */
export const signedByIssuer: CheckDefinition<PreparedDice> = {
  id: 'dice.signed-by-issuer',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: TCG('5'),
  run(prepared) {
    const { own, binds } = prepared
    const cites = whole(prepared)
    const proves = edges(prepared)
    switch (own.outcome) {
      case 'pass':
        return {
          outcome: 'pass',
          because: say('dice.signed-by-issuer.holds'),
          cites,
          proves,
          covers: covered(prepared),
          binds: binds.filter((one) => one !== prepared.artifact),
          bindsBy: 'key',
        }
      case 'fail':
        return { outcome: 'fail', because: own.because, code: 'signature', cites, proves }
      case 'unsupported':
        return { outcome: 'unsupported', because: own.because, cites }
      case 'not-checked':
        return { outcome: 'not-checked', because: own.because, cites, remedy: say('dice.give-issuer') }
    }
  },
}

function edges({ nodes }: PreparedDice): TrustEdge[] {
  return nodes.slice(1).map((node, i) => ({ from: nodes[i]?.id ?? '', to: node.id, by: 'signature' }))
}

function covered({ artifact, dice }: PreparedDice): Coverage[] {
  if (dice.certificate)
    return [
      { artifact, range: rangeOf(dice.certificate.tbs), by: 'endorsement' },
      { artifact, range: rangeOf(dice.certificate.signature), by: 'signature' },
    ]
  return dice.layers.flatMap(({ message }): Coverage[] =>
    message
      ? [
          { artifact, range: rangeOf(message.protectedBytes), by: 'endorsement' },
          ...(message.payload ? [{ artifact, range: rangeOf(message.payload), by: 'endorsement' as const }] : []),
          { artifact, range: rangeOf(message.signature), by: 'signature' },
        ]
      : [],
  )
}
