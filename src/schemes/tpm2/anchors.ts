import { bytesOf } from '../../core/place.ts'
import type { TrustAnchor } from '../../core/scheme.ts'
import { toHex } from '../../bytes/layout.ts'
import { base64Text, toBase64 } from '../../envelope/base64.ts'
import { readCertificate } from '../../pki/certificate.ts'
import roots from './roots.json'

/** [certificate, its SHA-256, SHA-256 of its key, where Microsoft publishes it]. */
const AZURE: readonly (readonly [keyof typeof roots, string, string, string])[] = [
  [
    'azureVirtualTpm2023',
    'e6c596b17f8ffefba5c300f714cfb1260c6028704ecf7becc4ab5018efb00e95',
    '5cbc52672ae101263c2976736044a964c1182ce9412c39937183baddcccb8cdf',
    'https://learn.microsoft.com/en-us/azure/virtual-machines/trusted-launch-faq',
  ],
  [
    'microsoftDevices2021',
    '8c2bb9144d4970c94fb8105cc5d860a58e2e675eb360fdd8c14b30833aaaec1d',
    'd61ed293962f1f6ceb26ea9ec1c5a8c6cab38e73671f27c22df90e47977707ff',
    'https://www.microsoft.com/pkiops/certs/Microsoft%20RSA%20Devices%20Root%20CA%202021.crt',
  ],
]

/** Roots under which the virtual TPMs of Azure get certificates for their attestation keys. They say whose TPM service it is; what the machine is, the hardware report says. */
export const anchors: readonly TrustAnchor[] = AZURE.map(([name, sha256, spkiSha256, source]): TrustAnchor => {
  const text = base64Text(roots[name])
  const certificate = text && readCertificate(text.slice)
  if (!certificate) throw new Error(`${name} is not a certificate`)
  return {
    subject: toHex(certificate.subject.der),
    spki: toBase64(bytesOf(certificate.spki)),
    format: 'x509',
    purpose: 'evidence',
    holder: 'Microsoft',
    country: 'US',
    sha256,
    spkiSha256,
    certificate: roots[name],
    scope: 'Azure vTPM',
    status: 'pinned',
    source,
  }
})
