import { expect, it } from 'vitest'
import { toHex } from '../../../bytes/layout.ts'
import { makePek } from '../attester.ts'
import { ask } from '../testing.ts'
import { containerAgrees } from './container-agrees.ts'

it('holds', async () => {
  expect(await ask(containerAgrees, { hints: { pek: toHex(makePek()) } })).toMatchObject({
    outcome: 'pass',
    because: { text: 'csv.container-agrees.holds' },
  })
})
it('another PEK beside it', async () => {
  expect(await ask(containerAgrees, { hints: { pek: toHex(makePek({ slotUsage: 0x1003 })) } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.container-other-pek' },
  })
})
it('another chip id beside it', async () => {
  expect(await ask(containerAgrees, { hints: { chipId: '00' } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'csv.container-other-chip' },
  })
})
