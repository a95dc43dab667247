import { rangeOf, sliceOf, type ByteRange } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { readDerStrict } from '../bytes/der.ts'
import { isoOf } from '../bytes/der-node.ts'
import { sameBytes } from '../bytes/layout.ts'
import { oidName } from '../bytes/oids.ts'
import { keyKindOf, publicKeyOf } from '../crypto/spki.ts'
import { anchorKeyBytes } from './anchors.ts'
import { spokenName } from './names.ts'
import { ANY_EXTENDED_KEY_USAGE, OID } from './shape.ts'
import type { Certificate, PathFault, PathProfile } from './types.ts'

/** Critical extensions whose meaning is followed here. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.keyUsage,
  OID.extKeyUsage,
  // Say nothing that could forbid a path: other names, where lists are, and policies when no policy is asked for. Key identifiers must never be critical, so they are not here.
  OID.subjectAltName,
  OID.issuerAltName,
  OID.cRLDistributionPoints,
  OID.certificatePolicies,
])

/**
 * Extensions that limit the policies of a path. An application must understand them whether they are critical or not (RFC 5280 section 4.2);
 * no chain of attestation evidence has any, so the chain is refused and not evaluated by halves.
 */
const POLICY_LIMITS: ReadonlySet<string> = new Set([OID.policyConstraints, OID.policyMappings, OID.inhibitAnyPolicy])

export interface PathEnd {
  readonly isAnchored: boolean
  /** True for an anchor's certificate as it was published, whether the evidence carries a copy of it or not: what a verdict says must not hang on that. */
  isPublished(certificate: Certificate): boolean
  /** Key of the anchor, base64, when it has no certificate. */
  readonly bareAnchorSpki: string | undefined
}

/** What RFC 5280 section 6 and the profile forbid, signatures aside. Leaf first. */
export function profileFaults(path: readonly Certificate[], profile: PathProfile, end: PathEnd): PathFault[] {
  const faults: PathFault[] = []
  path.forEach((certificate, index) => {
    const fault = (text: string, range: ByteRange, params: Readonly<Record<string, string | number>> = {}) => {
      faults.push({ because: say(text, { subject: spokenName(certificate.subject), ...params }), index, range })
    }
    for (const own of certificate.faults) faults.push({ because: own.because, index, range: own.range })
    checkExtensions(certificate, profile, fault)
    checkPurposes(certificate, profile, fault)
    if (index === 0) checkLeaf(certificate, profile, end.isAnchored && path.length === 1, fault)
    else checkAuthority(certificate, path.slice(1, index), profile, fault)
    for (const oid of profile.required ?? [])
      if (!certificate.extensions.some((one) => one.oid === oid))
        fault('cert.profile', rangeOf(certificate.tbs), { rule: `${oidName(oid) ?? oid}: –`, section: profile.id })
    // Nobody asks who vouches for a published root, so how it was signed says nothing.
    if (end.isPublished(certificate)) return
    const issuerKind =
      path[index + 1]?.keyKind ?? (end.bareAnchorSpki === undefined ? undefined : bareKind(end.bareAnchorSpki))
    const isRoot = index === path.length - 1 && sameBytes(certificate.issuer.der, certificate.subject.der)
    const kind = issuerKind ?? (isRoot ? certificate.keyKind : undefined)
    if (kind !== undefined && !isAllowed(kind, certificate.algorithmName, profile))
      faults.push({
        because: say(
          'cert.algorithm',
          { subject: spokenName(certificate.subject), name: `${kind}/${certificate.algorithmName}` },
          'algorithm-refused',
        ),
        index,
        range: rangeOf(certificate.signature),
      })
  })
  return faults
}

type Fault = (text: string, range: ByteRange, params?: Readonly<Record<string, string | number>>) => void

function extensionRange(certificate: Certificate, oid: string): ByteRange {
  return certificate.extensions.find((one) => one.oid === oid)?.range ?? rangeOf(certificate.tbs)
}

function checkExtensions(certificate: Certificate, profile: PathProfile, fault: Fault): void {
  for (const extension of certificate.extensions) {
    if (extension.oid === OID.nameConstraints) fault('chain.name-constraints', extension.range)
    else if (POLICY_LIMITS.has(extension.oid))
      fault('chain.policy', extension.range, { name: oidName(extension.oid) ?? extension.oid })
    else if (extension.critical && !UNDERSTOOD.has(extension.oid) && !profile.knownCritical.includes(extension.oid))
      fault('chain.critical-ext', extension.range, {
        oid: extension.oid,
        name: oidName(extension.oid) ?? extension.oid,
      })
  }
}

