import { expect, it } from 'vitest'
import { context, prepared } from '../testing.ts'
import { devicesConnected } from './devices-connected.ts'

it('is not checked while the switches of a protected group are not here', async () => {
  expect(await devicesConnected.run(await prepared({ feature: 2 }), context)).toMatchObject({ outcome: 'not-checked' })
})
it('does not apply to a device on its own', async () => {
  expect(devicesConnected.applies?.(await prepared())).toBe(false)
})
