import { sliceOf } from '../../../core/place.ts'
import { readDerStrict, sequenceOf } from '../../../bytes/der.ts'
import { cborArray } from '../../../bytes/cbor-writer.ts'
import { bitString, oid, sequence } from '../../../bytes/der-writer.ts'
import { expect, it } from 'vitest'
import { coseKey, demoKeys, makeCborCertificate } from '../attester.ts'
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

/** The same certificate, said to be signed with ML-DSA-87 (RFC 9881), with a signature of that length. */
function withMlDsa(leaf: Uint8Array): Uint8Array {
  const algorithm = sequence(oid('2.16.840.1.101.3.4.3.19'))
  const [tbs] = sequenceOf(readDerStrict(sliceOf('', leaf))) ?? []
  const parts = (sequenceOf(tbs) ?? []).map(({ range }, i) =>
    i === 2 ? algorithm : leaf.subarray(range.start, range.end),
  )
  return sequence(sequence(...parts), algorithm, bitString(new Uint8Array(4627).fill(7)))
}
it('a signature with ML-DSA is unsupported by its name, and never wrong', async () => {
  const all = await prepared({}, { leaf: withMlDsa })
  expect(await signedByIssuer.run(all, context)).toMatchObject({
    outcome: 'unsupported',
    because: { params: { name: 'ML-DSA-87' } },
  })
})

it('is not checked where the layer before has no key that can be read: another layer’s signature does not stand in', async () => {
  const chain = cborArray(
    coseKey(demoKeys.uds),
    await makeCborCertificate({
      issuer: 'uds',
      subject: 'cdi1',
      issuerKey: demoKeys.uds,
      subjectKey: { ...demoKeys.cdi1, x: '' },
    }),
    await makeCborCertificate({ issuer: 'cdi1', subject: 'cdi2', issuerKey: demoKeys.cdi1, subjectKey: demoKeys.cdi2 }),
  )
  const all = await preparedCbor(1, () => chain)
  expect(await signedByIssuer.run(all, context)).toMatchObject({ outcome: 'not-checked' })
})
