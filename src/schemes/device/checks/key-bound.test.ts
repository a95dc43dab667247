import { expect, it } from 'vitest'
import { demoKeys } from '../attester.ts'
import { appAttest, context, packed } from '../testing.ts'
import { keyBound } from './key-bound.ts'

it('passes for the key in the certificate, under its own name', async () => {
  expect(await keyBound.run(await appAttest(), context)).toMatchObject({ outcome: 'pass' })
  expect(await keyBound.run(await packed(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails for another key, and for another model', async () => {
  expect(await keyBound.run(await appAttest({ certified: demoKeys.other }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'webauthn.key-other' },
  })
  expect(await keyBound.run(await packed({ certificateAaguid: 'another model 16' }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'webauthn.aaguid-other' },
  })
})
it('is not asked where the signature itself binds the key', async () => {
  expect(keyBound.applies?.(await packed({ self: true }))).toBe(false)
})
