import { expect, it } from 'vitest'
import { makeEndorsement } from '../attester.ts'
import { ask } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('passes for a whole one', async () =>
  expect(await ask(wellFormed, await makeEndorsement())).toMatchObject({
    outcome: 'pass',
    because: { params: { count: 4 } },
  }))
it('fails cut off', async () =>
  expect(await ask(wellFormed, (await makeEndorsement()).subarray(0, -1))).toMatchObject({ outcome: 'fail' }))
