import { expect, it } from 'vitest'
import { makeLegacyReport } from '../attester.ts'
import { ask } from '../testing.ts'
import { debugOff } from './debug-off.ts'

it('passes when NODBG is set', async () => expect(await ask(debugOff)).toMatchObject({ outcome: 'pass' }))
it('fails when it is clear', async () =>
  expect(await ask(debugOff, { subject: await makeLegacyReport({ policy: 0 }) })).toMatchObject({
    outcome: 'fail',
    because: { text: 'sev.debug' },
  }))
it('is not asked of a platform', async () =>
  expect(await ask(debugOff, { kind: 'pdh' })).toMatchObject({ outcome: 'not-applicable' }))
