import { expect, it } from 'vitest'
import { makeList } from '../tuf-attester.ts'
import { followedFinding } from '../testing-tuf.ts'
import { tufInDate } from './tuf-in-date.ts'

it('passes while nothing has ended', async () => {
  expect(await followedFinding(tufInDate)).toMatchObject({ outcome: 'pass' })
})
it('warns where something has', async () => {
  const timestamp = await makeList('timestamp', { expires: '2025-12-30T00:00:00Z' })
  expect(await followedFinding(tufInDate, { 'timestamp.json': timestamp })).toMatchObject({
    outcome: 'warn',
    because: { params: { type: 'timestamp' } },
  })
})
it('leaves open whether it is the newest without a timestamp', async () => {
  expect(await followedFinding(tufInDate, { 'timestamp.json': undefined })).toMatchObject({ outcome: 'not-checked' })
})
