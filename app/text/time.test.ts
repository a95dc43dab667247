import { expect, it } from 'vitest'
import { typedInstant, utc } from './time.ts'

it.each([
  ['2026-08-28 05:21:24', '2026-08-28T05:21:24Z'],
  ['2026-08-28T05:21:24', '2026-08-28T05:21:24Z'],
  [' 2026-08-28T05:21:24.000Z ', '2026-08-28T05:21:24Z'],
  ['2026-08-28 05:21', '2026-08-28T05:21:00Z'],
  ['2026-08-28', '2026-08-28T00:00:00Z'],
])('%s is an instant in UTC', (text, iso) => {
  expect(utc(typedInstant(text) ?? Number.NaN).iso).toBe(iso)
})

it.each([
  '',
  '2026-8-28',
  '2026-02-30',
  '2026-13-01',
  '2026-08-28 25:00',
  '08/28/2026',
  '2026-08-28 05:21:24 PM',
  'now',
])('“%s” is no date, and nothing is guessed', (text) => {
  expect(typedInstant(text)).toBeNull()
})
