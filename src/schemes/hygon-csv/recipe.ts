import type { MakingRecipe } from '../../core/scheme.ts'
import { sm3 } from '../../crypto/sm3.ts'
import { chosenBytes, collateral, debug, recipeOf, workload } from '../../envelope/making.ts'
import { makeHskCek, makeReportV1, makeReportV2 } from './attester.ts'
import { AT } from './samples.ts'

const NO_DEBUG = 0x01
const ENCRYPTED_STATE = 0x04
const CSV3 = 0x40

/** A report with the certificates that Hygon's server answers for a chip. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'csv',
    title: ['Hygon CSV report', '海光 CSV 认证报告'],
    instead: [
      'On a real chip the security processor measures the guest and signs by SM2; HSK and CEK come from Hygon’s server. Here the page signs, with public demonstration keys.',
      '真芯片上由安全处理器度量虚拟机并以 SM2 签名，HSK 与 CEK 取自海光服务器。这里由网页用公开的演示密钥签名。',
    ],
    at: AT,
    knobs: [
      {
        id: 'version',
        kind: 'choice',
        words: ['Version of the report', '报告版本'],
        value: 'v1',
        options: [
          { value: 'v1', words: ['1, with a mask', '1，带掩码'] },
          { value: 'v2', words: ['2 (CSV3), with registers', '2（CSV3），带寄存器'] },
        ],
      },
      workload([
        'Simplified: its SM3 is the measurement. Real firmware digests the memory of the guest.',
        '简化：它的 SM3 就是度量值。真正的固件会计算虚拟机的内存。',
      ]),
      chosenBytes('reportData', 64),
      debug(['NODBG is bit 0 of the policy; debugging clears it.', '策略的第 0 位 NODBG；允许调试即清零。']),
      {
        id: 'generation',
        kind: 'choice',
        words: ['Generation', '代次'],
        value: 'csv3',
        options: [
          { value: 'csv3', words: ['CSV3', 'CSV3'] },
          { value: 'csv2', words: ['CSV2', 'CSV2'] },
          { value: 'csv1', words: ['CSV1 (old)', 'CSV1（旧）'] },
        ],
      },
      collateral(['HSK and CEK, as Hygon’s server answers.', 'HSK 与 CEK，如同海光服务器所给。']),
    ],
    async make(chosen) {
      const generation = chosen.text('generation')
      const reportData = chosen.hex('reportData', 64)
      const recipe = {
        policy:
          (chosen.isOn('debug') ? 0 : NO_DEBUG) |
          (generation === 'csv1' ? 0 : ENCRYPTED_STATE) |
          (generation === 'csv3' ? CSV3 : 0),
        measure: sm3(chosen.bytes('workload')),
        ...(reportData ? { reportData } : {}),
      }
      const report = chosen.text('version') === 'v2' ? await makeReportV2(recipe) : await makeReportV1(recipe)
      return [
        { name: 'report.bin', bytes: report },
        ...(chosen.isOn('collateral') ? [{ name: 'hsk_cek.cert', bytes: makeHskCek() }] : []),
      ]
    },
  }),
]
