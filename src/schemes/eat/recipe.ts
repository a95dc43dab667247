import type { MakingRecipe } from '../../core/scheme.ts'
import { chosenBytes, collateral, recipeOf } from '../../envelope/making.ts'
import { demoKeyFile, ISSUED_AT, makeCwt } from './attester.ts'

const HOUR = 3_600_000
const STATES = ['enabled', 'disabled', 'disabled-since-boot', 'disabled-permanently', 'disabled-fully-and-permanently']

/** A token as a CWT, with the key that a reader would be given. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'eat',
    title: ['Entity Attestation Token (CWT)', '实体证明令牌（EAT，CWT）'],
    instead: [
      'A real entity fills in what its hardware knows of itself and signs inside it. Here the page writes the claims and signs them with a public demonstration key.',
      '真正的实体填入硬件对自身的了解，并在内部签名。这里由网页写下声明，用公开的演示密钥签名。',
    ],
    at: '2026-01-01T00:30:00Z',
    knobs: [
      chosenBytes('nonce', 32),
      {
        id: 'debugState',
        kind: 'choice',
        words: ['Debug state', '调试状态'],
        value: '3',
        options: STATES.map((name, value) => ({ value: String(value), words: [name, name] as const })),
      },
      {
        id: 'age',
        kind: 'number',
        words: ['Hours old', '已过小时数'],
        note: ['It lives for one hour.', '有效期一小时。'],
        value: '0',
        least: 0,
        most: 87600,
      },
      collateral(['The public key, as its maker would hand it out.', '公钥，如同厂商所给。']),
    ],
    async make(chosen) {
      const nonce = chosen.hex('nonce', 32)
      const token = await makeCwt({
        debugState: chosen.number('debugState'),
        issuedAt: ISSUED_AT - chosen.number('age') * HOUR,
        ...(nonce ? { nonce } : {}),
      })
      return [
        { name: 'token.cbor', bytes: token },
        ...(chosen.isOn('collateral') ? [{ name: 'key.json', bytes: demoKeyFile() }] : []),
      ]
    },
  }),
]
