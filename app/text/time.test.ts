import { expect, it } from 'vitest'
import { remaining, typedInstant, utc } from './time.ts'

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

const DAY = 86_400_000

it.each([
  [15 * DAY + 5, '15 days left', '还剩 15 天'],
  [DAY, '1 day left', '还剩 1 天'],
  [-76 * DAY, 'ended 2 months earlier', '已过期 2 个月'],
  [0, '0 minutes left', '还剩 0 分钟'],
])('what still holds as of an instant is said by it, not by today’s clock: %s', (distance, en, zh) => {
  expect([remaining(distance, 0, 'en'), remaining(distance, 0, 'zh')]).toEqual([en, zh])
})
