import { bytesOf } from '../core/place.ts'
import type { TrustAnchor } from '../core/scheme.ts'
import { sameBytes } from '../bytes/layout.ts'
import { verifyEndorsement } from '../crypto/remember.ts'
import { anchorCertificate, anchorFor } from './anchors.ts'
import { POOL_LIMIT } from './path.ts'
import type { Certificate } from './types.ts'

/** Which certificates of a pile are worth looking at. */

/** Above so many, those that hang on an anchor are told apart from the others: a chain has fewer authorities, and copies of each use up the search's signatures. */
const CROWD = 6
/** Most others that are kept then: what is wrong with them may still be worth saying. */
const KEPT_OTHERS = 4
/** Most certificates of one name's that are looked at, and most signatures that are tried. */
const CROWD_LIMIT = 4096
const SIGNATURES_TRIED = 2048

/**
 * Of many certificates, those that could stand above this one: found by names, nearest first. Anybody can write certificates with an issuer's name, even around its key;
 * where there are many, those whose signatures lead to an anchor come first, so that no number of strangers pushes them out.
 */
export async function issuersAmong(
  leaf: Certificate,
  certificates: readonly Certificate[],
  anchors: readonly TrustAnchor[] = [],
): Promise<Certificate[]> {
  const named = namedAbove(leaf, certificates)
  if (named.length <= CROWD) return named
  const good = await underAnchors(named, anchors)
  const others = named.filter((one) => !good.includes(one))
  return good.length === 0
    ? named.slice(0, POOL_LIMIT)
    : [...good.slice(0, POOL_LIMIT - KEPT_OTHERS), ...others.slice(0, KEPT_OTHERS)]
}

function namedAbove(leaf: Certificate, certificates: readonly Certificate[]): Certificate[] {
  const found = new Set<Certificate>()
  const queue = [leaf]
  const asked: Uint8Array[] = []
  for (let one = queue.shift(); one && found.size < CROWD_LIMIT; one = queue.shift()) {
    const name = one.issuer.der
    if (asked.some((other) => sameBytes(other, name))) continue
    asked.push(name)
    for (const other of certificates) {
      if (other === leaf || found.has(other) || !sameBytes(other.subject.der, name)) continue
      found.add(other)
      queue.push(other)
    }
  }
  return [...found]
}

/** Those of them that are anchors, or are signed by one of these in turn. */
async function underAnchors(
  certificates: readonly Certificate[],
  anchors: readonly TrustAnchor[],
): Promise<Certificate[]> {
  const good: Certificate[] = []
  for (const one of certificates) if (await anchorFor(anchors, one)) good.push(one)
  const published = anchors.flatMap((anchor) => anchorCertificate(anchor) ?? [])
  const signers = [...published, ...good]
  let tries = 0
  for (const signer of signers)
    for (const one of certificates) {
      if (good.includes(one) || !sameBytes(one.issuer.der, signer.subject.der) || tries >= SIGNATURES_TRIED) continue
      tries++
      if (!(await hasSigned(signer, one))) continue
      good.push(one)
      signers.push(one)
    }
  return good
}

/** Whether this key made the signature of that certificate; names and extensions are not looked at. */
export async function hasSigned(issuer: Certificate, child: Certificate): Promise<boolean> {
  if (!child.algorithm) return false
  const { result } = await verifyEndorsement(
    child.algorithm,
    bytesOf(issuer.spki),
    bytesOf(child.tbs),
    bytesOf(child.signature),
  )
  return result === 'valid'
}
