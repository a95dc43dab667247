import type { AppraisalContext, CaseItem } from '../../core/scheme.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { bytesOf } from '../../core/place.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { HUAWEI_DEVICES, huaweiProductAuthority } from '../../pki/huawei-devices.ts'
import { verifyPathBeside } from '../../pki/path-beside.ts'
import type { Certificate, PathResult } from '../../pki/types.ts'

/**
 * virtCCA without a platform's token: the realm's token is signed by the key inside it, and a certificate (AIK) that Huawei issued lies beside.
 * The vendor's SDK takes the pair only if both name one key; another verifier looks at each by itself and never compares them.
 */

/** A certificate of the case. `isCarried`: it came in one container with the token, so that a fault in it is the evidence's own. */
export interface HeldCertificate {
  readonly item: CaseItem
  readonly certificate: Certificate
  readonly isCarried: boolean
}

export type Aik =
  | { readonly state: 'missing' }
  /** A certificate of a device, and of another key. */
  | { readonly state: 'other'; readonly held: HeldCertificate }
  | { readonly state: 'same'; readonly held: HeldCertificate; readonly path: PathResult }

/** Most files that are looked at. */
const MOST = 400

/** The certificate that names the token's key; of several copies the one whose chain is best. */
export async function aikOf(
  subject: CaseItem,
  key: Uint8Array | undefined,
  { items, anchors, at }: AppraisalContext,
): Promise<Aik> {
  const held = items.slice(0, MOST).flatMap((item): HeldCertificate[] => {
    const { slice } = item
    const certificate =
      slice.bytes[slice.start] === 0x30 && slice.end - slice.start < 1 << 16 ? readCertificate(slice) : undefined
    return certificate ? [{ item, certificate, isCarried: item.parent !== null && item.parent === subject.parent }] : []
  })
  const authorities = huaweiProductAuthority()
  const roots = anchors.filter(({ format }) => format === 'x509')
  let best: Aik | undefined
  for (const one of held) {
    if (!key || !sameBytes(bytesOf(one.certificate.spki), key)) continue
    const { path } = await verifyPathBeside({
      leaf: one.certificate,
      carried: [...held.flatMap(({ certificate, isCarried }) => (isCarried ? [certificate] : [])), ...authorities],
      beside: held.map(({ certificate }) => certificate),
      anchors: roots,
      purpose: 'evidence',
      profile: HUAWEI_DEVICES,
      at,
    })
    if (path.anchor && path.faults.length === 0) return { state: 'same', held: one, path }
    if (!best || one.isCarried) best = { state: 'same', held: one, path }
  }
  const device = held.find(({ certificate }) => certificate.basicConstraints?.cA !== true)
  return best ?? (device ? { state: 'other', held: device } : { state: 'missing' })
}
