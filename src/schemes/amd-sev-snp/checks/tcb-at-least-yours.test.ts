import { expect, it } from 'vitest'
import { GOOD_TCB, makeReport } from '../attester.ts'
import { ask } from '../testing.ts'
import { tcbAtLeastYours } from './tcb-at-least-yours.ts'

const minimum = (minimumTcb: Record<string, number>) => ({ policy: { minimumTcb } })
it("passes at and above the reader's minimum", async () => {
  expect(
    await ask(tcbAtLeastYours, await makeReport(), minimum({ bootloader: 4, tee: 0, snp: 0x1d, microcode: 0xde })),
  ).toMatchObject({ outcome: 'pass' })
  expect(
    await ask(tcbAtLeastYours, await makeReport({ product: 'Turin', version: 5 }), minimum({ fmc: 1, snp: 1 })),
  ).toMatchObject({ outcome: 'pass' })
})
it('fails below it, by component', async () => {
  expect(
    await ask(
      tcbAtLeastYours,
      await makeReport({ tcb: { ...GOOD_TCB.Milan, bootloader: 1, microcode: 255 } }),
      minimum({ bootloader: 2, microcode: 3 }),
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.below-yours', params: { names: 'BOOT_LOADER 1 < 2' } } })
})
it('is not asked without one, and not answered for a name that does not exist', async () => {
  expect(await ask(tcbAtLeastYours, await makeReport())).toMatchObject({ outcome: 'not-applicable' })
  expect(await ask(tcbAtLeastYours, await makeReport(), minimum({ ucode: 3 }))).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'snp.minimum-unknown' },
  })
  expect(await ask(tcbAtLeastYours, await makeReport(), minimum({ fmc: 1 }))).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'snp.minimum-not-there' },
  })
})
