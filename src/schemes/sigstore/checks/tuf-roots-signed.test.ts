import { expect, it } from 'vitest'
import { makeTufRoot } from '../tuf-attester.ts'
import { followedFinding } from '../testing-tuf.ts'
import { tufRootsSigned } from './tuf-roots-signed.ts'

it('passes where each root is signed by the keys before it and by its own', async () => {
  expect(await followedFinding(tufRootsSigned)).toMatchObject({ outcome: 'pass', because: { params: { to: 3 } } })
})
it('fails for a root that too few of the old keys signed', async () => {
  const root = await makeTufRoot({ version: 2, keys: ['tuf1', 'tuf2'], by: ['tuf1', 'tuf4'] })
  expect(await followedFinding(tufRootsSigned, { '2.root.json': root })).toMatchObject({
    outcome: 'fail',
    because: { text: 'sigstore.tuf.root-old-keys', params: { valid: 1, threshold: 2 } },
  })
})
it('fails for what can be read in two ways', async () => {
  const root = new TextEncoder().encode('{"signed":{"_type":"root","version":2,"version":3},"signatures":[]}')
  expect(await followedFinding(tufRootsSigned, { '2.root.json': root })).toMatchObject({
    outcome: 'fail',
    because: { text: 'sigstore.tuf.form' },
  })
})
