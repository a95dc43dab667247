import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { noPerfmon } from './no-perfmon.ts'

it('passes without performance counters, warns with them, and does not arise for enclaves', async () => {
  expect(await findingOf(noPerfmon)).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(noPerfmon, { td: { tdAttributes: (1n << 63n) | (1n << 28n) } })).toMatchObject({
    outcome: 'warn',
    because: { text: 'tdx.perfmon' },
  })
  expect(await findingOf(noPerfmon, { version: 3 })).toMatchObject({ outcome: 'not-applicable' })
})
