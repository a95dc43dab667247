import { expect, it } from 'vitest'
import { cborBytes } from '../../../bytes/cbor-writer.ts'
import { makeDocument } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { context, prepared, preparedFrom } from '../testing.ts'
import { signedByCertificate } from './signed-by-certificate.ts'

it('passes on what the key signed, indefinite maps and a tag included', async () => {
  for (const bend of [{}, { indefinite: true }, { tagged: true }])
    expect(await signedByCertificate.run(await prepared({ bend }), context)).toMatchObject({ outcome: 'pass' })
})
it('fails when any byte of header, payload or signature differs', async () => {
  const document = await makeDocument()
  const whole = await signedByCertificate.run(await preparedFrom(document), context)
  const covered = (whole.covers ?? []).map((cover) => cover.range)
  expect(covered).toHaveLength(3)
  for (const range of covered) {
    for (let at = range.start; at < range.end; at += 61) {
      const changed = document.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      expect((await signedByCertificate.run(await preparedFrom(changed), context)).outcome, `byte ${at}`).not.toBe(
        'pass',
      )
    }
  }
})
it('fails on the signature of another key, and on one of another length', async () => {
  expect(
    await signedByCertificate.run(await prepared({ bend: { signWith: demoKeys.instance } }), context),
  ).toMatchObject({ outcome: 'fail', because: { text: 'signature.mismatch' } })
  const document = await makeDocument()
  const cut = document.slice(0, -1)
  cut[cut.length - 96] = 95
  expect(await signedByCertificate.run(await preparedFrom(cut), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'signature.length' },
  })
})
it('is not checked without a certificate', async () => {
  expect(
    await signedByCertificate.run(
      await prepared({ bend: { fields: [['certificate', cborBytes(Uint8Array.of(1))]] } }),
      context,
    ),
  ).toMatchObject({ outcome: 'not-checked' })
})
