import { expect, it } from 'vitest'
import { makeStatement } from '../attester.ts'
import { finding } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('passes with and without the tag', async () => {
  expect(await finding(wellFormed)).toMatchObject({ outcome: 'pass' })
  expect(await finding(wellFormed, { isTagged: false })).toMatchObject({ outcome: 'pass' })
})
it('fails where bytes are missing, or follow', async () => {
  const whole = await makeStatement()
  expect(await finding(wellFormed, whole.slice(0, -1))).toMatchObject({ outcome: 'fail' })
  expect(await finding(wellFormed, Uint8Array.from([...whole, 0]))).toMatchObject({
    outcome: 'fail',
    because: { text: 'cbor.trailing' },
  })
})
