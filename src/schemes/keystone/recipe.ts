import type { MakingRecipe } from '../../core/scheme.ts'
import { chosenBytes, recipeOf } from '../../envelope/making.ts'
import { makeReport } from './attester.ts'
import { strangeDevice } from './demo-keys.ts'

/** A report of an enclave under the demonstration device. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'keystone',
    title: ['Keystone enclave report', 'Keystone enclave 报告'],
    instead: [
      'A real device keeps its key where only the boot code reaches it, and the security monitor measures the enclave’s pages. Here the page hashes a text and signs with public demonstration keys.',
      '真正的设备把密钥放在只有引导代码够得着的地方，由安全监控器度量 enclave 的各页。这里由网页对一段文字做哈希，再用公开的演示密钥签名。',
    ],
    at: '2026-01-01T00:00:00Z',
    knobs: [
      {
        id: 'program',
        kind: 'text',
        words: ['Program', '程序'],
        note: [
          'Simplified: its SHA3-512 is the enclave’s hash, without sizes, loader and runtime.',
          '简化：它的 SHA3-512 就是 enclave 的哈希，不含各个大小值、加载器和运行时。',
        ],
        value: 'print("hello")',
        bytes: 4096,
      },
      chosenBytes('userData', 1024),
      {
        id: 'key',
        kind: 'choice',
        words: ['The monitor’s key', '监控器的密钥'],
        value: 'own',
        options: [
          { value: 'own', words: ['from the whole secret', '由整个秘密生成'] },
          { value: 'guessable', words: ['as the published boot code makes it', '按公开引导代码的做法生成'] },
        ],
      },
      {
        id: 'device',
        kind: 'choice',
        words: ['Device', '设备'],
        value: 'known',
        options: [
          { value: 'known', words: ['the demonstration device', '演示设备'] },
          { value: 'strange', words: ['one that nobody knows', '无人认识的设备'] },
        ],
      },
    ],
    async make(chosen) {
      const data = chosen.hex('userData')
      const report = makeReport({
        program: chosen.text('program'),
        ...(data ? { data } : {}),
        ...(chosen.text('key') === 'guessable' ? { guessable: 0x40 } : {}),
        ...(chosen.text('device') === 'strange' ? { device: strangeDevice() } : {}),
      })
      return [{ name: 'report.bin', bytes: report }]
    },
  }),
]