// A critical extKeyUsage forbids every use that it does not name (RFC 5280 section 4.2.1.12). Where the profile asks for none, no use that it could name is ours.
function checkPurposes(certificate: Certificate, profile: PathProfile, fault: Fault): void {
  const purposes = certificate.extendedKeyUsage
  const isCritical = certificate.extensions.some((one) => one.oid === OID.extKeyUsage && one.critical)
  if (!isCritical || !purposes || purposes.includes(ANY_EXTENDED_KEY_USAGE)) return
  const wanted = profile.leafUsage
  if (wanted === undefined || !purposes.includes(wanted))
    fault('chain.purpose', extensionRange(certificate, OID.extKeyUsage), {
      names: purposes.map((one) => oidName(one) ?? one).join(', '),
    })
}

function checkLeaf(leaf: Certificate, profile: PathProfile, isAnchor: boolean, fault: Fault): void {
  if (leaf.basicConstraints?.cA === true && profile.leafMayBeCa !== true && !isAnchor)
    fault('chain.leaf-is-ca', extensionRange(leaf, OID.basicConstraints))
  const usage = profile.leafKeyUsage === undefined ? 'digitalSignature' : profile.leafKeyUsage
  if (usage !== null && leaf.keyUsage && !leaf.keyUsage.includes(usage) && !isAnchor)
    fault('chain.usage', extensionRange(leaf, OID.keyUsage), { usage })
  const purpose = profile.leafUsage
  if (purpose !== undefined && leaf.extendedKeyUsage?.includes(purpose) !== true)
    fault('chain.usage', extensionRange(leaf, OID.extKeyUsage), { usage: oidName(purpose) ?? purpose })
}

// `below`: the authorities between this one and the leaf.
function checkAuthority(
  certificate: Certificate,
  below: readonly Certificate[],
  profile: PathProfile,
  fault: Fault,
): void {
  const { basicConstraints, keyUsage } = certificate
  if (basicConstraints?.cA !== true) fault('chain.ca', extensionRange(certificate, OID.basicConstraints))
  else if (
    profile.plainConstraints !== true &&
    certificate.extensions.find((one) => one.oid === OID.basicConstraints)?.critical === false
  )
    fault('cert.profile', extensionRange(certificate, OID.basicConstraints), {
      rule: 'basicConstraints: critical = FALSE',
      section: 'RFC 5280 4.2.1.9',
    })
  if (keyUsage && !keyUsage.includes('keyCertSign'))
    fault('chain.key-usage', extensionRange(certificate, OID.keyUsage), { usage: 'keyCertSign' })
  checkLength(certificate, below, fault)
}

function checkLength(certificate: Certificate, below: readonly Certificate[], fault: Fault): void {
  const limit = certificate.basicConstraints?.pathLength
  // Self-issued certificates do not count (RFC 5280 section 4.2.1.9).
  const count = below.filter((one) => !sameBytes(one.issuer.der, one.subject.der)).length
  if (limit !== undefined && count > limit)
    fault('chain.pathlen', extensionRange(certificate, OID.basicConstraints), { limit, count })
}

function isAllowed(keyKind: string, algorithmName: string, profile: PathProfile): boolean {
  const family = keyKind.startsWith('rsa:') ? ['rsa'] : []
  return [keyKind, ...family].some((kind) => profile.algorithms.includes(`${kind}/${algorithmName}`))
}

function bareKind(spki: string): string {
  const bytes = anchorKeyBytes(spki)
  return bytes ? keyKindOf(publicKeyOf(readDerStrict(sliceOf('', bytes)))) : ''
}

/** Certificates outside their validity. Bounds are inclusive, in whole seconds. */
export function validityFaults(path: readonly Certificate[], at: number): PathFault[] {
  const second = Math.floor(at / 1000) * 1000
  return path.flatMap((certificate, index): PathFault[] => {
    const range = rangeOf(certificate.tbs)
    const params = {
      subject: spokenName(certificate.subject),
      from: isoOf(certificate.notBefore),
      to: isoOf(certificate.notAfter),
      at: isoOf(second),
    }
    // Written so that an instant which is no number holds nowhere.
    if (!(second >= certificate.notBefore))
      return [{ because: say('cert.not-yet-valid', params, 'not-yet-valid'), index, range }]
    return !(second <= certificate.notAfter) ? [{ because: say('cert.expired', params, 'expired'), index, range }] : []
  })
}
