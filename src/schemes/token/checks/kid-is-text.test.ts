import { expect, it } from 'vitest'
import { makeToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { kidIsText } from './kid-is-text.ts'

it('passes for a string and warns about a number', async () => {
  expect(await finding(kidIsText, await makeToken({ header: { kid: 'a' } }))).toMatchObject({ outcome: 'pass' })
  expect(await finding(kidIsText, await makeToken({ header: { kid: 1234 } }))).toMatchObject({ outcome: 'warn' })
  expect(await finding(kidIsText, await makeToken())).toBe('not-applicable')
})
