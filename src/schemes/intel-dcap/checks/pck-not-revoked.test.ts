import { expect, it } from 'vitest'
import { attackerKey } from '../demo-keys.ts'
import { demoPlatform, makeCase } from '../attester.ts'
import { findingOf } from '../testing.ts'
import { pckNotRevoked } from './pck-not-revoked.ts'

const listed = { revoked: [{ serial: demoPlatform('td10').serial, at: '2026-05-20T00:00:00Z', reason: 1 }] }

it('passes when a current list does not name it', async () => {
  expect(await findingOf(pckNotRevoked)).toMatchObject({ outcome: 'pass' })
})
it('fails when it is listed, in a stale list and after the chosen time too', async () => {
  expect(await findingOf(pckNotRevoked, { pckCrl: listed })).toMatchObject({
    outcome: 'fail',
    because: { text: 'intel.pck-revoked' },
  })
  expect(await findingOf(pckNotRevoked, { pckCrl: listed }, { at: '2026-08-01T00:00:00Z' })).toMatchObject({
    outcome: 'fail',
    because: { text: 'crl.listed-stale' },
  })
  expect(
    await findingOf(pckNotRevoked, {
      pckCrl: { revoked: [{ serial: demoPlatform('td10').serial, at: '2026-06-16T00:00:00Z' }] },
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'intel.revoked-later' } })
})
it("is not checked when the list is missing, stale, of the future, forged or another issuer's", async () => {
  expect(await findingOf(pckNotRevoked, {}, { without: ['pckCrl'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'revocation.missing' },
  })
  expect(await findingOf(pckNotRevoked, {}, { at: '2026-07-01T00:00:01Z' })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'crl.stale' },
  })
  expect(await findingOf(pckNotRevoked, {}, { at: '2026-05-31T23:59:59Z' })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'crl.future' },
  })
  expect(await findingOf(pckNotRevoked, { bend: { listKey: attackerKey } })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'crl.signature' },
  })
  const processor = await makeCase({ version: 3 })
  expect(await findingOf(pckNotRevoked, {}, { replace: { pckCrl: processor.pckCrl } })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'revocation.missing' },
  })
})
it('keeps to a revocation that one of several lists names', async () => {
  const other = await makeCase({ pckCrl: listed })
  expect(await findingOf(pckNotRevoked, {}, { extra: [{ format: 'x509.crl', bytes: other.pckCrl }] })).toMatchObject({
    outcome: 'fail',
  })
})
