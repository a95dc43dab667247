import { joinBytes } from '../../bytes/der-writer.ts'
import type { MakingRecipe } from '../../core/scheme.ts'
import { digest } from '../../crypto/verify.ts'
import { chosenBytes, collateral, recipeOf, workload } from '../../envelope/making.ts'
import { filesOf } from '../../envelope/sample-files.ts'
import { signWith } from '../../pki/issue.ts'
import { makeEvidenceV0, makeEvidenceV2 } from './attester.ts'
import parts from './recipe-parts.json'

const be = (value: number, width: number) =>
  Uint8Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** (width - 1 - i)) % 256)
const sized = (bytes: Uint8Array) => joinBytes([be(bytes.length, 2), bytes])
const SHA256_ID = 0x000b

/** What the vTPM of the demonstration signs: TPMS_ATTEST over PCR 0 and 11. */
async function quoteOf(pcrs: Uint8Array, nonce: Uint8Array) {
  const message = joinBytes([
    be(0xff544347, 4),
    be(0x8018, 2),
    sized(joinBytes([be(SHA256_ID, 2), new Uint8Array(32).fill(0xa5)])),
    sized(nonce),
    be(123_456_789, 8),
    be(3, 4),
    be(0, 4),
    be(1, 1),
    be(0x20200312, 4),
    be(0x00120003, 4),
    be(1, 4),
    be(SHA256_ID, 2),
    Uint8Array.of(3, 0x01, 0x08, 0x00),
    sized(await digest('SHA-256', pcrs)),
  ])
  return { message, pcrs, signature: await signWith(parts.ak, { kind: 'rsa-pkcs1', hash: 'SHA-256' }, message) }
}

/** Evidence of a confidential VM: the hardware report is one of three that were made before, the vTPM's quote is made here. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'azure',
    title: ['Azure confidential VM (SNP and vTPM)', 'Azure 机密虚拟机（SNP 与 vTPM）'],
    instead: [
      'On a real machine the processor reports once at boot what the paravisor’s vTPM key is, and the vTPM answers from then on. Here the report was made before, and the page signs the quote with the vTPM’s public demonstration key.',
      '真机在启动时由处理器报告一次 paravisor 的 vTPM 密钥，此后由 vTPM 作答。这里的硬件报告是事先做好的，Quote 由网页用公开的 vTPM 演示密钥签名。',
    ],
    at: '2026-06-01T00:00:00Z',
    knobs: [
      {
        id: 'hardware',
        kind: 'choice',
        words: ['Hardware report', '硬件报告'],
        note: ['Made before, under the demonstration root of AMD’s kind.', '事先做好，位于 AMD 形式的演示根下。'],
        value: 'good',
        options: [
          { value: 'good', words: ['above all floors', '高于所有下限'] },
          { value: 'old', words: ['old', '旧'] },
          { value: 'debug', words: ['debugging allowed', '允许调试'] },
        ],
      },
      workload([
        'Simplified: its SHA-256 stands in PCR 11. A real PCR is extended, one event after another.',
        '简化：PCR 11 就是它的 SHA-256。真正的 PCR 由事件逐个扩展而成。',
      ]),
      chosenBytes('nonce', 64),
      {
        id: 'form',
        kind: 'choice',
        words: ['Form', '形式'],
        value: 'v2',
        options: [
          { value: 'v2', words: ['JSON, hex and base64url', 'JSON，hex 与 base64url'] },
          { value: 'v0', words: ['JSON, lists of numbers (old)', 'JSON，数字列表（旧）'] },
        ],
      },
      collateral(['The chip’s certificate and the revocation list.', '芯片证书与吊销列表。']),
    ],
    async make(chosen) {
      const kept = filesOf(parts)
      const part = (name: string) => kept.find((file) => file.name === name)?.bytes ?? new Uint8Array()
      const kind = chosen.text('hardware')
      const pcrs = joinBytes([new Uint8Array(32).fill(0x10), await digest('SHA-256', chosen.bytes('workload'))])
      const quote = await quoteOf(pcrs, chosen.hex('nonce') ?? new TextEncoder().encode('challenge'))
      const hasCollateral = chosen.isOn('collateral')
      const isOld = chosen.text('form') === 'v0'
      const evidence = {
        hcl: part(`${kind}.hcl`),
        ...quote,
        ...(hasCollateral || isOld ? { vcek: part(`${kind}.vcek`) } : {}),
      }
      return [
        { name: 'evidence.json', bytes: isOld ? makeEvidenceV0(evidence) : makeEvidenceV2(evidence) },
        ...(hasCollateral ? [{ name: 'milan.crl', bytes: part('milan.crl') }] : []),
      ]
    },
  }),
]
