import { expect, it } from 'vitest'
import { makeToken } from '../attester.ts'
import { finding, prepared, withKeys, withoutKeys } from '../testing.ts'
import { keyLongEnough } from './key-long-enough.ts'

it('passes for a key of today, and is not asked without one', async () => {
  expect(await finding(keyLongEnough, await makeToken(), await withKeys('ear'))).toMatchObject({ outcome: 'pass' })
  expect(await finding(keyLongEnough, await makeToken())).toBe('not-applicable')
})
it('warns about a short one', async () => {
  const all = await prepared(await makeToken(), await withKeys('ear'))
  expect(keyLongEnough.run({ ...all, signature: { ...all.signature, isShort: true } }, withoutKeys)).toMatchObject({
    outcome: 'warn',
    because: { text: 'rsa.short' },
  })
})
