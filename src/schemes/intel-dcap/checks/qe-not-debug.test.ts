import { expect, it } from 'vitest'
import { findingOf } from '../testing.ts'
import { qeNotDebug } from './qe-not-debug.ts'

it('passes when the quoting enclave is not in debug mode', async () => {
  expect(await findingOf(qeNotDebug)).toMatchObject({ outcome: 'pass' })
})
it('fails when it is, with or without an identity', async () => {
  for (const without of [[], ['identity'] as const])
    expect(await findingOf(qeNotDebug, { qe: { attributes: 0x17n } }, { without })).toMatchObject({
      outcome: 'fail',
      because: { text: 'intel.qe-debug' },
    })
})
