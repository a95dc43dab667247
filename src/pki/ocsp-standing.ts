import { bytesOf } from '../core/place.ts'
import { say, type Saying } from '../core/saying.ts'
import { isoOf } from '../bytes/der-node.ts'
import { bitStringOf, readDerStrict, sequenceOf } from '../bytes/der.ts'
import { sameBytes, toHex } from '../bytes/layout.ts'
import { verifyEndorsement } from '../crypto/remember.ts'
import { digest } from '../crypto/verify.ts'
import { readCertificate } from './certificate.ts'
import { spokenName } from './names.ts'
import type { OcspAnswer, OcspResponse } from './ocsp.ts'
import { OCSP_OID } from './ocsp-shape.ts'
import { OID } from './shape.ts'
import type { Certificate } from './types.ts'

/** Whether a response speaks with the authority of this issuer. */
export interface OcspStanding {
  readonly response: OcspResponse
  /** `rejected`: signature, form or responder is wrong. `foreign`: by somebody who answers for other issuers, or about none of ours. `refused`: the responder gave no answer. */
  readonly authentic: 'authentic' | 'rejected' | 'foreign' | 'unsupported' | 'refused'
  readonly because: Saying
  /** The delegated responder's certificate; undefined where the issuer answers itself. */
  readonly signer: Certificate | undefined
}

/** What the responders say about one certificate, all responses together. `revoked` stands whatever the dates of the answer. */
export type OcspState = {
  /** Of every response that names this certificate, or that is a refusal. */
  readonly standings: readonly OcspStanding[]
} & (
  | {
      readonly state: 'revoked'
      readonly answer: OcspAnswer
      readonly standing: OcspStanding
      /** Revoked by the instant asked for. */
      readonly revokedBefore: boolean
      /** Put on hold (RFC 5280 certificateHold): taken back for now. */
      readonly isHold: boolean
      readonly because: Saying
    }
  | { readonly state: 'good'; readonly answer: OcspAnswer; readonly standing: OcspStanding; readonly because: Saying }
  | {
      readonly state: 'not-checked'
      /** No response names this certificate. */
      readonly isSilent: boolean
      readonly because: Saying
    }
)

/** Extended key usage of a delegated responder (RFC 6960 section 4.2.2.2). */
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'

const second = (at: number) => Math.floor(at / 1000) * 1000

function keyBits(certificate: Certificate): Uint8Array {
  const bits = bitStringOf(sequenceOf(readDerStrict(certificate.spki))?.[1])
  return bits ? bytesOf(bits.slice) : new Uint8Array()
}

/** True when the answer's digests and serial number are those of this certificate under this issuer. */
async function isAbout({ id }: OcspAnswer, certificate: Certificate, issuer: Certificate): Promise<boolean> {
  if (!id.hash || !sameBytes(id.serial, certificate.serial)) return false
  return (
    sameBytes(id.issuerNameHash, await digest(id.hash, certificate.issuer.der)) &&
    sameBytes(id.issuerKeyHash, await digest(id.hash, keyBits(issuer)))
  )
}

async function isResponder({ responder }: OcspResponse, certificate: Certificate): Promise<boolean> {
  if (!responder) return false
  return responder.by === 'name'
    ? sameBytes(responder.name.der, certificate.subject.der)
    : sameBytes(responder.keyHash, await digest('SHA-1', keyBits(certificate)))
}

/** Verifies a response as one that may speak for this issuer: by the issuer itself, or by a responder that the issuer certified for nothing else. */
export async function ocspStanding(response: OcspResponse, issuer: Certificate, at: number): Promise<OcspStanding> {
  const names = { issuer: spokenName(issuer.subject) }
  const verdict = (authentic: OcspStanding['authentic'], because: Saying, signer?: Certificate): OcspStanding => ({
    response,
    authentic,
    because,
    signer,
  })
  if (response.status !== 0 && response.faults.length === 0)
    return verdict('refused', say('ocsp.refused', { status: response.statusName }))
  const fault = response.faults[0]
  if (fault) return verdict('rejected', fault.because)
  const { tbs, signature, algorithm } = response
  if (!tbs || !signature || !response.responder) return verdict('rejected', say('ocsp.profile', EMPTY))
  if (!algorithm) return verdict('unsupported', say('crypto.unsupported', { name: response.algorithmName }))
  if ('hash' in algorithm && algorithm.hash === 'SHA-1')
    return verdict('rejected', say('ocsp.algorithm', { name: response.algorithmName }))
  const isItself = await isResponder(response, issuer)
  const delegated = isItself ? undefined : await delegatedSigner(response)
  const signer = isItself ? issuer : delegated
  if (!signer) return verdict('foreign', say('ocsp.responder-missing', names, 'not-for-this'))
  if (delegated) {
    const refusal = await delegationFault(delegated, issuer, at)
    if (refusal) return verdict(refusal.isForeign ? 'foreign' : 'rejected', refusal.because, delegated)
  }
  const verified = await verifyEndorsement(algorithm, bytesOf(signer.spki), bytesOf(tbs), bytesOf(signature))
  if (verified.result === 'unsupported') return verdict('unsupported', verified.because, delegated)
  if (verified.result === 'invalid')
    return verdict('rejected', say('ocsp.signature', { responder: spokenName(signer.subject) }), delegated)
  return verdict('authentic', say('ocsp.authentic', { responder: spokenName(signer.subject) }), delegated)
}
const EMPTY = { rule: 'BasicOCSPResponse', section: 'RFC 6960 4.2.1' }

async function delegatedSigner(response: OcspResponse): Promise<Certificate | undefined> {
  for (const der of response.certificates) {
    const certificate = readCertificate(der)
    if (certificate && (await isResponder(response, certificate))) return certificate
  }
  return undefined
}

