import { expect, it } from 'vitest'
import { makeReport } from '../attester.ts'
import { ask } from '../testing.ts'
import { policyStrict } from './policy-strict.ts'

it('passes when all of it is shut', async () =>
  expect(await ask(policyStrict, await makeReport({ policy: (1n << 17n) | (1n << 20n) | (1n << 24n) }))).toMatchObject({
    outcome: 'pass',
  }))
it('names what is open', async () =>
  expect(await ask(policyStrict, await makeReport())).toMatchObject({
    outcome: 'warn',
    because: { params: { names: 'SMT, SINGLE_SOCKET, CIPHERTEXT_HIDING_DRAM' } },
  }))
it('is a note: it never decides', () => expect(policyStrict.weight).toBe('notes'))
