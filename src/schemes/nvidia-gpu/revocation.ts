import { say, type Saying } from '../../core/saying.ts'
import type { CaseItem } from '../../core/scheme.ts'
import type { CollateralUse, CollateralWish } from '../../core/verdict.ts'
import { isoOf } from '../../bytes/der-node.ts'
import { toHex } from '../../bytes/layout.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { readCrl, revocation } from '../../pki/crl.ts'
import { spokenName } from '../../pki/names.ts'
import { readOcsp, type OcspResponse } from '../../pki/ocsp.ts'
import { ocspRequest } from '../../pki/ocsp-request.ts'
import { ocspState } from '../../pki/ocsp-standing.ts'
import type { Certificate, Crl, PathResult } from '../../pki/types.ts'

/** What is known of one certificate's revocation, from all answers and lists together. */
export interface CertificateStanding {
  readonly index: number
  readonly certificate: Certificate
  readonly issuer: Certificate
  readonly state: 'good' | 'revoked' | 'not-checked'
  readonly because: Saying
  /** Nothing here speaks about it at all. */
  readonly isSilent: boolean
  /** Artifacts that decided. */
  readonly uses: readonly number[]
}

/** Revocation of a whole path. */
export interface PathRevocation {
  readonly standings: readonly CertificateStanding[]
  readonly uses: readonly CollateralUse[]
}

interface Found<T> {
  readonly item: CaseItem
  readonly read: T
}

// The certificates name the same host without the s; it answers both.
const RESPONDER = 'https://ocsp.ndis.nvidia.com/'

/** Asks every answer and every list of the case about each certificate below the root, from the leaf on. */
export async function revocationOf(path: PathResult, items: readonly CaseItem[], at: number): Promise<PathRevocation> {
  const responses = items.flatMap((item): Found<OcspResponse>[] => {
    const read = item.format === 'x509.ocsp' ? readOcsp(item.slice) : undefined
    return read ? [{ item, read }] : []
  })
  const lists = items.flatMap((item): Found<Crl>[] => {
    const read = item.format === 'x509.crl' ? readCrl(item.slice) : undefined
    return read ? [{ item, read }] : []
  })
  const standings: CertificateStanding[] = []
  const uses = new Map<number, CollateralUse>()
  for (const [index, certificate] of path.path.entries()) {
    const issuer = path.path[index + 1]
    if (!issuer) continue
    const answered = await ocspState(
      certificate,
      issuer,
      responses.map(({ read }) => read),
      at,
    )
    for (const standing of answered.standings) {
      const found = responses.find(({ read }) => read === standing.response)
      if (found) put(uses, useOf(found, certificate, standing.authentic, standing.because))
    }
    const listed = await revocation(
      certificate,
      issuer,
      lists.map(({ read }) => read),
      at,
    )
    const common = { index, certificate, issuer, isSilent: false }
    const of = (chosen: object | undefined, all: readonly Found<object>[]) =>
      all.flatMap(({ item, read }) => (read === chosen ? [item.artifact] : []))
    const byAnswer = answered.state === 'not-checked' ? [] : of(answered.standing.response, responses)
    const byList = listed.state === 'not-checked' ? [] : of(listed.standing.crl, lists)
    if (listed.state === 'listed')
      standings.push({ ...common, state: 'revoked', because: { ...listed.because, code: 'revoked' }, uses: byList })
    else if (answered.state === 'revoked')
      standings.push({ ...common, state: 'revoked', because: answered.because, uses: byAnswer })
    else if (answered.state === 'good')
      standings.push({ ...common, state: 'good', because: answered.because, uses: byAnswer })
    else if (listed.state === 'not-listed')
      standings.push({ ...common, state: 'good', because: listed.because, uses: byList })
    else {
      const hasList = listed.standings.some(({ authentic }) => authentic !== 'foreign')
      const { because } = answered.isSilent && hasList ? listed : answered
      standings.push({ ...common, state: 'not-checked', because, isSilent: answered.isSilent && !hasList, uses: [] })
    }
    if (listed.state !== 'not-checked') {
      const found = lists.find(({ read }) => read === listed.standing.crl)
      if (found)
        uses.set(found.item.artifact, {
          ...basis(found.item),
          kind: 'crl',
          key: spokenName(found.read.issuer),
          use: 'used',
          because: listed.because,
          from: isoOf(found.read.thisUpdate),
          to: found.read.nextUpdate === undefined ? null : isoOf(found.read.nextUpdate),
        })
    }
  }
  for (const { item, read } of responses)
    if (!uses.has(item.artifact))
      uses.set(item.artifact, {
        ...basis(item),
        kind: 'ocsp',
        key: read.answers
          .map(({ id }) => toHex(id.serial))
          .slice(0, 4)
          .join(', '),
        use: 'not-for-this',
        because:
          read.status === 0
            ? say('nvidia.ocsp-other', {}, 'not-for-this')
            : say('ocsp.refused', { status: read.statusName }),
        from: null,
        to: null,
      })
  return { standings, uses: [...uses.values()] }
}

const basis = ({ sha256, artifact, origin }: CaseItem) => ({ sha256, artifact, origin })

function put(uses: Map<number, CollateralUse>, use: CollateralUse): void {
  if (uses.get(use.artifact)?.use !== 'used') uses.set(use.artifact, use)
}

function useOf(
  { item, read }: Found<OcspResponse>,
  certificate: Certificate,
  authentic: string,
  because: Saying,
): CollateralUse {
  const [answer] = read.answers
  return {
    ...basis(item),
    kind: 'ocsp',
    key: spokenName(certificate.subject),
    use: authentic === 'authentic' ? 'used' : authentic === 'foreign' ? 'not-for-this' : 'rejected',
    because,
    from: answer ? isoOf(answer.thisUpdate) : null,
    to: answer?.nextUpdate === undefined ? null : isoOf(answer.nextUpdate),
  }
}

/** The answers that are still needed, each with the line that fetches it: an OCSP request has no secret and is the same for everybody. */
export async function ocspWishes(standings: readonly CertificateStanding[]): Promise<CollateralWish[]> {
  const wishes: CollateralWish[] = []
  for (const { certificate, issuer, state } of standings) {
    const serial = toHex(certificate.serial)
    if (state !== 'not-checked' || wishes.some(({ key }) => key === serial)) continue
    const request = toBase64(await ocspRequest(certificate, issuer))
    wishes.push({
      kind: 'ocsp',
      key: serial,
      title: say('wish.nvidia.ocsp', { subject: spokenName(certificate.subject) }),
      urls: [RESPONDER],
      curl: `echo ${request} | base64 -d | curl -s -H 'Content-Type: application/ocsp-request' --data-binary @- ${RESPONDER} -o ${serial}.ocsp.der`,
      body: { type: 'application/ocsp-request', base64: request },
    })
  }
  return wishes
}
