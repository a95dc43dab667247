import type { MakingRecipe } from '../../core/scheme.ts'
import { digest } from '../../crypto/verify.ts'
import { chosenBytes, collateral, recipeOf, workload } from '../../envelope/making.ts'
import { encodePem } from '../../envelope/pem.ts'
import { spkiOf } from '../../pki/issue.ts'
import { asStructure, demoPcrs, makeQuote } from './attester.ts'
import { demoAk } from './demo-keys.ts'

/** A bare quote: its key is anybody’s until something vouches for it. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'tpm',
    title: ['TPM 2.0 quote', 'TPM 2.0 Quote'],
    instead: [
      'A real TPM signs inside itself, over registers that can only be extended, with a key that its maker or a cloud vouches for. Here the page signs, and nobody vouches for the key.',
      '真正的 TPM 在内部签名，覆盖只能扩展的寄存器，密钥由厂商或云担保。这里由网页签名，没有谁替这把密钥担保。',
    ],
    at: '2026-06-01T00:00:00Z',
    knobs: [
      workload([
        'Simplified: its SHA-256 stands in PCR 11. A real PCR is extended, one event after another.',
        '简化：PCR 11 就是它的 SHA-256。真正的 PCR 由事件逐个扩展而成。',
      ]),
      chosenBytes('nonce', 64),
      {
        id: 'clock',
        kind: 'flag',
        words: ['The TPM’s clock was stopped orderly', 'TPM 时钟有序停止'],
        note: ['Off: time may have been lost since it was last kept.', '关闭：自上次保存以来可能丢失了时间。'],
        value: 'on',
      },
      {
        id: 'hash',
        kind: 'choice',
        words: ['Hash of the signature', '签名所用哈希'],
        value: 'SHA-256',
        options: [
          { value: 'SHA-256', words: ['SHA-256', 'SHA-256'] },
          { value: 'SHA-1', words: ['SHA-1 (old)', 'SHA-1（旧）'] },
        ],
      },
      collateral(['The attestation key, bare.', '证明密钥本身，不带证书。']),
    ],
    async make(chosen) {
      const values = demoPcrs()
      values.set(await digest('SHA-256', chosen.bytes('workload')), 11 * 32)
      const nonce = chosen.hex('nonce')
      const hash = chosen.text('hash') === 'SHA-1' ? 'SHA-1' : 'SHA-256'
      const { message, signature } = await makeQuote({
        values,
        hash,
        safe: chosen.isOn('clock'),
        ...(nonce ? { nonce } : {}),
      })
      return [
        { name: 'quote.msg', bytes: message },
        { name: 'quote.sig', bytes: asStructure(signature, hash === 'SHA-1' ? 0x0004 : 0x000b) },
        ...(chosen.isOn('collateral')
          ? [{ name: 'ak.pem', bytes: new TextEncoder().encode(encodePem('PUBLIC KEY', spkiOf(demoAk))) }]
          : []),
      ]
    },
  }),
]
