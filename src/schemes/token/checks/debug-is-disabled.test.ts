import { expect, it } from 'vitest'
import { makeMaaToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { debugIsDisabled } from './debug-is-disabled.ts'

it('passes when the service says off, and fails when it says on', async () => {
  expect(await finding(debugIsDisabled, await makeMaaToken())).toMatchObject({ outcome: 'pass' })
  expect(await finding(debugIsDisabled, await makeMaaToken({ 'x-ms-sevsnpvm-is-debuggable': true }))).toMatchObject({
    outcome: 'fail',
    because: { text: 'jwt.debug' },
  })
  expect(
    await finding(debugIsDisabled, await makeMaaToken({ 'x-ms-azurevm-kerneldebug-enabled': true })),
  ).toMatchObject({ outcome: 'fail' })
})
