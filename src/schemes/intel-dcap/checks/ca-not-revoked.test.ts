import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { caNotRevoked } from './ca-not-revoked.ts'

it("passes when the root's list does not name it", async () => {
  expect(await findingOf(caNotRevoked)).toMatchObject({ outcome: 'pass' })
})
it('fails when it is listed', async () => {
  expect(
    await findingOf(caNotRevoked, { rootCrl: { revoked: [{ serial: 2, at: '2026-02-01T00:00:00Z' }] } }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'intel.pck-ca-revoked' } })
})
it('is not checked without the list', async () => {
  expect(await findingOf(caNotRevoked, {}, { without: ['rootCrl'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'revocation.missing' },
  })
})
