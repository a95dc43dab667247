import { expect, it } from 'vitest'
import { android, context } from '../testing.ts'
import { androidInDate } from './android-in-date.ts'

it('passes whatever the leaf says of its own dates, and stays open for those above', async () => {
  const all = await android()
  expect(await androidInDate.run(all, context)).toMatchObject({ outcome: 'pass' })
  const because = { text: 'cert.expired', params: {}, code: 'expired' as const }
  const range = { space: '', start: 0, end: 1 }
  const at = (index: number) => ({ ...all, path: all.path && { ...all.path, outside: [{ because, index, range }] } })
  expect(await androidInDate.run(at(0), context)).toMatchObject({ outcome: 'pass' })
  expect(await androidInDate.run(at(1), context)).toMatchObject({ outcome: 'not-checked', because })
})
