import { expect, it } from 'vitest'
import { ask, withText } from '../testing.ts'
import { certificatesInDate } from './certificates-in-date.ts'

it('holds', async () => {
  expect(await ask(certificatesInDate)).toMatchObject({
    outcome: 'pass',
    because: { text: 'qca.certificates-in-date.holds' },
  })
})
it('before and after', async () => {
  expect(await ask(certificatesInDate, { at: '2024-12-31T00:00:00Z' })).toMatchObject({
    outcome: 'not-checked',
    because: { code: 'not-yet-valid' },
  })
  expect(await ask(certificatesInDate, { at: '2055-01-02T00:00:00Z' })).toMatchObject({
    outcome: 'not-checked',
    because: { code: 'expired' },
  })
})
it('no certificate', async () => {
  const report = await withText('"drk_cert"', '"drk_cerf"')
  expect(await ask(certificatesInDate, { report })).toMatchObject({ outcome: 'not-applicable' })
})
