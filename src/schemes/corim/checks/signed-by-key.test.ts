import { expect, it } from 'vitest'
import { demoKeys } from '../demo-keys.ts'
import { finding, prepared, withoutKey } from '../testing.ts'
import { signedByKey } from './signed-by-key.ts'

it('passes under the key that was given, also for an empty content', async () => {
  expect(await finding(signedByKey)).toMatchObject({ outcome: 'pass' })
  expect(await finding(signedByKey, { isEmpty: true })).toMatchObject({ outcome: 'pass' })
  expect((await prepared()).root.status).toBe('demonstration')
})
it('fails where a key that is known here did not sign it', async () => {
  expect(await finding(signedByKey, { signWith: demoKeys.other })).toMatchObject({ outcome: 'fail' })
})
it('misses the key, and does not arise without a signature', async () => {
  expect(await finding(signedByKey, {}, withoutKey)).toMatchObject({ outcome: 'not-checked', code: 'key-missing' })
  expect(await finding(signedByKey, { isSigned: false })).toBe('not-applicable')
})
