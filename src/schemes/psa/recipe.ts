import { cborArray, cborBytes, cborMap, cborText } from '../../bytes/cbor-writer.ts'
import type { MakingRecipe } from '../../core/scheme.ts'
import { digest } from '../../crypto/verify.ts'
import { chosenBytes, collateral, recipeOf, workload } from '../../envelope/making.ts'
import { demoKeyFile, makeToken } from './attester.ts'

const LIFECYCLE = { secured: 0x3000, debug: 0x4000, decommissioned: 0x6000 } as const

/** A token of a microcontroller, with the key that a reader would be given. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'psa',
    title: ['Arm PSA token', 'Arm PSA 令牌'],
    instead: [
      'A real device keeps its attestation key in its root of trust and measures its boot stages. Here the page writes the claims and signs them with a public demonstration key.',
      '真正的设备把证明密钥放在信任根里，并度量各启动阶段。这里由网页写下声明，用公开的演示密钥签名。',
    ],
    at: '2026-01-01T00:00:00Z',
    knobs: [
      {
        id: 'profile',
        kind: 'choice',
        words: ['Profile', 'Profile'],
        value: 'rfc9783',
        options: [
          { value: 'rfc9783', words: ['RFC 9783', 'RFC 9783'] },
          { value: 'first', words: ['PSA_IOT_PROFILE_1 (old)', 'PSA_IOT_PROFILE_1（旧）'] },
        ],
      },
      workload([
        'Simplified: its SHA-256 is the measurement of the one component.',
        '简化：它的 SHA-256 就是唯一组件的度量值。',
      ]),
      chosenBytes('nonce', 32),
      {
        id: 'lifecycle',
        kind: 'choice',
        words: ['State of the device', '设备状态'],
        value: 'secured',
        options: [
          { value: 'secured', words: ['secured', 'secured'] },
          { value: 'debug', words: ['debug', '调试'] },
          { value: 'decommissioned', words: ['decommissioned', '已退役'] },
        ],
      },
      collateral(['The device’s public key, as its maker would hand it out.', '设备公钥，如同厂商所给。']),
    ],
    async make(chosen) {
      const state = (['debug', 'decommissioned'] as const).find((one) => one === chosen.text('lifecycle')) ?? 'secured'
      const nonce = chosen.hex('nonce', 32)
      const measured = await digest('SHA-256', chosen.bytes('workload'))
      const component = cborMap(
        [1, cborText('ARoT')],
        [2, cborBytes(measured)],
        [4, cborText('1.0.0')],
        [5, cborBytes(new Uint8Array(32).fill(0x51))],
      )
      const token = await makeToken({
        profile: chosen.text('profile') === 'first' ? 'first' : 'rfc9783',
        lifecycle: LIFECYCLE[state],
        ...(nonce ? { nonce } : {}),
        bend: { claims: { swComponents: cborArray(component) } },
      })
      return [
        { name: 'token.cbor', bytes: token },
        ...(chosen.isOn('collateral') ? [{ name: 'key.json', bytes: demoKeyFile() }] : []),
      ]
    },
  }),
]
