import { expect, it } from 'vitest'
import { eventAt, eventsOf, wordsShown } from './events.ts'

const row = (words: string) =>
  ({ path: '', ranges: [], register: 'PCR8', type: 'EV_IPL', words, covered: 'whole', coveredRanges: [] }) as const

it('marks words of which something was left out, and no others', () => {
  const said = [399, 400, 401, 5000].map((length) => 'w'.repeat(length))
  const events = eventsOf(said.map(row))
  expect(said.map((_, i) => wordsShown(eventAt(events, i)?.words ?? ''))).toEqual([
    said[0],
    said[1],
    `${said[1] ?? ''}…`,
    `${said[1] ?? ''}…`,
  ])
})
