import { expect, it } from 'vitest'
import { GOOD_TCB, makeReport } from '../attester.ts'
import { ask } from '../testing.ts'
import { floorSourcesAgree } from './floor-sources-agree.ts'

it('passes when no disputed number is missed', async () =>
  expect(await ask(floorSourcesAgree, await makeReport({ product: 'Genoa' }))).toMatchObject({ outcome: 'pass' }))
it('names the disputed number that is missed, and never decides', async () => {
  expect(
    await ask(floorSourcesAgree, await makeReport({ product: 'Genoa', tcb: { ...GOOD_TCB.Genoa, snp: 0x1b } })),
  ).toMatchObject({
    outcome: 'warn',
    because: {
      text: 'snp.floor-conflict',
      lists: { names: [{ text: 'snp.weakness', params: { name: 'Fabricked', bulletin: 'AMD-SB-3034' } }] },
    },
  })
  expect(floorSourcesAgree.weight).toBe('notes')
})
it('is not asked where the generation is unknown', async () =>
  expect(await ask(floorSourcesAgree, await makeReport({ version: 2 }))).toMatchObject({ outcome: 'not-applicable' }))
