import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { noServiceTd } from './no-service-td.ts'

it('passes without a service TD, warns with one, and does not arise where the report has no field for it', async () => {
  expect(await findingOf(noServiceTd, { version: 5, bodyKind: 'td15' })).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(noServiceTd, { version: 5, bodyKind: 'td15ex', td: { mrServiceTd: new Uint8Array(48).fill(1) } })).toMatchObject({ outcome: 'warn', because: { text: 'tdx.service-td' } })
  expect(await findingOf(noServiceTd)).toMatchObject({ outcome: 'not-applicable' })
})
