import { expect, it } from 'vitest'
import { finding } from '../testing.ts'
import { profileKnown } from './profile-known.ts'

it('passes for profiles that are known here, and leaves others open', async () => {
  for (const profile of ['http://arm.com/psa/iot/1', 'tag:arm.com,2025:cca_platform#1.0.0'])
    expect(await finding(profileKnown, { profile })).toMatchObject({ outcome: 'pass' })
  expect(await finding(profileKnown, { profile: 'http://example.com/other' })).toMatchObject({ outcome: 'not-checked' })
})
