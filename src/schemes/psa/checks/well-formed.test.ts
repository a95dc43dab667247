import { expect, it } from 'vitest'
import { cborMap } from '../../../bytes/cbor-writer.ts'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { makeToken } from '../attester.ts'
import { context, prepared } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('passes on a whole token, signed or with a MAC', async () => {
  for (const mac of [false, true])
    expect(await wellFormed.run(await prepared({ mac }), context)).toMatchObject({ outcome: 'pass' })
})
it('fails at every shorter length, and on other things', async () => {
  const whole = await makeToken()
  for (let length = 0; length < whole.length; length += 3)
    expect(await wellFormed.run(await prepared({}, context, whole.subarray(0, length)), context)).toMatchObject({
      outcome: 'fail',
    })
  expect(await wellFormed.run(await prepared({}, context, cborMap()), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'cose.structure' },
  })
  expect(
    await wellFormed.run(
      await prepared({ bend: { payload: (payload) => joinBytes([payload, Uint8Array.of(0)]) } }),
      context,
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'cbor.trailing' } })
})
