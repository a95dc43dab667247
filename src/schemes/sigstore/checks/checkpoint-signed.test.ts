import { expect, it } from 'vitest'
import { demoKeys } from '../demo-keys.ts'
import { finding } from '../testing.ts'
import { checkpointSigned } from './checkpoint-signed.ts'

it('passes for the log’s note', async () => {
  expect(await finding(checkpointSigned)).toMatchObject({ outcome: 'pass' })
})
it('fails under another key, for another root, and for a hint that names another key', async () => {
  const of = (bend: object) => finding(checkpointSigned, { bend })
  expect(await of({ checkpointKey: demoKeys.other })).toMatchObject({ outcome: 'fail' })
  expect(await of({ checkpointRoot: new Uint8Array(32) })).toMatchObject({
    because: { text: 'sigstore.checkpoint.root' },
    outcome: 'fail',
  })
  expect(await of({ checkpointHint: new Uint8Array(4) })).toMatchObject({
    because: { text: 'sigstore.checkpoint.hint' },
    outcome: 'fail',
  })
})
