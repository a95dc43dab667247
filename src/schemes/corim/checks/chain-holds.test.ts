import { expect, it } from 'vitest'
import type { PathResult } from '../../../pki/types.ts'
import { say } from '../../../core/saying.ts'
import { context, finding, prepared } from '../testing.ts'
import { chainHolds } from './chain-holds.ts'

const path = (changes: Partial<PathResult>): PathResult => ({
  path: [],
  rootStatus: 'unknown',
  anchor: undefined,
  links: [],
  faults: [],
  outside: [],
  unsupported: [],
  unused: [],
  missingIssuer: undefined,
  ...changes,
})
const fault = { because: say('chain.signature'), index: 0, range: { space: '', start: 0, end: 1 } }

it('does not arise without a certificate', async () => {
  expect(await finding(chainHolds)).toBe('not-applicable')
})
it('follows what came of the chain', async () => {
  const all = await prepared()
  const of = (changes: Partial<PathResult>) => chainHolds.run({ ...all, path: path(changes) }, context)
  expect(of({})).toMatchObject({ outcome: 'pass' })
  expect(of({ faults: [fault] })).toMatchObject({ outcome: 'fail' })
  expect(of({ outside: [fault] })).toMatchObject({ outcome: 'not-checked' })
  expect(of({ rootStatus: 'none' })).toMatchObject({ outcome: 'not-checked' })
})
