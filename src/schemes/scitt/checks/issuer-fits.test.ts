import { expect, it } from 'vitest'
import { didOf, makeChain } from '../attester.ts'
import { finding } from '../testing.ts'
import { issuerFits } from './issuer-fits.ts'

it('passes for a fingerprint in the chain and a purpose of the signer', async () => {
  expect(await finding(issuerFits)).toMatchObject({ outcome: 'pass' })
})
it('fails for another fingerprint, another purpose and another form', async () => {
  const [leaf, root] = await makeChain()
  const of = (issuer: string) => finding(issuerFits, { bend: { issuer, certificates: [leaf, root] } })
  const good = await didOf(root)
  expect(await of(await didOf(leaf))).toMatchObject({ because: { text: 'scitt.did.fingerprint' }, outcome: 'fail' })
  expect(await of(`${good}.7`)).toMatchObject({ because: { text: 'scitt.did.policy' }, outcome: 'fail' })
  expect(await of(`${good}::subject:O:Somebody`)).toMatchObject({ outcome: 'fail' })
  expect(await of(`${good}::subject:O:Attestation%20Explorer`)).toMatchObject({ outcome: 'pass' })
  expect(await of('did:x509:0:sha256:')).toMatchObject({ because: { text: 'scitt.did.form' }, outcome: 'fail' })
  expect(await of(`${good}::weather:fine`)).toMatchObject({ outcome: 'unsupported' })
})
it('leaves other methods open', async () => {
  expect(await finding(issuerFits, { bend: { issuer: 'did:web:example.com' } })).toMatchObject({
    outcome: 'not-checked',
  })
})
