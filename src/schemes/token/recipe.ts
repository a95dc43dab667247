import type { MakingRecipe } from '../../core/scheme.ts'
import { chosenBytes, collateral, debug, recipeOf, type WordedKnob } from '../../envelope/making.ts'
import { demoKeySet, earClaims, ISSUED_AT, makeMaaToken, makeToken } from './attester.ts'

const HOUR = 3_600
const SECONDS = ISSUED_AT / 1000
const utf8 = (text: string) => new TextEncoder().encode(text)

const AGE: WordedKnob = {
  id: 'age',
  kind: 'number',
  words: ['Hours old', '已过小时数'],
  note: ['A token says until when it holds.', '令牌自己写明有效到何时。'],
  value: '0',
  least: 0,
  most: 87600,
}
const KEYS = collateral(['The service’s public keys, as a set.', '服务的公钥集。'])
const INSTEAD = [
  'A real service appraises evidence and signs what it concluded; you believe the service. Here the page writes the conclusion itself, with a public demonstration key.',
  '真正的服务评估证据，再对自己的结论签名；您相信的是服务。这里结论由网页自己写下，用公开的演示密钥签名。',
] as const

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Results of two services. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'ear',
    title: ['Result of a Trustee service (EAR)', 'Trustee 服务的结果（EAR）'],
    instead: INSTEAD,
    at: '2026-01-01T00:01:00Z',
    knobs: [
      {
        id: 'status',
        kind: 'choice',
        words: ['What the service concluded', '服务的结论'],
        value: 'affirming',
        options: [
          { value: 'affirming', words: ['affirming', 'affirming（肯定）'] },
          { value: 'warning', words: ['warning', 'warning（警告）'] },
          { value: 'contraindicated', words: ['contraindicated', 'contraindicated（否定）'] },
        ],
      },
      AGE,
      KEYS,
    ],
    async make(chosen) {
      const status = chosen.text('status')
      const at = SECONDS - chosen.number('age') * HOUR
      const vector =
        status === 'affirming'
          ? { configuration: 2, executables: 3, hardware: 2 }
          : status === 'warning'
            ? { executables: 33, hardware: 2 }
            : { executables: 33, hardware: 97 }
      const claims = earClaims({
        iat: at,
        nbf: at,
        exp: at + 300,
        submods: { cpu0: { 'ear.status': status, 'ear.trustworthiness-vector': vector } },
      })
      return [
        { name: 'token.jwt', bytes: utf8(await makeToken({ claims })) },
        ...(chosen.isOn('collateral') ? [{ name: 'keys.json', bytes: utf8(await demoKeySet('ear')) }] : []),
      ]
    },
  }),
  recipeOf({
    id: 'maa',
    title: ['Token of Azure Attestation', 'Azure Attestation 令牌'],
    instead: INSTEAD,
    at: '2026-01-01T00:01:00Z',
    knobs: [
      chosenBytes('reportData', 64),
      debug(['The service says whether the machine may be debugged.', '由服务说明机器是否可调试。']),
      AGE,
      KEYS,
    ],
    async make(chosen) {
      const at = SECONDS - chosen.number('age') * HOUR
      const reportData = chosen.hex('reportData', 64)
      const token = await makeMaaToken({
        iat: at,
        nbf: at,
        exp: at + 8 * HOUR,
        'x-ms-sevsnpvm-is-debuggable': chosen.isOn('debug'),
        ...(reportData ? { 'x-ms-sevsnpvm-reportdata': hexOf(reportData) } : {}),
      })
      return [
        { name: 'token.jwt', bytes: utf8(token) },
        ...(chosen.isOn('collateral') ? [{ name: 'keys.json', bytes: utf8(await demoKeySet('maa')) }] : []),
      ]
    },
  }),
]
