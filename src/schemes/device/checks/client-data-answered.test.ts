import { expect, it } from 'vitest'
import { appAttest, beside, CHALLENGE, context } from '../testing.ts'
import { clientDataAnswered } from './client-data-answered.ts'

it('names what it answers, and says nothing without', async () => {
  const given = beside(JSON.stringify({ challenge: CHALLENGE }))
  expect(await clientDataAnswered.run(await appAttest({}, given), context)).toMatchObject({
    outcome: 'pass',
    found: 'sha256(challenge)',
  })
  expect(await clientDataAnswered.run(await appAttest({}, context), context)).toMatchObject({ outcome: 'not-checked' })
})
