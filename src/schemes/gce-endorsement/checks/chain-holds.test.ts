import { expect, it } from 'vitest'
import { demoKeys, makeEndorsement } from '../attester.ts'
import { ask, preparedFrom } from '../testing.ts'
import { chainHolds } from './chain-holds.ts'

it('passes up to the demonstration root', async () => {
  expect(await ask(chainHolds, await makeEndorsement())).toMatchObject({ outcome: 'pass' })
  expect((await preparedFrom(await makeEndorsement())).root.status).toBe('demonstration')
})
it('ends at an unknown root of the same name', async () =>
  expect((await preparedFrom(await makeEndorsement({ bend: { rootKey: demoKeys.otherRoot } }))).root.status).toBe(
    'unknown',
  ))
it('stays open out of date', async () =>
  expect(await ask(chainHolds, await makeEndorsement(), '2020-01-01T00:00:00Z')).toMatchObject({
    outcome: 'not-checked',
  }))
it('stays open without a certificate', async () =>
  expect(await ask(chainHolds, Uint8Array.of(0x0a, 0, 0x12, 0))).toMatchObject({ outcome: 'not-checked' }))
