import type { TrustAnchor } from '../../core/scheme.ts'
import { huaweiEquipmentRoot } from '../../pki/huawei-devices.ts'
import { demoAnchor } from './demo-anchor.ts'

/** Kunpeng's device root keys (DRK) hang on Huawei's root of devices. */
export const anchors: readonly TrustAnchor[] = [{ ...huaweiEquipmentRoot, scope: 'Kunpeng iTrustee' }, demoAnchor]
