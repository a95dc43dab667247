import { expect, it } from 'vitest'
import { namesApart } from './names-apart.ts'

it('names things of one name with the file that holds each, and leaves other names alone', () => {
  const all = [
    { artifact: 0, parent: null, name: 'quote.json' },
    { artifact: 1, parent: 0, name: 'event_log' },
    { artifact: 2, parent: null, name: 'info.json' },
    { artifact: 3, parent: 2, name: 'event_log' },
    { artifact: 4, parent: 2, name: 'other_log' },
  ]
  const logs = [1, 3, 4].flatMap((index) => all[index] ?? [])
  expect(logs.map(namesApart(logs, all))).toEqual(['quote.json: event_log', 'info.json: event_log', 'other_log'])
  expect([all[1]].flatMap((one) => (one ? [namesApart([one], all)(one)] : []))).toEqual(['event_log'])
})
