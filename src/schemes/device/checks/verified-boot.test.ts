import { expect, it } from 'vitest'
import { android, context } from '../testing.ts'
import { verifiedBoot } from './verified-boot.ts'

it('passes for a verified system on a locked device', async () => {
  expect(await verifiedBoot.run(await android(), context)).toMatchObject({ outcome: 'pass', found: 'Verified, locked' })
})
it('fails unlocked or unverified, and warns of a key of the owner’s', async () => {
  for (const [recipe, outcome] of [
    [{ locked: false }, 'fail'],
    [{ state: 2 }, 'fail'],
    [{ state: 3 }, 'fail'],
    [{ state: 1 }, 'warn'],
  ] as const)
    expect(await verifiedBoot.run(await android(recipe), context)).toMatchObject({ outcome })
})
