import type { MakingRecipe } from '../../core/scheme.ts'
import { debug, recipeOf } from '../../envelope/making.ts'
import { makeChain, makeLegacyReport } from './attester.ts'

const NO_DEBUG = 0x1
const ENCRYPTED_STATE = 0x4

/** A report of SEV or SEV-ES with its chain. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'sev',
    title: ['AMD SEV report (legacy)', 'AMD SEV 证明报告（旧）'],
    instead: [
      'On a real chip the security processor signs with the platform’s key, and AMD’s chain vouches for it. Here the page signs, with public demonstration keys.',
      '真芯片上由安全处理器用平台密钥签名，AMD 的证书链为其担保。这里由网页用公开的演示密钥签名。',
    ],
    at: '2026-06-01T00:00:00Z',
    knobs: [
      debug(['NODBG is bit 0 of the policy; debugging clears it.', '策略的第 0 位 NODBG；允许调试即清零。']),
      {
        id: 'generation',
        kind: 'choice',
        words: ['Generation', '代次'],
        value: 'es',
        options: [
          { value: 'es', words: ['SEV-ES: registers are encrypted too', 'SEV-ES：寄存器也加密'] },
          { value: 'sev', words: ['SEV (old)', 'SEV（旧）'] },
        ],
      },
    ],
    async make(chosen) {
      const policy = (chosen.isOn('debug') ? 0 : NO_DEBUG) | (chosen.text('generation') === 'es' ? ENCRYPTED_STATE : 0)
      return [
        { name: 'report.bin', bytes: await makeLegacyReport({ policy }) },
        ...(await makeChain()).map(([name, bytes]) => ({ name, bytes })),
      ]
    },
  }),
]
