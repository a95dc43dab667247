import { expect, it } from 'vitest'
import { appAttest, context, packed } from '../testing.ts'
import { environment } from './production-environment.ts'

it('passes for released apps, warns for development and leaves anything else open', async () => {
  expect(await environment.run(await appAttest(), context)).toMatchObject({ outcome: 'pass' })
  expect(await environment.run(await appAttest({ aaguid: 'appattestdevelop' }), context)).toMatchObject({
    outcome: 'warn',
    found: 'development',
  })
  expect(await environment.run(await appAttest({ aaguid: 'appattestX' }), context)).toMatchObject({
    outcome: 'not-checked',
  })
})
it('is asked of App Attest only', async () => {
  expect(environment.applies?.(await packed())).toBe(false)
})
