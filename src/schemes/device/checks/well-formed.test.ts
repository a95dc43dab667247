import { expect, it } from 'vitest'
import { makeAppAttest } from '../attester.ts'
import { FORMATS } from '../formats.ts'
import { prepareAttestation } from '../prepare.ts'
import { appAttest, context, itemOf } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('passes on a whole object', async () => {
  expect(await wellFormed.run(await appAttest(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails at every shorter length, and where authenticator data has bytes too many or too few', async () => {
  const whole = await makeAppAttest()
  for (let length = 1; length < whole.length; length += 37) {
    const item = itemOf(0, FORMATS.attestation, whole.subarray(0, length))
    expect(await wellFormed.run(await prepareAttestation(item, context), context), String(length)).toMatchObject({
      outcome: 'fail',
    })
  }
  const longer = await appAttest({ bend: (data) => Uint8Array.from([...data, 0]) })
  expect(await wellFormed.run(longer, context)).toMatchObject({ outcome: 'fail' })
  const shorter = await appAttest({ bend: (data) => data.subarray(0, 60) })
  expect(await wellFormed.run(shorter, context)).toMatchObject({ outcome: 'fail' })
})
