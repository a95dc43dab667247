import { expect, it } from 'vitest'
import { context, prepared } from '../testing.ts'
import { monitorKeyNotGuessable } from './monitor-key-not-guessable.ts'

const run = async (of: Parameters<typeof prepared>[0]) => monitorKeyNotGuessable.run(await prepared(of), context)

it('passes on a key from elsewhere', async () => {
  expect(await run({})).toMatchObject({ outcome: 'pass' })
})
it('fails on a key that the published boot code would make, and names the byte', async () => {
  for (const guessable of [0x00, 0x40, 0xff])
    expect(await run({ guessable })).toMatchObject({
      outcome: 'fail',
      because: {
        text: 'keystone.guessable',
        code: 'key-weak',
        params: { byte: `0x${guessable.toString(16).padStart(2, '0')}` },
      },
    })
})
it('is not checked where the report is cut off', async () => {
  expect(await run(new Uint8Array(700))).toMatchObject({ outcome: 'not-checked' })
})
