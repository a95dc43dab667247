import { expect, it } from 'vitest'
import { makeSignerAnswer } from '../attester.ts'
import { chainItems, context, itemOf, prepared, rimItem } from '../testing.ts'
import { manifestSigners } from './manifest-signers.ts'

async function asked(status?: 'good' | 'revoked') {
  const answer = status ? [itemOf(30, await makeSignerAnswer(status), 'x509.ocsp')] : []
  const items = [...(await chainItems()), await rimItem(1), ...answer]
  return prepared({}, items)
}
it('passes when the responder says good of the signer', async () => {
  expect(await manifestSigners.run(await asked('good'), context)).toMatchObject({ outcome: 'pass', uses: [30] })
})
it('is not checked without an answer', async () => {
  expect(await manifestSigners.run(await asked(), context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'nvidia.ocsp-missing' },
  })
})
it('leaves a manifest aside whose signer is revoked', async () => {
  const subject = await asked('revoked')
  expect(manifestSigners.applies?.(subject)).toBe(false)
  expect(subject.driver?.standing).toMatchObject({ isAuthentic: false, reason: 'nvidia.rim.signer-revoked' })
})
