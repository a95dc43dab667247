import { expect, it } from 'vitest'
import { ask } from '../testing.ts'
import { attestWhole } from './attest-whole.ts'

it('passes on a whole quote', async () => expect(await ask(attestWhole)).toMatchObject({ outcome: 'pass' }))
it('fails when it is cut off, or when something stands behind it', async () => {
  expect(await ask(attestWhole, { changeQuote: (message) => message.slice(0, -1) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'tpm.attest-whole.fails' },
  })
  expect(await ask(attestWhole, { changeQuote: (message) => Uint8Array.from([...message, 0]) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'tpm.trailing', params: { count: 1 } },
  })
})
it('takes the form with a length in front', async () => {
  expect(
    await ask(attestWhole, {
      changeQuote: (message) => Uint8Array.from([message.length >> 8, message.length & 255, ...message]),
    }),
  ).toMatchObject({ outcome: 'pass' })
})
it('does not hold its neighbours against a quote that was found in other bytes, nor takes a fragment for a broken one', async () => {
  const hints = { end: 'open' }
  expect(
    await ask(attestWhole, { hints, changeQuote: (message) => Uint8Array.from([...message, 0, 1, 2]) }),
  ).toMatchObject({ outcome: 'pass', because: { text: 'tpm.found-inside', params: { count: 3 } } })
  expect(await ask(attestWhole, { hints })).toMatchObject({
    outcome: 'pass',
    because: { text: 'tpm.attest-whole.holds' },
  })
  expect(await ask(attestWhole, { hints, changeQuote: (message) => message.slice(0, -1) })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'tpm.found-fragment' },
  })
})
it('fails when the length in front is another one', async () => {
  expect(
    await ask(attestWhole, {
      changeQuote: (message) => Uint8Array.from([message.length >> 8, (message.length & 255) ^ 1, ...message]),
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'tpm.size' } })
})
