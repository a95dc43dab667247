import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Outcome } from '../../../core/verdict.ts'
import type { PreparedCorim } from '../prepare.ts'
import { cite, CORIM } from './shared.ts'

/** Did a key that was given, or the certificate that it carries, sign exactly this? */
export const signedByKey: CheckDefinition<PreparedCorim> = {
  id: 'corim.signed-by-key',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: CORIM('4.2'),
  applies: ({ corim }) => corim.isSigned && corim.message !== undefined,
  run(prepared) {
    const { corim, given, carried, artifact } = prepared
    const { message } = corim
    const cites = message ? cite(prepared, 'signature', rangeOf(message.signature)) : []
    const state = carried?.result ?? given?.state ?? 'none'
    if (state === 'valid' && message)
      return {
        outcome: 'pass',
        because: say('corim.signed-by-key.holds', { key: given?.key?.holder ?? '' }),
        cites,
        uses: given?.key?.source ? [given.key.source.item.artifact] : [],
        proves: [{ from: 'root', to: 'statement', by: 'signature' }],
        covers: [
          { artifact, range: rangeOf(message.protectedBytes), by: 'endorsement' },
          ...(message.payload ? [{ artifact, range: rangeOf(message.payload), by: 'endorsement' as const }] : []),
          { artifact, range: rangeOf(message.signature), by: 'signature' },
        ],
      }
    const outcome: Outcome = state === 'invalid' ? 'fail' : state === 'unsupported' ? 'unsupported' : 'not-checked'
    return {
      outcome,
      because: carried?.because ?? given?.because ?? say('key.none'),
      ...(outcome === 'not-checked' ? { code: 'key-missing' as const } : {}),
      cites,
    }
  },
}
