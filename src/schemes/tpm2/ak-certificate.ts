import { bytesOf, type Slice } from '../../core/place.ts'
import type { AppraisalContext, CaseItem } from '../../core/scheme.ts'
import { readDer } from '../../bytes/der.ts'
import { isZero, sameBytes } from '../../bytes/layout.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { verifyPathBeside } from '../../pki/path-beside.ts'
import type { Certificate, PathProfile, PathResult } from '../../pki/types.ts'

/** Makers of TPMs sign with what they like; a certificate for an attestation key is RSA or ECDSA with SHA-2. */
const PROFILE: PathProfile = {
  id: 'tpm-ak',
  knownCritical: [],
  algorithms: [
    'rsa/sha256WithRSAEncryption',
    'rsa/sha384WithRSAEncryption',
    'rsa/sha512WithRSAEncryption',
    'rsa/rsassa-pss-SHA256',
    'rsa/rsassa-pss-SHA384',
    'rsa/rsassa-pss-SHA512',
    'ec:P-256/ecdsa-with-SHA256',
    'ec:P-384/ecdsa-with-SHA384',
  ],
}

/** Most certificates of one key that are followed. */
const MOST = 32

/** The certificate of the attestation key, and where its chain leads. */
export interface AkCertificate {
  readonly item: CaseItem
  readonly certificate: Certificate
  readonly path: PathResult
}

/** Looks for a certificate with exactly this key and follows it upwards. */
export async function akCertificateOf(
  spki: Uint8Array | undefined,
  context: AppraisalContext,
): Promise<AkCertificate | undefined> {
  if (!spki) return undefined
  const held = context.items.flatMap((item) => {
    const certificate = item.format === 'x509.certificate' ? readCertificate(withoutRoom(item.slice)) : undefined
    return certificate ? [{ item, certificate }] : []
  })
  const certificates = held.map((one) => one.certificate)
  let best: AkCertificate | undefined
  // Anybody can write a certificate around a public key: each is tried, and the one that leads to a root counts.
  for (const own of held.filter((one) => sameBytes(bytesOf(one.certificate.spki), spki)).slice(0, MOST)) {
    const { path } = await verifyPathBeside({
      leaf: own.certificate,
      carried: [],
      beside: certificates,
      anchors: context.anchors,
      purpose: 'evidence',
      profile: PROFILE,
      at: context.at,
    })
    if (path.anchor && path.faults.length === 0) return { ...own, path }
    best ??= { ...own, path }
  }
  return best
}

/** A TPM keeps the certificate in an index of fixed size and gives it back with the zeros behind it. They are shown as padding where the certificate is; here only the certificate counts. */
function withoutRoom(slice: Slice): Slice {
  const { element, end } = readDer(slice)
  return element && end < slice.end && isZero(bytesOf({ ...slice, start: end })) ? { ...slice, end } : slice
}
