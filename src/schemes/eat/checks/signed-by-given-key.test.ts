import { expect, it } from 'vitest'
import { demoKeys } from '../attester.ts'
import { context, prepared, withoutKey } from '../testing.ts'
import { signedByGivenKey } from './signed-by-given-key.ts'

it('passes under the key that was given', async () => {
  expect(await signedByGivenKey.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when another key signed it', async () => {
  expect(await signedByGivenKey.run(await prepared({ bend: { signWith: demoKeys.other } }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'signature.mismatch' },
  })
})
it('is not checked without a key, and cannot check a MAC', async () => {
  expect(await signedByGivenKey.run(await prepared({}, withoutKey), withoutKey)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'eat.key-unknown' },
  })
  expect(await signedByGivenKey.run(await prepared({ mac: true }), context)).toMatchObject({
    outcome: 'unsupported',
    because: { text: 'eat.mac' },
  })
})
