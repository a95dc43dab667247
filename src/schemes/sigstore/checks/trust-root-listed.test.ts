import { expect, it } from 'vitest'
import { makeTrustedRoot } from '../tuf-attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { followedFinding } from '../testing-tuf.ts'
import { trustRootListed } from './trust-root-listed.ts'

it('passes for the file whose digest the signed list has', async () => {
  expect(await followedFinding(trustRootListed)).toMatchObject({ outcome: 'pass' })
})
it('fails for another file beside that list', async () => {
  const other = await makeTrustedRoot(demoKeys.tuf1)
  expect(await followedFinding(trustRootListed, { 'trusted_root.json': other })).toMatchObject({ outcome: 'fail' })
})
it('leaves open whose it is without a list, and what it would be without the file', async () => {
  expect(await followedFinding(trustRootListed, { 'targets.json': undefined })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'sigstore.trust-root-given' },
  })
  expect(await followedFinding(trustRootListed, { 'trusted_root.json': undefined })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'sigstore.trust-root-missing' },
  })
})
