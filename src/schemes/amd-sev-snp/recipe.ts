import type { MakingRecipe } from '../../core/scheme.ts'
import { digest } from '../../crypto/verify.ts'
import { chosenBytes, collateral, debug, recipeOf, reportHash, reportText, workload } from '../../envelope/making.ts'
import { GOOD_TCB, makeLeaf, makeReport, OLD_TCB, PLAIN_POLICY } from './attester.ts'
import { issueDemoCrl } from './demo-authorities.ts'
import type { Product } from './product.ts'
import { SAMPLE_AT } from './samples.ts'

const PRODUCTS: readonly Product[] = ['Milan', 'Genoa', 'Turin']
const HASHES = ['SHA-256', 'SHA-384', 'SHA-512'] as const
const DEBUG = 1n << 19n
const SMT = 1n << 16n

/** A report with the chip's certificate and the list of its authority. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'snp',
    title: ['AMD SEV-SNP report', 'AMD SEV-SNP 证明报告'],
    instead: [
      'A real report is signed inside the processor by a key that AMD certified for this chip and these versions. Here the page signs it, with public demonstration keys.',
      '真正的报告在处理器内部签名，密钥由 AMD 为这颗芯片和这些版本认证。这里由网页用公开的演示密钥签名。',
    ],
    at: SAMPLE_AT,
    knobs: [
      {
        id: 'product',
        kind: 'choice',
        words: ['Processor', '处理器'],
        value: 'Milan',
        options: PRODUCTS.map((value) => ({ value, words: [value, value] as const })),
      },
      {
        id: 'version',
        kind: 'number',
        words: ['Version of the report', '报告版本'],
        note: ['2, 3 or 5 are seen in practice.', '实际见到的是 2、3、5。'],
        value: '3',
        least: 2,
        most: 5,
      },
      {
        id: 'key',
        kind: 'choice',
        words: ['Signed by', '签署密钥'],
        value: 'VCEK',
        options: [
          { value: 'VCEK', words: ['the chip’s key (VCEK)', '芯片的密钥（VCEK）'] },
          { value: 'VLEK', words: ['the provider’s key (VLEK)', '云服务商的密钥（VLEK）'] },
        ],
      },
      workload([
        'Simplified: its SHA-384 is the measurement. Real firmware digests every page as it is added.',
        '简化：它的 SHA-384 就是度量值。真正的固件会逐页计算。',
      ]),
      reportText,
      reportHash,
      {
        ...chosenBytes('reportData', 64),
        note: ['Where there is no text: up to 64 bytes, hex.', '没有文字时使用：最多 64 字节，十六进制。'],
      },
      debug(['Bit 19 of the policy.', '策略的第 19 位。']),
      {
        id: 'smt',
        kind: 'flag',
        words: ['Two threads a core allowed', '允许每核双线程'],
        note: ['Bit 16 of the policy.', '策略的第 16 位。'],
        value: 'on',
      },
      {
        id: 'tcb',
        kind: 'choice',
        words: ['Versions of the platform', '平台版本'],
        note: ['Above all known floors, or below several.', '高于所有已知下限，或低于其中几项。'],
        value: 'good',
        options: [
          { value: 'good', words: ['above all floors', '高于所有下限'] },
          { value: 'old', words: ['old', '旧'] },
        ],
      },
      {
        id: 'revoked',
        kind: 'flag',
        words: ['The authority in between revoked', '中间机构被吊销'],
        value: 'off',
      },
      collateral(['The chip’s certificate and the revocation list.', '芯片证书与吊销列表。']),
    ],
    async make(chosen) {
      const product = PRODUCTS.find((one) => one === chosen.text('product')) ?? 'Milan'
      const kind = chosen.text('key') === 'VLEK' ? 'VLEK' : 'VCEK'
      const tcb = (chosen.text('tcb') === 'old' ? OLD_TCB : GOOD_TCB)[product]
      const hash = HASHES.find((one) => one === chosen.text('reportHash')) ?? 'SHA-512'
      const said = chosen.text('reportText')
      const report = await makeReport({
        product,
        kind,
        tcb,
        version: chosen.number('version'),
        policy: (PLAIN_POLICY & ~SMT) | (chosen.isOn('smt') ? SMT : 0n) | (chosen.isOn('debug') ? DEBUG : 0n),
        measurement: await digest('SHA-384', chosen.bytes('workload')),
        reportData:
          said === ''
            ? (chosen.hex('reportData', 64) ?? new Uint8Array(64))
            : await digest(hash, new TextEncoder().encode(said)),
        ...(product === 'Turin' ? { platformInfo: 0x67n, mitigations: 0x3fn } : {}),
      })
      const authority = kind === 'VLEK' ? 'asvk' : 'ask'
      const revoked = chosen.isOn('revoked') ? [{ authority, at: Date.parse('2026-05-01T00:00:00Z') } as const] : []
      return [
        { name: 'report.bin', bytes: report },
        ...(chosen.isOn('collateral')
          ? [
              { name: `${kind.toLowerCase()}.der`, bytes: await makeLeaf({ product, kind, tcb }) },
              { name: `${product.toLowerCase()}.crl`, bytes: await issueDemoCrl(product, { revoked }) },
            ]
          : []),
      ]
    },
  }),
]
