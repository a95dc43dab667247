import { expect, it } from 'vitest'
import { huaweiEquipmentRoot } from '../../pki/huawei-devices.ts'
import { anchors } from './anchors.ts'

it('only the root of Huawei’s devices is pinned', () => {
  const pinned = anchors.filter(({ status }) => status === undefined)
  expect(pinned.map(({ spkiSha256 }) => spkiSha256)).toEqual([huaweiEquipmentRoot.spkiSha256])
})
