import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { kindSupported } from './kind-supported.ts'

it('passes on what there are rules for', async () => {
  expect(await findingOf(kindSupported)).toMatchObject({
    outcome: 'pass',
    because: { params: { version: 4, tee: 'TDX' } },
  })
})
it('says that it cannot judge another version, key type or TEE type; it never says that they are wrong', async () => {
  expect(
    await findingOf(
      kindSupported,
      {},
      {
        quote: (quote) => {
          quote[0] = 6
          return quote
        },
      },
    ),
  ).toMatchObject({ outcome: 'unsupported', because: { text: 'quote.version' } })
  expect(
    await findingOf(
      kindSupported,
      {},
      {
        quote: (quote) => {
          quote[2] = 3
          return quote
        },
      },
    ),
  ).toMatchObject({ outcome: 'unsupported', because: { text: 'quote.key-type-unsupported' } })
  expect(
    await findingOf(
      kindSupported,
      {},
      {
        quote: (quote) => {
          quote[4] = 0x82
          return quote
        },
      },
    ),
  ).toMatchObject({ outcome: 'unsupported', because: { text: 'quote.tee-type' } })
})
