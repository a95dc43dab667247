import { joinBytes } from '../../bytes/der-writer.ts'
import type { MakingRecipe } from '../../core/scheme.ts'
import { debug, recipeOf } from '../../envelope/making.ts'
import { makeCborChain, makeChain } from './attester.ts'
import { AT } from './samples.ts'

const DEBUG_FLAG = 0x10

/** A chain of layers, as certificates. */
export const recipes: readonly MakingRecipe[] = [
  recipeOf({
    id: 'dice',
    title: ['DICE layers (X.509)', 'DICE 层级（X.509）'],
    instead: [
      'In a real device each layer derives the next one’s key from a measurement of it, down from a secret in the fuses. Here the keys are public and fixed.',
      '真正的设备里，每一层用下一层的度量值派生它的密钥，最初的秘密在熔丝中。这里的密钥是公开且固定的。',
    ],
    at: AT,
    knobs: [
      debug(['A flag of the second layer.', '第二层的一个标志位。']),
      {
        id: 'svn',
        kind: 'number',
        words: ['Security version of the firmware', '固件安全版本号'],
        note: ['You say what is too old: expect a minimum.', '何为太旧由您决定：请设定最低值。'],
        value: '9',
        least: 0,
        most: 255,
      },
      {
        id: 'gap',
        kind: 'flag',
        words: ['A layer left out', '缺少一层'],
        note: ['The layers number themselves 0, 1, 3.', '各层自编号为 0、1、3。'],
        value: 'off',
      },
    ],
    async make(chosen) {
      const chain = await makeChain({
        flags: chosen.isOn('debug') ? DEBUG_FLAG : 0,
        svn: chosen.number('svn'),
        numbers: [0, 1, chosen.isOn('gap') ? 3 : 2],
      })
      return [{ name: 'chain.der', bytes: joinBytes(chain) }]
    },
  }),
  recipeOf({
    id: 'open-dice',
    title: ['Open Profile for DICE (CBOR)', 'Open Profile for DICE（CBOR）'],
    instead: [
      'In a real device each layer derives the next one’s key from a measurement of it. Here the keys are public and fixed.',
      '真正的设备里，每一层用下一层的度量值派生它的密钥。这里的密钥是公开且固定的。',
    ],
    at: AT,
    knobs: [
      {
        id: 'mode',
        kind: 'choice',
        words: ['Mode', '模式'],
        value: '1',
        options: [
          { value: '1', words: ['normal', 'normal（正常）'] },
          { value: '2', words: ['debug', 'debug（调试）'] },
          { value: '3', words: ['recovery', 'recovery（恢复）'] },
          { value: '0', words: ['not configured', 'not configured（未配置）'] },
        ],
      },
    ],
    make: async (chosen) => [{ name: 'chain.cbor', bytes: await makeCborChain(chosen.number('mode')) }],
  }),
]
