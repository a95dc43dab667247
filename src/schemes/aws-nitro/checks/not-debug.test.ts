import { expect, it } from 'vitest'
import { demoPcr } from '../attester.ts'
import { cborBytes, cborMap } from '../../../bytes/cbor-writer.ts'
import { context, prepared } from '../testing.ts'
import { notDebug } from './not-debug.ts'

it('passes when the image registers are filled, one of them being enough', async () => {
  expect(await notDebug.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
  expect(await notDebug.run(await prepared({ pcrs: { 1: demoPcr(1) } }), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when all three are zero, although the signature holds', async () => {
  const debug = await prepared({ debug: true })
  expect(await notDebug.run(debug, context)).toMatchObject({ outcome: 'fail', because: { text: 'nitro.debug' } })
  expect(debug).toMatchObject({ signature: { result: 'valid' }, vendor: { debug: true } })
})
it('is not checked when one of them is missing, and does not apply to a NitroTPM', async () => {
  expect(
    await notDebug.run(await prepared({ bend: { fields: [['pcrs', cborMap([0, cborBytes(demoPcr(0))])]] } }), context),
  ).toMatchObject({ outcome: 'not-checked' })
  expect(notDebug.applies?.(await prepared({ kind: 'tpm' }))).toBe(false)
})
