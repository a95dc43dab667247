import { type ArtifactIndex, bytesOf, rangeOf } from '../../../core/place.ts'
import type { Cite, Coverage, Finding, TrustEdge, TrustNode } from '../../../core/verdict.ts'
import { sameBytes } from '../../../bytes/layout.ts'
import { spokenName } from '../../../pki/names.ts'
import type { Certificate, PathResult } from '../../../pki/types.ts'
import { say } from '../../../core/saying.ts'
import { KEY_DESCRIPTION } from '../oids.ts'
import type { PreparedAndroid, PreparedAttestation } from '../prepare.ts'
import type { Part } from '../statement.ts'

export const WEBAUTHN = (section: string) => ({
  title: 'Web Authentication Level 3',
  section,
  url: 'https://www.w3.org/TR/webauthn-3/',
})
export const APPLE = {
  title: 'Validating apps that connect to your server',
  section: 'Verify the attestation',
  url: 'https://developer.apple.com/documentation/devicecheck/validating-apps-that-connect-to-your-server',
}
export const ANDROID = {
  title: 'Verify hardware-backed key pairs with key attestation',
  section: 'Verify a hardware-backed key pair',
  url: 'https://developer.android.com/privacy-and-security/security-key-attestation',
}

export function citeAttestation({ artifact, attestation }: PreparedAttestation): readonly Cite[] {
  return [{ artifact, path: '', ranges: [rangeOf(attestation.slice)] }]
}

export function citeAndroid({ artifact, android }: PreparedAndroid): readonly Cite[] {
  return [{ artifact, path: '', ranges: [rangeOf(android.slice)] }]
}

export function edges(nodes: readonly TrustNode[]): TrustEdge[] {
  return nodes.slice(1).map((node, i) => ({ from: nodes[i]?.id ?? '', to: node.id, by: 'signature' }))
}

/** A part of a statement as a finding. */
export function findingOf(part: Part, cites: readonly Cite[]): Finding {
  switch (part.state) {
    case 'holds':
      return { outcome: 'pass', because: part.because, cites }
    case 'fails':
      return { outcome: 'fail', because: part.because, cites }
    case 'unsupported':
      return { outcome: 'unsupported', because: part.because, cites }
    case 'open':
    case 'none':
      return { outcome: 'not-checked', because: part.because, cites }
  }
}

/** What a chain covers of certificates in the same file. Of the last one only the key: its issuer is sought by name, so another name is a missing root and no bad signature. */
export function covered(
  artifact: ArtifactIndex,
  path: PathResult | undefined,
  own: readonly Certificate[],
): Coverage[] {
  return (path?.path ?? []).flatMap((one, i): Coverage[] => {
    if (!own.includes(one)) return []
    const isLast = i + 1 === path?.path.length || !own.includes(path?.path[i + 1] ?? one)
    if (isLast) return [{ artifact, range: rangeOf(one.spki), by: 'endorsement' }]
    // Under another identifier there is no description of a key, and the file is no attestation at all.
    const named = one.extensions.find(({ oid }) => oid === KEY_DESCRIPTION)
    const whole = rangeOf(one.tbs)
    const parts = named
      ? [
          { ...whole, end: named.range.start },
          { ...whole, start: named.value.start },
        ]
      : [whole]
    return parts.map((range) => ({ artifact, range, by: 'endorsement' }))
  })
}

/** The first certificate that stands in the evidence and leads nowhere. */
export function stranger(path: PathResult | undefined, own: readonly Certificate[]): Certificate | undefined {
  const same = (a: Certificate, b: Certificate) => sameBytes(bytesOf(a.slice), bytesOf(b.slice))
  return path && own.find((one) => !path.path.some((other) => same(one, other)))
}

/** A chain as a finding. What the evidence itself carries has to be on it. */
export function chainFinding(
  path: PathResult | undefined,
  own: readonly Certificate[],
  cites: readonly Cite[],
  good: string,
): Finding {
  if (!path) return { outcome: 'not-checked', because: say('device.no-certificate'), cites }
  const [fault] = path.faults
  if (fault) return { outcome: 'fail', because: fault.because, cites }
  const extra = stranger(path, own)
  if (extra)
    return { outcome: 'fail', because: say('device.not-one-chain', { name: spokenName(extra.subject) }), cites }
  const [unsupported] = path.unsupported
  if (unsupported) return { outcome: 'unsupported', because: unsupported.because, cites }
  return path.rootStatus === 'none'
    ? {
        outcome: 'not-checked',
        because: say('device.issuer-missing', { issuer: path.missingIssuer?.text ?? '' }),
        cites,
      }
    : { outcome: 'pass', because: say(good), cites }
}
