import { expect, it } from 'vitest'
import { demoPlatform, makeCase } from '../attester.ts'
import { attackerKey } from '../demo-keys.ts'
import { findingOf } from '../testing.ts'
import { pckCrlAuthentic } from './pck-crl-authentic.ts'
import { pckNotRevoked } from './pck-not-revoked.ts'

it('passes for a list of the issuer, whatever stands in it and however old it is', async () => {
  const revoking = { pckCrl: { revoked: [{ serial: demoPlatform('td10').serial, at: '2026-05-20T00:00:00Z' }] } }
  const holds = {
    outcome: 'pass',
    proves: [{ from: 'intermediate', to: 'pck-crl', by: 'signature' }],
    covers: [{ by: 'collateral' }],
  }
  expect(await findingOf(pckCrlAuthentic)).toMatchObject(holds)
  expect(await findingOf(pckCrlAuthentic, revoking)).toMatchObject(holds)
  expect(await findingOf(pckCrlAuthentic, {}, { at: '2026-08-01T00:00:00Z' })).toMatchObject(holds)
  // The revocation itself is the other arrow, from the list to the certificate.
  expect(await findingOf(pckNotRevoked, revoking)).toMatchObject({
    outcome: 'fail',
    proves: [{ from: 'pck-crl', to: 'pck', by: 'reference' }],
  })
})
it('fails for a forged list, and is not checked without one', async () => {
  expect(await findingOf(pckCrlAuthentic, { bend: { listKey: attackerKey } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'crl.signature' },
  })
  expect(await findingOf(pckCrlAuthentic, {}, { without: ['pckCrl'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'revocation.missing' },
  })
  const processor = await makeCase({ version: 3 })
  expect(await findingOf(pckCrlAuthentic, {}, { replace: { pckCrl: processor.pckCrl } })).toMatchObject({
    outcome: 'not-checked',
  })
})
it('looks past a forged list beside the genuine one', async () => {
  const forged = await makeCase({ bend: { listKey: attackerKey } })
  const finding = await findingOf(pckCrlAuthentic, {}, { extra: [{ format: 'x509.crl', bytes: forged.pckCrl }] })
  expect(finding).toMatchObject({ outcome: 'pass' })
  expect(finding.covers).toHaveLength(1)
})
