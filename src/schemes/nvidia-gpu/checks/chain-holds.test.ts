import { expect, it } from 'vitest'
import { makeChain, makeReport } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { FORMATS } from '../formats.ts'
import { prepare } from '../prepare.ts'
import { chainItems, context, itemOf, prepared } from '../testing.ts'
import { chainHolds } from './chain-holds.ts'
import { reportSigned } from './report-signed.ts'

it('passes up to the demonstration root', async () => {
  const good = await prepared()
  expect(await chainHolds.run(good, context)).toMatchObject({ outcome: 'pass' })
  expect(good.root.status).toBe('demonstration')
})
it('an authority with another key: fails where the evidence brings it, and says nothing where it was added', async () => {
  const chain = await chainItems(await makeChain({ provisionerKey: demoKeys.rimRoot }))
  const list = itemOf(1, new Uint8Array(), 'nvidia.evidence-list')
  const carried = [list, ...chain.map((one) => ({ ...one, parent: 1 }))]
  const inside = await prepare(
    { ...itemOf(0, await makeReport(), FORMATS.report), parent: 1 },
    { ...context, items: carried },
  )
  expect(await chainHolds.run(inside, context)).toMatchObject({ outcome: 'fail' })
  const beside = await prepared({}, chain)
  expect(await chainHolds.run(beside, context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'nvidia.broken-chain', code: 'not-for-this' },
  })
  expect(await reportSigned.run(beside, context)).toMatchObject({ outcome: 'not-checked' })
})
it('stays open when an authority is missing', async () => {
  const chain = (await makeChain()).filter((_, index) => index !== 2)
  const finding = await chainHolds.run(await prepared({}, await chainItems(chain)), context)
  expect(finding.outcome).toBe('not-checked')
})
