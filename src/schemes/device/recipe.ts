import { joinBytes } from '../../bytes/der-writer.ts'
import type { MakingRecipe } from '../../core/scheme.ts'
import { recipeOf } from '../../envelope/making.ts'
import { makeAndroidChain, makeAppAttest, makeStatusList } from './attester.ts'
import { AT } from './samples.ts'

const CHALLENGE = 'a challenge of the demonstration'

/** Statements of phones. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'android',
    title: ['Android Key Attestation', 'Android 密钥证明'],
    instead: [
      'On a real phone the keystore’s hardware makes the key and describes it; Google certified that hardware. Here the page writes the description, with public demonstration keys.',
      '真手机上由 KeyStore 硬件生成密钥并加以描述，硬件由 Google 认证。这里由网页写下描述，使用公开的演示密钥。',
    ],
    at: AT,
    knobs: [
      {
        id: 'level',
        kind: 'choice',
        words: ['Where the key lives', '密钥所在'],
        value: '1',
        options: [
          { value: '1', words: ['trusted environment', 'TrustedEnvironment'] },
          { value: '2', words: ['StrongBox', 'StrongBox'] },
          { value: '0', words: ['software only', 'Software（仅软件）'] },
        ],
      },
      {
        id: 'boot',
        kind: 'choice',
        words: ['How the phone booted', '启动状态'],
        value: 'locked',
        options: [
          { value: 'locked', words: ['locked, verified', '已锁定，已验证'] },
          { value: 'unlocked', words: ['unlocked, like for debugging', '已解锁，如同调试'] },
        ],
      },
      {
        id: 'revoked',
        kind: 'flag',
        words: ['A certificate on the status list', '有证书列入状态名单'],
        note: ['Old: its key has become known.', '旧：它的密钥已经泄露。'],
        value: 'off',
      },
    ],
    async make(chosen) {
      const isLocked = chosen.text('boot') === 'locked'
      const chain = await makeAndroidChain({
        level: chosen.number('level'),
        ...(isLocked ? {} : { locked: false, state: 2 }),
      })
      return [
        { name: 'chain.der', bytes: joinBytes(chain) },
        { name: 'status.json', bytes: chosen.isOn('revoked') ? makeStatusList('1') : makeStatusList() },
      ]
    },
  }),
  recipeOf({
    id: 'app-attest',
    title: ['Apple App Attest', 'Apple App Attest'],
    instead: [
      'On a real phone the Secure Enclave makes the key and Apple certifies it for this app. Here the page does both, with public demonstration keys.',
      '真手机上由 Secure Enclave 生成密钥，Apple 为该应用认证。这里两样都由网页用公开的演示密钥完成。',
    ],
    at: AT,
    knobs: [
      {
        id: 'challenge',
        kind: 'text',
        words: ['Challenge', 'Challenge'],
        value: CHALLENGE,
        bytes: 256,
      },
      {
        id: 'environment',
        kind: 'choice',
        words: ['Environment', '环境'],
        value: 'appattest',
        options: [
          { value: 'appattest', words: ['production', '正式'] },
          { value: 'appattestdevelop', words: ['development', '开发'] },
        ],
      },
      {
        id: 'counter',
        kind: 'number',
        words: ['Counter', '计数器'],
        note: ['A fresh attestation has zero.', '新的证明应为零。'],
        value: '0',
        least: 0,
        most: 65535,
      },
    ],
    async make(chosen) {
      const challenge = chosen.text('challenge')
      return [
        {
          name: 'attestation.cbor',
          bytes: await makeAppAttest({
            challenge,
            aaguid: chosen.text('environment'),
            counter: chosen.number('counter'),
          }),
        },
        { name: 'challenge.txt', bytes: new TextEncoder().encode(challenge) },
      ]
    },
  }),
]
