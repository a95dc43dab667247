import { expect, it } from 'vitest'
import { demoKeys } from '../attester.ts'
import { context, prepared } from '../testing.ts'
import { realmSigned } from './realm-signed.ts'

it('passes for both ways of writing the key', async () => {
  for (const form of ['legacy', 'new', 'cmw'] as const)
    expect(await realmSigned.run(await prepared({ form }), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when another key signed it', async () => {
  expect(await realmSigned.run(await prepared({ bend: { realmSigner: demoKeys.other } }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'signature.mismatch' },
  })
})
it('fails on a point that is not on the curve, and on a key of no known form', async () => {
  const off = new Uint8Array(97).fill(1)
  off[0] = 4
  expect(await realmSigned.run(await prepared({ bend: { realmKey: off } }), context)).toMatchObject({ outcome: 'fail' })
  expect(await realmSigned.run(await prepared({ bend: { realmKey: new Uint8Array(12) } }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'cca.realm-key-form' },
  })
})
