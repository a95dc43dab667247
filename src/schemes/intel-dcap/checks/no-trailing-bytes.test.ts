import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { noTrailingBytes } from './no-trailing-bytes.ts'

it('passes when nothing follows, and on zeros', async () => {
  expect(await findingOf(noTrailingBytes)).toMatchObject({
    outcome: 'pass',
    because: { text: 'intel.no-trailing-bytes.holds' },
  })
  expect(await findingOf(noTrailingBytes, { bend: { envelope: { trailing: new Uint8Array(70) } } })).toMatchObject({
    outcome: 'pass',
    because: { text: 'quote.padding', params: { count: 70 } },
  })
})
it('warns when other bytes follow', async () => {
  expect(await findingOf(noTrailingBytes, { bend: { envelope: { trailing: Uint8Array.of(1, 2) } } })).toMatchObject({
    outcome: 'warn',
    because: { text: 'quote.trailing', params: { count: 2 } },
  })
})
