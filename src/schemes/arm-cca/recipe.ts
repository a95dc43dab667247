import { cborBytes } from '../../bytes/cbor-writer.ts'
import type { MakingRecipe } from '../../core/scheme.ts'
import { digest } from '../../crypto/verify.ts'
import { chosenBytes, collateral, recipeOf, workload } from '../../envelope/making.ts'
import { demoKeyFile, makeToken } from './attester.ts'

const INITIAL_MEASUREMENT = 44238
const LIFECYCLE = { secured: 0x3003, debug: 0x4003, recoverable: 0x5003 } as const

/** A token of platform and realm, with the key that a reader would be given. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'cca',
    title: ['Arm CCA token', 'Arm CCA 令牌'],
    instead: [
      'On a real machine the RMM measures the realm and the platform’s root of trust signs. Who holds the key that the platform is checked by decides whom you believe; here it is a public demonstration key.',
      '真机上由 RMM 度量 realm，由平台的信任根签名。验证平台用的密钥由谁掌握，决定您相信谁；这里用的是公开的演示密钥。',
    ],
    at: '2026-01-01T00:00:00Z',
    knobs: [
      {
        id: 'form',
        kind: 'choice',
        words: ['Form', '形式'],
        note: [
          'The oldest has a bare key and no profile of the realm.',
          '最旧的形式只放裸密钥，没有 realm 的 profile。',
        ],
        value: 'new',
        options: [
          { value: 'new', words: ['tag 399, profiles', '标签 399，带 profile'] },
          { value: 'legacy', words: ['tag 399, oldest', '标签 399，最旧'] },
          { value: 'cmw', words: ['tag 907, records', '标签 907，记录'] },
        ],
      },
      workload([
        'Simplified: its SHA-256 is the initial measurement (RIM).',
        '简化：它的 SHA-256 就是初始度量值（RIM）。',
      ]),
      chosenBytes('nonce', 64),
      {
        id: 'lifecycle',
        kind: 'choice',
        words: ['State of the platform', '平台状态'],
        value: 'secured',
        options: [
          { value: 'secured', words: ['secured', 'secured'] },
          { value: 'debug', words: ['debug, not of its root', '调试（不含信任根）'] },
          { value: 'recoverable', words: ['debug of its root', '可调试信任根'] },
        ],
      },
      {
        id: 'bound',
        kind: 'flag',
        words: ['Platform vouches for the realm’s key', '平台替 realm 密钥担保'],
        note: ['Off: a platform token of another request.', '关闭：换成另一次请求的平台令牌。'],
        value: 'on',
      },
      collateral(['The platform’s public key, as its maker would hand it out.', '平台公钥，如同厂商所给。']),
    ],
    async make(chosen) {
      const form = (['legacy', 'cmw'] as const).find((one) => one === chosen.text('form')) ?? 'new'
      const state = (['debug', 'recoverable'] as const).find((one) => one === chosen.text('lifecycle')) ?? 'secured'
      const challenge = chosen.hex('nonce', 64)
      const measurement = await digest('SHA-256', chosen.bytes('workload'))
      const token = await makeToken({
        form,
        lifecycle: LIFECYCLE[state],
        ...(challenge ? { challenge } : {}),
        bend: {
          realmClaims: [[INITIAL_MEASUREMENT, cborBytes(measurement)]],
          ...(chosen.isOn('bound') ? {} : { platformChallenge: new Uint8Array(32).fill(7) }),
        },
      })
      return [
        { name: 'token.cbor', bytes: token },
        ...(chosen.isOn('collateral') ? [{ name: 'cpak.json', bytes: demoKeyFile() }] : []),
      ]
    },
  }),
]
