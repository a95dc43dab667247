import { expect, it } from 'vitest'
import { attackerKey } from '../demo-keys.ts'
import { makeCase } from '../attester.ts'
import { findingOf } from '../testing.ts'
import { qeSignature } from './qe-signature.ts'

it('passes when the key in the PCK certificate signed', async () => {
  expect(await findingOf(qeSignature)).toMatchObject({ outcome: 'pass', proves: [{ from: 'pck', to: 'qe' }] })
})
it('fails when another key signed', async () => {
  expect(await findingOf(qeSignature, { bend: { envelope: { qeSigner: attackerKey } } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'intel.qe-report-signed-by-pck.fails' },
  })
})
it('is not checked without a certificate', async () => {
  const recipe = { bend: { envelope: { certification: { type: 3, data: new Uint8Array(404) } } } }
  expect(await findingOf(qeSignature, recipe)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'chain.no-certificate', params: { type: 3 } },
  })
})
it('takes a certificate from beside the quote only when its key signed', async () => {
  const made = await makeCase()
  const bend = { envelope: { certification: { type: 3, data: new Uint8Array(404) } } }
  const extra = made.certificates.map((bytes) => ({ format: 'x509.certificate', bytes }))
  expect(await findingOf(qeSignature, { bend }, { extra })).toMatchObject({ outcome: 'pass' })
  expect(
    await findingOf(qeSignature, { bend: { envelope: { ...bend.envelope, qeSigner: attackerKey } } }, { extra }),
  ).toMatchObject({ outcome: 'not-checked' })
})
