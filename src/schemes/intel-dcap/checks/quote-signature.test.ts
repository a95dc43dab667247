import { expect, it } from 'vitest'
import { attackerKey } from '../demo-keys.ts'
import { findingOf, flipped } from '../testing.ts'
import { quoteSignature } from './quote-signature.ts'

it('passes on what the attestation key signed', async () => {
  expect(await findingOf(quoteSignature)).toMatchObject({
    outcome: 'pass',
    covers: [{ by: 'attestation-key' }, { by: 'signature' }],
  })
})
it('fails when header, body or signature differ, or another key signed', async () => {
  for (const at of [30, 60, 600])
    expect(await findingOf(quoteSignature, {}, { quote: flipped(at) }), `byte ${at}`).toMatchObject({
      outcome: 'fail',
      because: { text: 'evidence.signature' },
    })
  expect(await findingOf(quoteSignature, { bend: { envelope: { signer: attackerKey } } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'evidence.signature' },
  })
})
it('fails on a signature of zeros', async () => {
  expect(await findingOf(quoteSignature, {}, { quote: (quote) => quote.fill(0, 636, 636 + 32) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'signature.range' },
  })
})
