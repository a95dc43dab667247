import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { noServiceTd } from './no-service-td.ts'

it('passes without a service TD, warns with one, and does not arise where the report has no field for it', async () => {
  expect(await findingOf(noServiceTd, { version: 5, bodyKind: 'td15' })).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(noServiceTd, { version: 5, bodyKind: 'td15ex' })).toMatchObject({ outcome: 'pass' })
  expect(
    await findingOf(noServiceTd, { version: 5, bodyKind: 'td15ex', td: { mrServiceTd: new Uint8Array(48).fill(1) } }),
  ).toMatchObject({ outcome: 'warn', because: { text: 'tdx.service-td' } })
  expect(await findingOf(noServiceTd)).toMatchObject({ outcome: 'not-applicable' })
})

it.each([
  [729, 'tdx.service-td-first'],
  [776, 'tdx.service-td-first'],
  [777, 'tdx.service-td-first'],
  [784, 'tdx.service-td-first'],
  [829, 'tdx.service-td-now'],
  [876, 'tdx.service-td-now'],
  [877, 'tdx.service-td-now'],
  [884, 'tdx.service-td-now'],
] as const)('sees one byte at %i of an extended report: %s', async (at, because) => {
  const body = (bytes: Uint8Array) => {
    const out = bytes.slice()
    out[at] = 1
    return out
  }
  expect(await findingOf(noServiceTd, { version: 5, bodyKind: 'td15ex', bend: { body } })).toMatchObject({
    outcome: 'warn',
    because: { text: because },
  })
})
