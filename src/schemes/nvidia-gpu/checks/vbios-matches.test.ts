import { expect, it } from 'vitest'
import { chainItems, context, prepared, rimItem, VBIOS } from '../testing.ts'
import { vbiosMatches } from './vbios-matches.ts'

const OTHER = new Uint8Array(48).fill(0xee)

it('passes on an authentic manifest with the same values', async () => {
  const items = [...(await chainItems()), await rimItem(2, { version: VBIOS, active: [0, 9] })]
  expect(await vbiosMatches.run(await prepared({}, items), context)).toMatchObject({ outcome: 'pass' })
})
it('says that index 9 alone is most likely an older issue', async () => {
  const items = [...(await chainItems()), await rimItem(2, { version: VBIOS, active: [0, 9] })]
  expect(await vbiosMatches.run(await prepared({ measurements: { 9: OTHER } }, items), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'nvidia.rim.older-issue' },
  })
})
it('is not checked without a manifest, and names the one to fetch', async () => {
  expect(await vbiosMatches.run(await prepared(), context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'nvidia.rim.missing', params: { id: 'NV_GPU_VBIOS_D000_0001_900_9600D9000F' } },
  })
})
