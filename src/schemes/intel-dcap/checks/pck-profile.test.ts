import { expect, it } from 'vitest'
import { platformCaKey } from '../demo-keys.ts'
import { findingOf } from '../testing.ts'
import { pckProfileHolds } from './pck-profile.ts'

it('passes on a whole PCK certificate', async () => {
  expect(await findingOf(pckProfileHolds)).toMatchObject({ outcome: 'pass', found: 'FMSPC d0e0f0000000' })
})
it('fails when a component is missing or too large', async () => {
  expect(
    await findingOf(pckProfileHolds, { platform: { components: Array.from({ length: 15 }, () => 1) } }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'pck.missing' } })
  expect(
    await findingOf(pckProfileHolds, { platform: { components: [300, ...Array.from({ length: 15 }, () => 1)] } }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'pck.malformed' } })
})
it('fails when an authority signed the QE report', async () => {
  expect(
    await findingOf(pckProfileHolds, {
      bend: { certificates: ({ intermediate, root }) => [intermediate, root], envelope: { qeSigner: platformCaKey } },
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'intel.pck-name' } })
})
