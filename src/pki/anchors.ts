import { bytesOf, sliceOf } from '../core/place.ts'
import type { TrustAnchor } from '../core/scheme.ts'
import { fromHex, sameBytes } from '../bytes/layout.ts'
import { base64Text } from '../envelope/base64.ts'
import { readCertificate, spkiSha256 } from './certificate.ts'
import type { Certificate } from './types.ts'

// By the text itself: anchors are copied when the reader switches some off.
const certificates = new Map<string, Certificate | null>()

/** The published certificate of an anchor, read once. */
export function anchorCertificate({ certificate, sha256 }: TrustAnchor): Certificate | undefined {
  if (certificate === undefined) return undefined
  const known = certificates.get(certificate)
  if (known !== undefined) return known ?? undefined
  const bytes = anchorKeyBytes(certificate)
  const read = bytes && readCertificate(sliceOf(`anchor:${sha256}`, bytes))
  certificates.set(certificate, read ?? null)
  return read
}

/** The anchor that this certificate is: same subject bytes and same key, or a raw key with the same key. What else the certificate says never counts. */
export async function anchorFor(
  anchors: readonly TrustAnchor[],
  certificate: Certificate,
): Promise<TrustAnchor | undefined> {
  const matching: TrustAnchor[] = []
  for (const anchor of anchors)
    if (
      (anchor.format === 'raw-key' || isNamed(anchor, certificate.subject.der)) &&
      (await hasKey(anchor, certificate))
    )
      matching.push(anchor)
  return matching.length > 1 ? best(matching) : matching[0]
}

const subjects = new Map<string, Uint8Array>()

function isNamed({ subject }: TrustAnchor, name: Uint8Array): boolean {
  const known = subjects.get(subject) ?? fromHex(subject)
  if (!known) return false
  subjects.set(subject, known)
  return sameBytes(known, name)
}

const keys = new Map<string, Uint8Array>()

// The whole key where the anchor has it, which says no less than its digest and costs none.
async function hasKey(anchor: TrustAnchor, certificate: Certificate): Promise<boolean> {
  const key = keys.get(anchor.spki) ?? anchorKeyBytes(anchor.spki)
  if (!key) return anchor.spkiSha256 === (await spkiSha256(certificate))
  keys.set(anchor.spki, key)
  return sameBytes(key, bytesOf(certificate.spki))
}

// One key may be pinned and added by the reader at once. A switched-off anchor stays off.
function best(anchors: readonly TrustAnchor[]): TrustAnchor | undefined {
  const order = ['switched-off', 'pinned', 'development', 'demonstration', 'added']
  return anchors.toSorted((a, b) => order.indexOf(a.status ?? 'pinned') - order.indexOf(b.status ?? 'pinned'))[0]
}

/** Anchors that are known by name and key only and could have signed this certificate. */
export function bareAnchors(
  anchors: readonly TrustAnchor[],
  certificate: Certificate,
): { readonly anchor: TrustAnchor; readonly spki: Uint8Array }[] {
  return anchors.flatMap((anchor) => {
    const spki =
      anchor.format === 'x509' && anchor.certificate === undefined && isNamed(anchor, certificate.issuer.der)
        ? anchorKeyBytes(anchor.spki)
        : undefined
    return spki ? [{ anchor, spki }] : []
  })
}

/** Bytes of an anchor's key or certificate as written in its fields. */
export function anchorKeyBytes(text: string): Uint8Array | undefined {
  const read = base64Text(text)
  return read && bytesOf(read.slice)
}
