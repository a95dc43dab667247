import type { ArtifactIndex, ByteRange } from '../../core/place.ts'
import type { PreparedReport } from './prepare.ts'

/** Where the certificates of the path lie in the case; those that came from us are left out. */
export function certificatesWithin({
  path,
  held,
}: PreparedReport): { readonly index: number; readonly artifact: ArtifactIndex; readonly range: ByteRange }[] {
  return (path?.path ?? []).flatMap((certificate, index) => {
    const hit = held.find((one) => one.certificate === certificate)
    const { space, start, end } = certificate.slice
    return hit ? [{ index, artifact: hit.item.artifact, range: { space, start, end } }] : []
  })
}
