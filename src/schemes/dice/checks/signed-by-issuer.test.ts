import { expect, it } from 'vitest'
import { demoKeys } from '../attester.ts'
import { context, flipped, prepared, preparedCbor } from '../testing.ts'
import { signedByIssuer } from './signed-by-issuer.ts'

it('passes under the layer before, and ties the two', async () => {
  expect(await signedByIssuer.run(await prepared(), context)).toMatchObject({
    outcome: 'pass',
    binds: [1, 2],
    bindsBy: 'key',
  })
  expect(await signedByIssuer.run(await preparedCbor(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails under another key of the same name, and where a byte changed', async () => {
  const other = await prepared({ bend: { leafSigner: demoKeys.other } })
  expect(await signedByIssuer.run(other, context)).toMatchObject({ outcome: 'fail', code: 'signature' })
  const changed = await prepared({}, { leaf: flipped(-3) })
  expect(await signedByIssuer.run(changed, context)).toMatchObject({ outcome: 'fail' })
  expect(await signedByIssuer.run(await preparedCbor(1, flipped(-3)), context)).toMatchObject({ outcome: 'fail' })
})
it('stays open where the layer before is missing', async () => {
  expect(await signedByIssuer.run(await prepared({}, { without: 0 }), context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'dice.issuer-missing' },
  })
})
