import { expect, it } from 'vitest'
import { ATTEST_TYPE, QUOTE } from '../layout.ts'
import { ask } from '../testing.ts'
import { attestWhole } from './attest-whole.ts'
import { isQuote } from './is-quote.ts'
import { signedByAk } from './signed-by-ak.ts'

it('passes for a quote', async () => expect(await ask(isQuote)).toMatchObject({ outcome: 'pass' }))
it('neither holds another kind of statement against the TPM nor takes it for a quote, although the key signed it', async () => {
  const others = Object.keys(ATTEST_TYPE)
    .map(Number)
    .filter((type) => type !== QUOTE)
  expect(others).toHaveLength(7)
  for (const type of others) {
    const machine = { recipe: { type }, without: ['pcrs'] as const }
    expect(await ask(isQuote, machine)).toMatchObject({
      outcome: 'unsupported',
      because: { text: 'tpm.type', params: { type: ATTEST_TYPE[type] } },
    })
    expect(await ask(attestWhole, machine)).toMatchObject({
      outcome: 'pass',
      because: { text: 'tpm.attest-whole.holds' },
    })
    expect(await ask(signedByAk, machine)).toMatchObject({ outcome: 'pass' })
    // Each form knows its own end.
    expect(await ask(attestWhole, { ...machine, changeQuote: (message) => message.slice(0, -1) })).toMatchObject({
      outcome: 'fail',
    })
    expect(
      await ask(attestWhole, { ...machine, changeQuote: (message) => Uint8Array.from([...message, 0]) }),
    ).toMatchObject({ outcome: 'fail', because: { text: 'tpm.trailing' } })
    expect(
      await ask(signedByAk, {
        ...machine,
        hints: { end: 'open' },
        changeQuote: (message) => Uint8Array.from([...message, 1, 2, 3]),
      }),
    ).toMatchObject({ outcome: 'pass' })
  }
})
it('fails for a kind that no TPM makes', async () =>
  expect(await ask(isQuote, { recipe: { type: 0x8013 } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'tpm.type-unknown', params: { type: '0x8013' } },
  }))
