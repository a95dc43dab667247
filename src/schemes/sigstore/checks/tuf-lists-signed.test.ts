import { expect, it } from 'vitest'
import { makeTargets, makeTrustedRoot } from '../tuf-attester.ts'
import { followedFinding } from '../testing-tuf.ts'
import { tufListsSigned } from './tuf-lists-signed.ts'

it('passes for lists that those signed whom the newest root names', async () => {
  expect(await followedFinding(tufListsSigned)).toMatchObject({ outcome: 'pass' })
})
it('fails for a list signed by a key that left', async () => {
  const targets = await makeTargets(await makeTrustedRoot(), { by: ['tuf1', 'tuf2'] })
  expect(await followedFinding(tufListsSigned, { 'targets.json': targets })).toMatchObject({
    outcome: 'fail',
    because: { text: 'sigstore.tuf.list-keys' },
  })
})
