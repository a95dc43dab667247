import type { MakingRecipe } from '../../core/scheme.ts'
import { digest } from '../../crypto/verify.ts'
import { chosenBytes, debug, recipeOf, workload } from '../../envelope/making.ts'
import { demoPcr, makeDocument, MADE_AT } from './attester.ts'

const HOUR = 3_600_000

/** A document of an enclave. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'nitro',
    title: ['AWS Nitro Enclaves document', 'AWS Nitro Enclaves 证明文档'],
    instead: [
      'The hypervisor of a real instance measures the image while it loads it, and signs with a key whose certificate lives for three hours. Here the page measures and signs, with public demonstration keys.',
      '真实实例的虚拟机管理程序在载入镜像时度量，并用证书只有三小时有效期的密钥签名。这里由网页用公开的演示密钥度量和签名。',
    ],
    at: '2026-01-01T00:30:00Z',
    knobs: [
      workload([
        'Simplified: its SHA-384 stands in PCR0. Real PCRs are extended with kernel, ramdisk and application.',
        '简化：PCR0 就是它的 SHA-384。真正的 PCR 由内核、ramdisk 和应用逐步扩展而成。',
      ]),
      {
        id: 'said',
        kind: 'text',
        words: ['User data', '用户数据'],
        note: ['As it stands: the program chooses it.', '原样放入：由程序选定。'],
        value: 'chosen by the enclave',
        bytes: 512,
      },
      chosenBytes('nonce', 512),
      debug(['An enclave started for debugging has zeros in its PCRs.', '以调试方式启动的 enclave，PCR 全为零。']),
      {
        id: 'age',
        kind: 'number',
        words: ['Hours old', '已过小时数'],
        note: [
          'Its certificate lives for three hours; what is older shows that it was once so.',
          '证书有效三小时；更旧的只能说明当时如此。',
        ],
        value: '0',
        least: 0,
        most: 87600,
      },
    ],
    async make(chosen) {
      const isDebug = chosen.isOn('debug')
      const nonce = chosen.hex('nonce')
      const document = await makeDocument({
        debug: isDebug,
        madeAt: MADE_AT - chosen.number('age') * HOUR,
        userData: chosen.bytes('said'),
        ...(nonce ? { nonce } : {}),
        ...(isDebug
          ? {}
          : {
              pcrs: {
                0: await digest('SHA-384', chosen.bytes('workload')),
                1: demoPcr(1),
                2: demoPcr(2),
                4: demoPcr(4),
              },
            }),
      })
      return [{ name: 'document.cose', bytes: document }]
    },
  }),
]
