import { expect, it } from 'vitest'
import { cborInt, cborMap } from '../../../bytes/cbor-writer.ts'
import { demoKeys, demoSecret } from '../attester.ts'
import { context, droppedFile, prepared, withoutKey } from '../testing.ts'
import { signedByDevice } from './signed-by-device.ts'

it('passes under the key that was given', async () => {
  const good = await prepared()
  expect(await signedByDevice.run(good, context)).toMatchObject({ outcome: 'pass' })
  expect(good.root.status).toBe('demonstration')
})
it('is a question of its own whether the algorithm stands in the right place', async () => {
  for (const bend of [
    { protectedHeader: new Uint8Array() },
    { protectedHeader: new Uint8Array(), unprotectedHeader: cborMap([1, cborInt(-7)]) },
  ])
    expect(await signedByDevice.run(await prepared({ bend }), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when another key signed it', async () => {
  expect(await signedByDevice.run(await prepared({ bend: { signWith: demoKeys.other } }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'signature.mismatch' },
  })
})
it('is not checked without a key', async () => {
  expect(await signedByDevice.run(await prepared({}, withoutKey), withoutKey)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'psa.key-unknown' },
  })
})
it('cannot check a MAC without its secret, and checks it with it', async () => {
  expect(await signedByDevice.run(await prepared({ mac: true }, withoutKey), withoutKey)).toMatchObject({
    outcome: 'unsupported',
    because: { text: 'psa.mac-no-key' },
  })
  const given = { ...context, items: [droppedFile(1, demoSecret)] }
  const good = await prepared({ mac: true }, given)
  expect(await signedByDevice.run(good, given)).toMatchObject({ outcome: 'pass' })
  expect(good.root.status).toBe('added')
  const other = { ...context, items: [droppedFile(1, new Uint8Array(32))] }
  // Another secret proves nothing against it.
  expect(await signedByDevice.run(await prepared({ mac: true }, other), other)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'psa.secret-not-this' },
  })
})
