import { bytesOf, sliceOf } from '../../core/place.ts'
import type { TrustAnchor } from '../../core/scheme.ts'
import { toHex } from '../../bytes/layout.ts'
import { base64Text, toBase64 } from '../../envelope/base64.ts'
import { readCertificate } from '../../pki/certificate.ts'
import type { Certificate } from '../../pki/types.ts'
import certificates from './certificates.json'
import { PRODUCTS, type Product } from './product.ts'

/** Whether a chip's own key signed, or one that a cloud provider holds. They hang on different authorities. */
export type KeyKind = 'VCEK' | 'VLEK'

type CertificateName = keyof typeof certificates

/** Fingerprints as AMD's publications, and every verifier that pins them, agree on: [SHA-256 of the certificate, SHA-256 of its public key]. */
const ROOTS: Readonly<Record<Product, readonly [string, string]>> = {
  Milan: [
    '69d063b45344d26a2e94e1f4210de49ef555308287d4c174445c95639a540bcd',
    '9f056bee44377e29308cb5ffa895bdfb62d18881fa6bed8d6f075b0204089cb9',
  ],
  Genoa: [
    '4c6598d19c18719c5dfd4a7d335f674e5bfe1d8f800cea2cf270c10d103db2f1',
    '429a69c9422aa258ee4d8db5fcda9c6470ef15f8cd5a9cebd6cbc7d90b863831',
  ],
  Turin: [
    '1f084161a44bb6d93778a904877d4819cafa5d05ef4193b2ded9dd9c73dd3f6a',
    '4f125410563a2ab9a50356f9243f6fe0b6f73de98603f53f90339c70e9d7ad08',
  ],
}
const DEMO_ROOTS: Readonly<Record<Product, readonly [string, string]>> = {
  Milan: [
    '983a7a30d7462617c50788be9243b9edaf9e7f60a13fbfcd8cd18b53c81f48f3',
    '4088e09c30245c1d370e675a8ff5a550879b475360e13b8209540d184aaf0f0e',
  ],
  Genoa: [
    '471ba90facc468a9963487decfff97c278f347b2551a058d84173f555647d825',
    '1912121c4a05ef1f31f0de208920c5847d34421370ff5de20b7bbbedb840e32c',
  ],
  Turin: [
    '2511653490bae772a3eac0fe1102cc62e94aae5c18041995955e0b668616708c',
    'fcf0115fac9b5b74504adaf1618eb15cad33ae73385933541325045ad04df684',
  ],
}

/** Where AMD's key service publishes the authorities of a generation: ASK (or ASVK), then ARK, as PEM. */
export function chainUrl(product: Product, kind: KeyKind): string {
  return `https://kdsintf.amd.com/${kind.toLowerCase()}/v1/${product}/cert_chain`
}

/** Where AMD's key service publishes the revocation list of a generation. */
export function crlUrl(product: Product, kind: KeyKind): string {
  return `https://kdsintf.amd.com/${kind.toLowerCase()}/v1/${product}/crl`
}

function certificateNamed(name: CertificateName): Certificate {
  const text = base64Text(certificates[name])
  const certificate = text && readCertificate(sliceOf(`published:${name}`, bytesOf(text.slice)))
  if (!certificate) throw new Error(`${name} is not a certificate`)
  return certificate
}

function rootAnchor(
  name: CertificateName,
  product: Product,
  fingerprints: readonly [string, string],
  rest: Pick<TrustAnchor, 'holder' | 'country' | 'source' | 'status'>,
): TrustAnchor {
  const certificate = certificateNamed(name)
  return {
    subject: toHex(certificate.subject.der),
    spki: toBase64(bytesOf(certificate.spki)),
    format: 'x509',
    purpose: 'evidence',
    sha256: fingerprints[0],
    spkiSha256: fingerprints[1],
    certificate: certificates[name],
    scope: product,
    ...rest,
  }
}

/** AMD's root keys, one for each generation, and the demonstration's. Which one counts follows from the report's processor, never from the evidence's certificates. */
export const anchors: readonly TrustAnchor[] = PRODUCTS.flatMap((product) => [
  rootAnchor(`ark${product}`, product, ROOTS[product], {
    holder: 'AMD',
    country: 'US',
    source: chainUrl(product, 'VCEK'),
    status: 'pinned',
  }),
  rootAnchor(`demoArk${product}`, product, DEMO_ROOTS[product], {
    holder: 'Attestation Explorer demonstration',
    country: '',
    source: '',
    status: 'demonstration',
  }),
])

let published: readonly Certificate[] | undefined
let replaced: readonly Certificate[] | undefined

/** Authorities between root and chip that AMD publishes, so that report and leaf are enough. They vouch for nothing by themselves: each must be signed by a pinned root. */
export function publishedAuthorities(): readonly Certificate[] {
  published ??= PRODUCTS.flatMap((product): CertificateName[] => [
    `ask${product}`,
    `asvk${product}`,
    `demoAsk${product}`,
    `demoAsvk${product}`,
  ]).map(certificateNamed)
  return published
}

/**
 * Authorities that AMD revoked and replaced by another of the same name; Genoa has one. They are here so that a chain through one is recognised for what it is.
 * A chip's certificate does not say which key signed it, so these are tried only where the current ones did not sign.
 */
export function replacedAuthorities(): readonly Certificate[] {
  replaced ??= [certificateNamed('askGenoaFirst')]
  return replaced
}
