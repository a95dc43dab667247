import { sliceOf } from '../core/place.ts'
import type { Policy } from '../core/policy.ts'
import type { TrustAnchor } from '../core/scheme.ts'
import { toHex } from '../bytes/layout.ts'
import { toBase64 } from '../envelope/base64.ts'
import { readPem } from '../envelope/pem.ts'
import { digest } from '../crypto/verify.ts'
import { readCertificate } from '../pki/certificate.ts'

const PURPOSES: readonly TrustAnchor['purpose'][] = ['evidence', 'reference-values', 'revocation', 'service-token']

/** Roots and keys that the reader brought: never more than `added`, whatever they say about themselves. Unreadable ones are left out. */
export async function addedAnchors(policy: Policy): Promise<TrustAnchor[]> {
  const anchors: TrustAnchor[] = []
  for (const { pem, purpose } of policy.anchorsAdded ?? []) {
    const { blocks } = readPem(sliceOf('', new TextEncoder().encode(pem)), '')
    for (const block of blocks) {
      const certificate = block.label === 'CERTIFICATE' ? readCertificate(block.slice) : undefined
      const spki = certificate ? bytes(certificate.spki) : block.label === 'PUBLIC KEY' ? bytes(block.slice) : undefined
      if (!spki) continue
      anchors.push({
        subject: certificate ? toHex(certificate.subject.der) : '',
        spki: toBase64(spki),
        format: certificate ? 'x509' : 'raw-key',
        purpose: PURPOSES.find((known) => known === purpose) ?? 'evidence',
        holder: certificate?.subject.commonName ?? '',
        country: '',
        sha256: toHex(await digest('SHA-256', bytes(block.slice))),
        spkiSha256: toHex(await digest('SHA-256', spki)),
        source: '',
        status: 'added',
        ...(certificate ? { certificate: toBase64(bytes(block.slice)) } : {}),
      })
    }
  }
  return anchors
}

const bytes = (slice: { bytes: Uint8Array; start: number; end: number }) => slice.bytes.subarray(slice.start, slice.end)
