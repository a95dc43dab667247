import { expect, it } from 'vitest'
import { demoKeys } from '../demo-keys.ts'
import { context, finding } from '../testing.ts'
import { anchors } from '../anchors.ts'
import { setSigned } from './set-signed.ts'

it('passes for the log’s promise', async () => {
  expect(await finding(setSigned)).toMatchObject({ outcome: 'pass' })
})
it('fails under another key', async () => {
  expect(await finding(setSigned, { bend: { setKey: demoKeys.other } })).toMatchObject({ outcome: 'fail' })
})
it('misses the key of a log that the reader switched off', async () => {
  const off = anchors.map((one) => (one.scope === 'log' ? { ...one, status: 'switched-off' as const } : one))
  expect(await finding(setSigned, {}, { ...context, anchors: off })).toMatchObject({
    outcome: 'not-checked',
    code: 'key-missing',
  })
})
