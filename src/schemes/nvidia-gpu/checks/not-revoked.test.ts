import { expect, it } from 'vitest'
import { context, prepared } from '../testing.ts'
import { notRevoked } from './not-revoked.ts'

it('is not checked while no answer of the responder is here', async () => {
  expect(await notRevoked.run(await prepared(), context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'nvidia.ocsp-missing' },
  })
})
