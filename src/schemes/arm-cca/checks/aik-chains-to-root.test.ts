import { expect, it } from 'vitest'
import { context, virtPrepared } from '../testing.ts'
import { makeAik, virtKeys } from '../virt-attester.ts'
import { aikChainsToRoot as check } from './aik-chains-to-root.ts'

it('holds', async () => {
  const prepared = await virtPrepared([await makeAik()])
  expect(await check.run(prepared, context)).toMatchObject({ outcome: 'pass' })
  expect(prepared.root).toMatchObject({ status: 'demonstration', holder: 'virtCCA demonstration root' })
})
it('a forged copy in another file leaves it open, one that came with the token breaks it, and a good copy counts', async () => {
  const forged = await makeAik(virtKeys.realm, virtKeys.other)
  expect(await check.run(await virtPrepared([forged]), context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'chain.signature' },
  })
  expect(await check.run(await virtPrepared([forged], { isCarried: true }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'chain.signature' },
  })
  expect(await check.run(await virtPrepared([forged, await makeAik()]), context)).toMatchObject({ outcome: 'pass' })
})
it('is not asked without such a certificate', async () => {
  const prepared = await virtPrepared([await makeAik(virtKeys.other)])
  expect(check.applies?.(prepared)).toBe(false)
  expect(await check.run(prepared, context)).toMatchObject({ outcome: 'not-checked' })
})
