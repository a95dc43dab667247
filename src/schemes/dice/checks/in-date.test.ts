import { expect, it } from 'vitest'
import { context, prepared } from '../testing.ts'
import { inDate } from './in-date.ts'

it('passes for certificates that never end', async () => {
  expect(await inDate.run(await prepared(), context)).toMatchObject({ outcome: 'pass' })
})
it('stays open outside their dates', async () => {
  const all = await prepared()
  const because = { text: 'cert.expired', params: {}, code: 'expired' as const }
  const outside = [{ because, index: 0, range: { space: '', start: 0, end: 1 } }]
  expect(await inDate.run({ ...all, outside }, context)).toMatchObject({ outcome: 'not-checked', because })
})
