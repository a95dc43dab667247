import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('passes on each version', async () => {
  for (const recipe of [
    { version: 3 },
    { version: 4 },
    { version: 5, bodyKind: 'td15' },
    { version: 5, bodyKind: 'td15ex' },
    { version: 5, bodyKind: 'sgx' },
  ] as const)
    expect(await findingOf(wellFormed, recipe)).toMatchObject({ outcome: 'pass' })
})
it('fails when the bytes end early, or a length claims more than is there', async () => {
  expect(await findingOf(wellFormed, {}, { quote: (quote) => quote.slice(0, 2000) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'quote.length' },
  })
  expect(await findingOf(wellFormed, {}, { quote: (quote) => quote.slice(0, 100) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'quote.truncated' },
  })
  expect(
    await findingOf(wellFormed, { bend: { envelope: { certification: { type: 6, data: new Uint8Array(8) } } } }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'quote.certification-type' } })
})
it('leaves another kind of quote to the check that asks for the kind', async () => {
  expect(
    await findingOf(
      wellFormed,
      {},
      {
        quote: (quote) => {
          quote[0] = 9
          return quote
        },
      },
    ),
  ).toMatchObject({ outcome: 'not-checked' })
})
