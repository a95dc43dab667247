import { isContext, isTag, sequenceOf, TAG, type DerElement } from '../bytes/der.ts'

/** OIDs of the standard extensions. */
export const OID = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  cRLNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCRLIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  nameConstraints: '2.5.29.30',
  cRLDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const

/** The extended key usage that stands for every one (RFC 5280 section 4.2.1.12). */
export const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0'

/** The parts of a certificate (RFC 5280 section 4.1), as elements. */
export interface CertificateShape {
  readonly tbs: DerElement
  readonly version: DerElement | undefined
  readonly serial: DerElement
  readonly algorithm: DerElement
  readonly issuer: DerElement
  readonly validity: readonly [DerElement, DerElement]
  readonly validityElement: DerElement
  readonly subject: DerElement
  readonly spki: DerElement
  readonly uniqueIds: readonly DerElement[]
  readonly extensions: DerElement | undefined
  readonly outerAlgorithm: DerElement
  readonly signature: DerElement
}

/** Finds the parts. Undefined when one that every certificate has is missing or of another type. */
export function certificateShape(element: DerElement | undefined): CertificateShape | undefined {
  const [tbs, outerAlgorithm, signature, ...more] = sequenceOf(element) ?? []
  const members = sequenceOf(tbs)
  if (!tbs || !members || !isTag(outerAlgorithm, TAG.sequence) || !isTag(signature, TAG.bitString) || more.length > 0)
    return undefined
  const version = isContext(members[0], 0) ? members[0] : undefined
  const [serial, algorithm, issuer, validityElement, subject, spki, ...rest] = version ? members.slice(1) : members
  const [from, to, ...others] = sequenceOf(validityElement) ?? []
  if (
    !isTag(serial, TAG.integer) ||
    !isTag(algorithm, TAG.sequence) ||
    !isTag(issuer, TAG.sequence) ||
    !isTag(validityElement, TAG.sequence) ||
    !from ||
    !to ||
    others.length > 0 ||
    !isTag(subject, TAG.sequence) ||
    !isTag(spki, TAG.sequence)
  )
    return undefined
  const extensions = rest.find((one) => isContext(one, 3))
  const uniqueIds = rest.filter((one) => isContext(one, 1) || isContext(one, 2))
  if (uniqueIds.length + (extensions ? 1 : 0) !== rest.length) return undefined
  return {
    tbs,
    version,
    serial,
    algorithm,
    issuer,
    validity: [from, to],
    validityElement,
    subject,
    spki,
    uniqueIds,
    extensions,
    outerAlgorithm,
    signature,
  }
}
