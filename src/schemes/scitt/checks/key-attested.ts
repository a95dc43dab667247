import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { sameBytes, toHex } from '../../../bytes/layout.ts'
import type { PreparedStatement } from '../prepare.ts'
import { cite, SCITT } from './shared.ts'

/** Is the signing key the one that the guest's report names? */
export const keyAttested: CheckDefinition<PreparedStatement> = {
  id: 'scitt.signing-key-attested',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: SCITT('6'),
  applies: ({ cose }) => cose.attested !== undefined,
  run(prepared) {
    const { attested, cose } = prepared
    const cites = cose.attested ? cite(prepared, '[0].attestedsvc', cose.attested.range) : []
    const field = attested?.report?.facts.userData
    if (!attested || !field)
      return { outcome: 'not-checked', because: say('scitt.attestation-unread'), code: 'key-missing', cites }
    const holds = sameBytes(field.value.subarray(0, 32), attested.keyHash)
    return {
      outcome: holds ? 'pass' : 'fail',
      because: say(holds ? 'scitt.signing-key-attested.holds' : 'scitt.signing-key-attested.fails'),
      cites: [...cites, { artifact: attested.report?.artifact ?? 0, path: field.path, ranges: field.ranges }],
      found: toHex(field.value),
      expected: toHex(attested.keyHash),
      ...(holds && cose.attested?.key
        ? {
            covers: [
              {
                artifact: prepared.artifact,
                range: rangeOf(cose.attested.key),
                by: 'hash' as const,
              },
            ],
          }
        : {}),
    }
  },
}
