import { expect, it } from 'vitest'
import { makeCek } from '../attester.ts'
import { ask, flipped } from '../testing.ts'
import { usageOfCek } from './usage-of-cek.ts'

it('holds', async () => {
  expect(await ask(usageOfCek, {})).toMatchObject({ outcome: 'pass', because: { text: 'csv.usage.cek.holds' } })
})
it('a slot that names another kind of signer', async () => {
  expect(await ask(usageOfCek, { cek: flipped(makeCek(), 1044) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.usage-wrong' },
  })
})
