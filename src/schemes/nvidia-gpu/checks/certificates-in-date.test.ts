import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { FORMATS } from '../formats.ts'
import { prepare } from '../prepare.ts'
import { chainItems, context, itemOf, prepared } from '../testing.ts'
import { certificatesInDate } from './certificates-in-date.ts'

it('passes within the dates', async () => {
  expect(await certificatesInDate.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('is not checked, and never failed, before them', async () => {
  const given = { ...context, at: Date.parse('2020-01-01T00:00:00Z'), items: await chainItems() }
  const early = await prepare(itemOf(0, await makeReport(), FORMATS.report), given)
  expect(await certificatesInDate.run(early, given)).toMatchObject({ outcome: 'not-checked' })
})
