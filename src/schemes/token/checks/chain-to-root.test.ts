import { expect, it } from 'vitest'
import { finding, prepared } from '../testing.ts'
import { chainToken } from '../testing-chain.ts'
import { chainToRoot } from './chain-to-root.ts'

it('passes for a chain to a root that is known, fails for a swapped leaf, and leaves a self-made one unknown', async () => {
  const good = await chainToken()
  expect(await finding(chainToRoot, good.token, good.context)).toMatchObject({ outcome: 'pass' })
  const own = await prepared(good.token)
  expect(own.root.status).toBe('unknown')
  const swapped = await chainToken({ swapLeaf: true })
  expect(await finding(chainToRoot, swapped.token, swapped.context)).toMatchObject({ outcome: 'fail' })
})
