import { expect, it } from 'vitest'
import { earClaims, ISSUED_AT, makeToken } from '../attester.ts'
import { finding, withoutKeys } from '../testing.ts'
import { inDate } from './in-date.ts'

const at = (time: number) => ({ ...withoutKeys, at: time })

it('passes within the dates, bounds included', async () => {
  const token = await makeToken()
  for (const time of [ISSUED_AT, ISSUED_AT + 300_000])
    expect(await finding(inDate, token, at(time))).toMatchObject({ outcome: 'pass' })
})
it('is open outside them, and for a time that is none', async () => {
  const token = await makeToken()
  for (const time of [ISSUED_AT - 1, ISSUED_AT + 300_001, Number.NaN])
    expect(await finding(inDate, token, at(time))).toMatchObject({ outcome: 'not-checked' })
})
it('fails for dates that are none', async () => {
  for (const exp of ['tomorrow', '1767225900', null, 1])
    expect(await finding(inDate, await makeToken({ claims: earClaims({ exp }) }))).toMatchObject({ outcome: 'fail' })
})
