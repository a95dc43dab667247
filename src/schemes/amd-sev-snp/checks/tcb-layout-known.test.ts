import { expect, it } from 'vitest'
import { makeLeaf, makeReport } from '../attester.ts'
import { ask, leafFile } from '../testing.ts'
import { tcbLayoutKnown } from './tcb-layout-known.ts'

it('passes when the processor says it', async () =>
  expect(await ask(tcbLayoutKnown, await makeReport({ product: 'Turin', version: 3 }))).toMatchObject({
    outcome: 'pass',
    because: { params: { product: 'Turin' } },
  }))
it("is guessed from the chip's id in version 2, until a certificate decides", async () => {
  expect(await ask(tcbLayoutKnown, await makeReport({ product: 'Turin', version: 2 }))).toMatchObject({
    outcome: 'warn',
    because: { text: 'snp.tcb-layout-by-chip-id', params: { product: 'Turin' } },
  })
  expect(await ask(tcbLayoutKnown, await makeReport({ version: 2, chipId: new Uint8Array(64) }))).toMatchObject({
    outcome: 'warn',
    because: { text: 'snp.tcb-layout-assumed' },
  })
  expect(
    await ask(tcbLayoutKnown, await makeReport({ product: 'Turin', version: 2 }), {
      beside: [await leafFile(makeLeaf({ product: 'Turin' }))],
    }),
  ).toMatchObject({ outcome: 'pass', because: { text: 'snp.tcb-layout-by-certificate' } })
})
it('is a note: it never decides', () => expect(tcbLayoutKnown.weight).toBe('notes'))
