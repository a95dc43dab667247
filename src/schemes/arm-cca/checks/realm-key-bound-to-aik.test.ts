import { expect, it } from 'vitest'
import { context, prepared, virtPrepared } from '../testing.ts'
import { makeAik, virtKeys } from '../virt-attester.ts'
import { realmKeyBoundToAik as check } from './realm-key-bound-to-aik.ts'

it('holds where the certificate names the token’s key, whatever lies beside it', async () => {
  const files = [await makeAik(virtKeys.other), await makeAik()]
  expect(await check.run(await virtPrepared(files), context)).toMatchObject({
    outcome: 'pass',
    because: { text: 'cca.realm-key-bound-to-aik.holds', params: { name: 'DEMOAIK0001' } },
  })
})
it('another device’s certificate is said to be that, and accuses nobody', async () => {
  for (const isCarried of [false, true])
    expect(await check.run(await virtPrepared([await makeAik(virtKeys.other)], { isCarried }), context)).toMatchObject({
      outcome: 'not-checked',
      because: { text: 'cca.aik-other', code: 'not-anchored' },
    })
})
it('no certificate', async () => {
  expect(await check.run(await virtPrepared([]), context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'cca.not-anchored', code: 'not-anchored' },
  })
})
it('is not asked of a token with a platform’s', async () => {
  expect(check.applies?.(await prepared())).toBe(false)
})
