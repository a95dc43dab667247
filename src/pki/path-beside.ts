import { bytesOf } from '../core/place.ts'
import { sameBytes } from '../bytes/layout.ts'
import { issuersAmong } from './issuers.ts'
import { verifyPath } from './path.ts'
import type { Certificate, PathFault, PathRequest, PathResult } from './types.ts'

/** A path that may run through certificates which lie beside the evidence. */
export interface BesideRequest extends Omit<PathRequest, 'pool'> {
  /** What the evidence itself carries, and what this page knows: a fault in these counts. */
  readonly carried: readonly Certificate[]
  /** What lies in other files, whoever's it is. */
  readonly beside: readonly Certificate[]
}

/** The path, and whether a certificate from another file had to be left aside because it is not for this. */
export interface BesideResult {
  readonly path: PathResult
  /** Somebody of the issuer's name is here who did not sign the leaf. */
  readonly isOther: boolean
}

/**
 * What lies beside may be anybody's: it completes the chain or it is left aside, but it never makes the evidence look altered.
 * Where the wider search ends in a fault of a stranger's, or of having too many of them, only what the evidence carries counts.
 */
export async function verifyPathBeside({ carried, beside, ...request }: BesideRequest): Promise<BesideResult> {
  const find = async (certificates: readonly Certificate[]) =>
    verifyPath({ ...request, pool: await issuersAmong(request.leaf, certificates, request.anchors) })
  const path = await find([...carried, ...beside])
  const isOwn = (one: Certificate | undefined) =>
    one === undefined || carried.some((own) => own === one || sameBytes(bytesOf(own.slice), bytesOf(one.slice)))
  const isForeign = ({ because, index }: PathFault) =>
    because.code === 'search-limit' ||
    (because.code === 'chain-signature' || because.code === 'key-id'
      ? index < path.path.length - 1 && !isOwn(path.path[index + 1])
      : index > 0 && !isOwn(path.path[index]))
  const wrong = path.faults.filter(isForeign)
  if (beside.length === 0 || wrong.length === 0) return { path, isOther: false }
  return { path: await find(carried), isOther: wrong.some((one) => one.index === 0) }
}