// RFC 6960 section 4.2.2.2: issued by this issuer itself, for signing answers, and in date.
async function delegationFault(
  signer: Certificate,
  issuer: Certificate,
  at: number,
): Promise<{ readonly because: Saying; readonly isForeign: boolean } | undefined> {
  const names = { responder: spokenName(signer.subject), issuer: spokenName(issuer.subject) }
  if (!sameBytes(signer.issuer.der, issuer.subject.der))
    return { because: say('ocsp.responder-foreign', names, 'not-for-this'), isForeign: true }
  const refuse = (because: Saying) => ({ because, isForeign: false })
  const [fault] = signer.faults
  if (fault) return refuse(fault.because)
  const signed =
    signer.algorithm &&
    !('hash' in signer.algorithm && signer.algorithm.hash === 'SHA-1') &&
    (await verifyEndorsement(signer.algorithm, bytesOf(issuer.spki), bytesOf(signer.tbs), bytesOf(signer.signature)))
  if (!signed || signed.result !== 'valid') return refuse(say('ocsp.responder-signature', names))
  if (signer.extendedKeyUsage?.includes(OCSP_SIGNING) !== true) return refuse(say('ocsp.responder-usage', names))
  if (signer.keyUsage && !signer.keyUsage.includes('digitalSignature'))
    return refuse(say('ocsp.responder-usage', names))
  const known = new Set<string>([OID.basicConstraints, OID.keyUsage, OID.extKeyUsage, OCSP_OID.noCheck])
  const critical = signer.extensions.find((one) => one.critical && !known.has(one.oid))
  if (critical) return refuse(say('ocsp.critical-ext', { oid: critical.oid }))
  if (second(at) < signer.notBefore || second(at) > signer.notAfter)
    return refuse(
      say('ocsp.responder-outside', { ...names, from: isoOf(signer.notBefore), to: isoOf(signer.notAfter) }, 'expired'),
    )
  return undefined
}

/** One response, and what it says about one certificate. */
interface Said {
  readonly answer: OcspAnswer
  readonly standing: OcspStanding
}

/**
 * What do the responders say about this certificate? A response counts when it is authentic and names exactly this certificate; an authentic “revoked” stands,
 * however old. “Good” counts only between the answer's dates, and does not prove that the serial number was ever issued.
 */
export async function ocspState(
  certificate: Certificate,
  issuer: Certificate,
  responses: readonly OcspResponse[],
  at: number,
): Promise<OcspState> {
  const said: Said[] = []
  const standings: OcspStanding[] = []
  let nearest: { readonly rank: number; readonly because: Saying } | undefined
  const note = (rank: number, because: Saying) => {
    if (!nearest || rank < nearest.rank) nearest = { rank, because }
  }
  for (const response of responses) {
    const about: OcspAnswer[] = []
    for (const answer of response.answers) if (await isAbout(answer, certificate, issuer)) about.push(answer)
    if (about.length === 0 && response.status === 0) continue
    const standing = await ocspStanding(response, issuer, at)
    standings.push(standing)
    if (standing.authentic === 'authentic') said.push(...about.map((answer) => ({ answer, standing })))
    else note(RANK[standing.authentic], standing.because)
  }
  const subject = spokenName(certificate.subject)
  const params = ({ answer }: Said) => ({
    subject,
    serial: toHex(certificate.serial),
    from: isoOf(answer.thisUpdate),
    to: answer.nextUpdate === undefined ? '–' : isoOf(answer.nextUpdate),
    at: isoOf(second(at)),
  })
  const revoked = said
    .filter(({ answer }) => answer.status === 'revoked')
    .toSorted((a, b) => (a.answer.revokedAt ?? 0) - (b.answer.revokedAt ?? 0))[0]
  if (revoked) {
    const { answer, standing } = revoked
    const revokedBefore = (answer.revokedAt ?? 0) <= second(at)
    const isHold = answer.reason === 'certificateHold'
    const text = !revokedBefore ? 'ocsp.revoked-later' : isHold ? 'ocsp.hold' : 'ocsp.revoked'
    const more = { revokedAt: isoOf(answer.revokedAt ?? 0), reason: answer.reason ?? '–' }
    return {
      standings,
      state: 'revoked',
      answer,
      standing,
      revokedBefore,
      isHold,
      because: say(text, { ...params(revoked), ...more }, 'revoked'),
    }
  }
  // An authentic “I do not know it” of the right time outweighs a “good”: one of the two is not about this certificate's life.
  const current = said.filter(({ answer }) => isCurrent(answer, at))
  const unknown = current.find(({ answer }) => answer.status === 'unknown')
  if (unknown)
    return { standings, state: 'not-checked', isSilent: false, because: say('ocsp.unknown', params(unknown)) }
  const [good] = current
  if (good) return { standings, state: 'good', ...good, because: say('ocsp.good', params(good)) }
  for (const one of said) note(0, say(one.answer.thisUpdate > second(at) ? 'ocsp.future' : 'ocsp.stale', params(one)))
  return {
    standings,
    state: 'not-checked',
    isSilent: nearest === undefined,
    because: nearest ? nearest.because : say('ocsp.missing', { subject, serial: toHex(certificate.serial) }),
  }
}

const RANK: Readonly<Record<Exclude<OcspStanding['authentic'], 'authentic'>, number>> = {
  rejected: 1,
  unsupported: 2,
  foreign: 3,
  refused: 4,
}

// Bounds are inclusive, in whole seconds. Without a next update nobody promised that there is no newer answer.
function isCurrent({ thisUpdate, nextUpdate }: OcspAnswer, at: number): boolean {
  return thisUpdate <= second(at) && nextUpdate !== undefined && second(at) <= nextUpdate
}
