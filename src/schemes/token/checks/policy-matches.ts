import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { textClaim } from '../decoded.ts'
import type { PreparedToken } from '../prepare.ts'
import { citeOf, MAA } from './shared.ts'

/** Is the policy that the service applied among the files? A custom policy can add any claim. */
export const policyMatches: CheckDefinition<PreparedToken> = {
  id: 'maa.policy-matches',
  layer: 8,
  weight: 'notes',
  dependsOn: [],
  spec: MAA('x-ms-policy-hash'),
  applies: ({ token }) =>
    (textClaim(token, 'x-ms-policy-hash') ?? textClaim(token, 'x-ms-policy-token-hash')) !== undefined,
  run(prepared) {
    const hash = textClaim(prepared.token, 'x-ms-policy-hash') ?? textClaim(prepared.token, 'x-ms-policy-token-hash')
    const shown = { cites: citeOf(prepared, hash), found: hash?.value ?? '' }
    const file = prepared.policyFile
    return file
      ? {
          outcome: 'pass',
          because: say('maa.policy-matches.holds', { name: file.name }),
          uses: [file.artifact],
          ...shown,
          cites: [...shown.cites, { artifact: file.artifact, path: '', ranges: [rangeOf(file.slice)] }],
        }
      : { outcome: 'not-checked', because: say('maa.policy-unknown'), ...shown }
  },
}
