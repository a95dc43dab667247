import { expect, it } from 'vitest'
import { usualRemedy } from './usual-remedies.ts'

it('says what to do where something is lacking, and nothing where it is not', () => {
  for (const outcome of ['fail', 'warn', 'not-checked'] as const)
    expect(usualRemedy(outcome, 'debug')?.text).toBe('remedy.debug')
  for (const outcome of ['pass', 'not-applicable', 'unsupported', 'error'] as const)
    expect(usualRemedy(outcome, 'debug')).toBeUndefined()
  expect(usualRemedy('fail', undefined)).toBeUndefined()
  expect(usualRemedy('fail', 'duplicate-key')).toBeUndefined()
})
