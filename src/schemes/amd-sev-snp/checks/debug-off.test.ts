import { expect, it } from 'vitest'
import { makeReport, PLAIN_POLICY } from '../attester.ts'
import { ask } from '../testing.ts'
import { debugOff } from './debug-off.ts'

it('passes when bit 19 is clear', async () =>
  expect(await ask(debugOff, await makeReport())).toMatchObject({ outcome: 'pass' }))
it('fails when it is set', async () =>
  expect(await ask(debugOff, await makeReport({ policy: PLAIN_POLICY | (1n << 19n) }))).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.debug' },
  }))
