import { expect, it } from 'vitest'
import { makeChain } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { chainItems, context, prepared } from '../testing.ts'
import { chainHolds } from './chain-holds.ts'

it('passes up to the demonstration root', async () => {
  const good = await prepared()
  expect(await chainHolds.run(good, context)).toMatchObject({ outcome: 'pass' })
  expect(good.root.status).toBe('demonstration')
})
it('fails when an authority has another key', async () => {
  const chain = await makeChain({ provisionerKey: demoKeys.rimRoot })
  expect(await chainHolds.run(await prepared({}, await chainItems(chain)), context)).toMatchObject({ outcome: 'fail' })
})
it('stays open when an authority is missing', async () => {
  const chain = (await makeChain()).filter((_, index) => index !== 2)
  const finding = await chainHolds.run(await prepared({}, await chainItems(chain)), context)
  expect(finding.outcome).toBe('not-checked')
})
