import { expect, it } from 'vitest'
import { FORMATS } from '../formats.ts'
import { context, prepared } from '../testing.ts'
import { inDate } from './in-date.ts'

const list = (expiration: string) =>
  prepared(FORMATS.rvps, JSON.stringify({ version: '0.1.0', name: 'mr_td', expiration, value: ['a1'.repeat(48)] }))

it('passes before the end and is not checked after it', async () => {
  expect(inDate.run(await list('2026-06-01T00:00:00Z'), context)).toMatchObject({ outcome: 'pass' })
  expect(inDate.run(await list('2025-06-01T00:00:00Z'), context)).toMatchObject({ outcome: 'not-checked' })
})
it('does not arise where the list has no end', async () => {
  expect(inDate.applies?.(await prepared(FORMATS.enclave, '{}'))).toBe(false)
})
