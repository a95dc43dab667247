import { expect, it } from 'vitest'
import { asStructure, makeQuote } from '../attester.ts'
import { foreignAk } from '../demo-keys.ts'
import { ask, flipped } from '../testing.ts'
import { signedByAk } from './signed-by-ak.ts'

it('passes for the listed key, bare signature or structure', async () => {
  expect(await ask(signedByAk)).toMatchObject({ outcome: 'pass' })
  expect(await ask(signedByAk, { changeSignature: asStructure })).toMatchObject({ outcome: 'pass' })
})
it('warns when the signature is over a SHA-1 digest', async () =>
  expect(
    await ask(signedByAk, {
      recipe: { hash: 'SHA-1' },
      changeSignature: (signature) => asStructure(signature, 0x0004),
    }),
  ).toMatchObject({ outcome: 'warn', because: { text: 'tpm.signature-sha1' } }))
it('fails when any byte of the quote or the signature differs', async () => {
  const { message, signature } = await makeQuote()
  for (let at = 0; at < message.length; at += 3) {
    const finding = await ask(signedByAk, { changeQuote: flipped(at) })
    expect(['fail', 'not-checked'], `byte ${at}`).toContain(finding.outcome)
  }
  for (let at = 0; at < signature.length; at += 17)
    expect(await ask(signedByAk, { changeSignature: flipped(at) }), `signature byte ${at}`).toMatchObject({
      outcome: 'fail',
    })
})
it('fails when another key than the listed one signed', async () =>
  expect(await ask(signedByAk, { recipe: { key: foreignAk } })).toMatchObject({ outcome: 'fail' }))
it('is not checked without signature or key', async () => {
  expect(await ask(signedByAk, { without: ['signature'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'tpm.no-signature' },
  })
  expect(await ask(signedByAk, { listedKey: null })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'tpm.no-key' },
  })
})
