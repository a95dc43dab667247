import { expect, it } from 'vitest'
import { context, prepared, preparedCbor } from '../testing.ts'
import { modesNormal } from './modes-normal.ts'

it('passes where no layer says otherwise', async () => {
  expect(await modesNormal.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
  expect(await modesNormal.run(await preparedCbor(1), context)).toMatchObject({ outcome: 'pass' })
})
it('fails for debug in any layer above, and for not configured', async () => {
  expect(await modesNormal.run(await prepared({ flags: 0x10 }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'dice.debug', code: 'debug' },
  })
  expect(await modesNormal.run(await preparedCbor(2), context)).toMatchObject({ outcome: 'fail' })
  for (const mode of [0, 4, 200])
    expect(await modesNormal.run(await preparedCbor(mode), context)).toMatchObject({
      outcome: 'fail',
      because: { text: 'dice.not-configured' },
    })
})
it('warns of recovery, and hears no flag outside the mask', async () => {
  expect(await modesNormal.run(await prepared({ flags: 0x20 }), context)).toMatchObject({ outcome: 'warn' })
  expect(await modesNormal.run(await preparedCbor(3), context)).toMatchObject({ outcome: 'warn' })
  expect(await modesNormal.run(await prepared({ flags: 0x08 }), context)).toMatchObject({ outcome: 'pass' })
})
