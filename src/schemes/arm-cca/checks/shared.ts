import { type ArtifactIndex, rangeOf, type ByteRange } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Cite, Coverage, Finding } from '../../../core/verdict.ts'
import type { Part } from '../decoded.ts'
import { citeBytes } from '../../../envelope/cose-questions.ts'
import type { PreparedCca } from '../prepare.ts'

/** Arm's specification of the Realm Management Monitor, which defines the token. */
export const RMM = (section: string) => ({
  title: 'Arm RMM specification (DEN0137)',
  section,
  url: 'https://developer.arm.com/documentation/den0137/latest',
})

/** The draft that describes the new profile. */
export const DRAFT = (section: string) => ({
  title: 'draft-ffm-rats-cca-token',
  section,
  url: 'https://datatracker.ietf.org/doc/html/draft-ffm-rats-cca-token',
})

/** The vendor's SDK, whose rule ties the token to a device. */
export const VIRTCCA = (section: string) => ({
  title: 'virtCCA SDK, attestation',
  section,
  url: 'https://gitee.com/openeuler/virtCCA_sdk',
})

/** Points at bytes of the token. */
export function cite(prepared: PreparedCca, path: string, ...ranges: readonly (ByteRange | undefined)[]): Cite[] {
  return citeBytes(prepared.artifact, path, ...ranges)
}

/** Path below the COSE message of a part. */
export function inPart(part: Part, name: string): string {
  return part.path === '' ? name : `${part.path}.${name}`
}

/** The tokens that must be there, those that are. */
export function parts(prepared: PreparedCca): readonly Part[] {
  return [prepared.token.platform, prepared.token.realm].flatMap((part) => part ?? [])
}

/** The token is not whole enough to look at this. */
export function unreadable(): Finding {
  return { outcome: 'not-checked', because: say('cca.unreadable'), cites: [] }
}

/** Bytes that a signature over a part covers. */
export function coverage(artifact: ArtifactIndex, part: Part): Coverage[] {
  const { message } = part
  if (!message) return []
  return [
    { artifact, range: rangeOf(message.protectedBytes), by: 'attestation-key' },
    ...(message.payload ? [{ artifact, range: rangeOf(message.payload), by: 'attestation-key' as const }] : []),
    { artifact, range: rangeOf(message.signature), by: 'signature' },
  ]
}
