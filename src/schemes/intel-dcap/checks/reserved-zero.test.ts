import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { reservedZero } from './reserved-zero.ts'

it('passes when everything reserved is zero', async () => {
  expect(await findingOf(reservedZero)).toMatchObject({ outcome: 'pass' })
})
it('notes reserved bytes and bits without a name', async () => {
  expect(await findingOf(reservedZero, { td: { tdAttributes: 1n << 40n } })).toMatchObject({
    outcome: 'warn',
    because: { text: 'bits.unknown', params: { bit: 40 } },
  })
  expect(
    await findingOf(reservedZero, {
      version: 3,
      bend: {
        body: (body) => {
          body[100] = 1
          return body
        },
      },
    }),
  ).toMatchObject({ outcome: 'warn', because: { text: 'reserved.nonzero' } })
})
