import { bytesOf, type ByteRange, type Slice } from '../core/place.ts'
import { say, type Saying } from '../core/saying.ts'
import {
  bitStringOf,
  contentOf,
  isContext,
  isTag,
  readDerStrict,
  sequenceOf,
  smallIntegerOf,
  TAG,
  timeOf,
  type DerElement,
} from '../bytes/der.ts'
import { isoOf } from '../bytes/der-node.ts'
import { hexOffset, sameBytes, toHex } from '../bytes/layout.ts'
import { oidName } from '../bytes/oids.ts'
import { verifyEndorsement } from '../crypto/remember.ts'
import { readAlgorithm } from './algorithms.ts'
import { authorityKeyIdOf, readExtension } from './certificate.ts'
import { NO_ENTRIES, readEntries } from './crl-entries.ts'
import { readCrlParts } from './crl-parts.ts'
import { readName, spokenName } from './names.ts'
import { oncePerPlace } from './once.ts'
import { OID } from './shape.ts'
import { crlReasonName } from './extension-nodes.ts'
import type {
  Certificate,
  Crl,
  CrlEntry,
  CrlLimit,
  CrlProfile,
  CrlStanding,
  Extension,
  PkiFault,
  Revocation,
} from './types.ts'

export { crlNode, crlEntryNodes } from './crl-node.ts'

/** Reads a certificate list strictly; its entries are walked over once and kept as offsets. Undefined only when the bytes have not even its shape. */
export function readCrl(slice: Slice): Crl | undefined {
  return readOnce(slice)
}

const readOnce = oncePerPlace(readAnew)

function readAnew(slice: Slice): Crl | undefined {
  const parts = readCrlParts(slice)
  if (!parts) return undefined
  const faults: PkiFault[] = []
  const limits: CrlLimit[] = []
  const profile = (rule: string, section: string, range: ByteRange) => {
    faults.push({ because: say('crl.profile', { rule, section: `RFC 5280 ${section}` }), range })
  }
  for (const problem of parts.problems)
    faults.push({
      because: say(
        'crl.der',
        {
          section: `X.690 ${problem.because.params['section'] ?? ''}`,
          at: problem.because.params['at'] ?? '',
        },
        'not-der',
      ),
      range: problem.range,
    })
  if (parts.end < slice.end)
    faults.push({
      because: say('crl.der', { section: 'X.690 8.1', at: hexOffset(parts.end) }, 'not-der'),
      range: { space: slice.space, start: parts.end, end: slice.end },
    })

  const entries = parts.revoked ? readEntries(parts.revoked.content) : NO_ENTRIES
  faults.push(...entries.faults)
  limits.push(...entries.limits)
  const version = parts.version ? smallIntegerOf(parts.version) : 0
  if (version !== 1 && (version !== 0 || parts.extensions))
    profile('version', '5.1.2.1', (parts.version ?? parts.tbs).range)
  if (!sameBytes(wholeBytes(parts.algorithm), wholeBytes(parts.outerAlgorithm)))
    profile('tbsCertList.signature ≠ signatureAlgorithm', '5.1.1.2', parts.outerAlgorithm.range)
  const algorithm = readAlgorithm(parts.outerAlgorithm)
  if (algorithm.fault)
    faults.push({ because: say('crl.profile', algorithm.fault.params), range: parts.outerAlgorithm.range })
  const signature = bitStringOf(parts.signature)
  if (signature?.unused !== 0) profile('signatureValue', '5.1.1.3', parts.signature.range)
  const thisUpdate = timeOf(parts.thisUpdate)
  const nextUpdate = timeOf(parts.nextUpdate)
  if (thisUpdate === undefined) profile('thisUpdate', '5.1.2.4', parts.thisUpdate.range)
  if (parts.nextUpdate && nextUpdate === undefined) profile('nextUpdate', '5.1.2.5', parts.nextUpdate.range)

  const extensions = readExtensions(parts.extensions, profile)
  for (const extension of extensions) {
    if (extension.oid === OID.issuingDistributionPoint || extension.oid === OID.deltaCRLIndicator)
      limits.push({
        kind: extension.oid === OID.deltaCRLIndicator || isPartOfOwn(extension) ? 'part' : 'unclear',
        because: say('crl.scope', { name: oidName(extension.oid) ?? extension.oid }),
        range: extension.range,
      })
    else if (extension.oid === OID.authorityKeyIdentifier || extension.oid === OID.cRLNumber) {
      // RFC 5280 sections 5.2.1 and 5.2.3: never critical.
      if (extension.critical)
        profile(`${oidName(extension.oid) ?? extension.oid}: critical = TRUE`, '5.2', extension.range)
    } else if (extension.critical)
      limits.push({
        kind: 'unclear',
        because: say('crl.critical-ext', { oid: extension.oid }),
        range: extension.range,
      })
  }
  const value = (oid: string) => {
    const extension = extensions.find((one) => one.oid === oid)
    return extension && readDerStrict(extension.value)
  }
  const authority = value(OID.authorityKeyIdentifier)
  const number = value(OID.cRLNumber)
  return {
    slice: sliceOfElement(parts.whole),
    tbs: sliceOfElement(parts.tbs),
    issuer: readName(parts.issuer),
    thisUpdate: thisUpdate ?? Number.NaN,
    nextUpdate,
    algorithm: algorithm.algorithm,
    algorithmName: algorithm.name,
    signature: signature?.slice ?? { ...parts.signature.content, start: parts.signature.content.end },
    authorityKeyId: authority && authorityKeyIdOf(authority),
    hasAuthorityKeyId: authority !== undefined,
    crlNumber: isTag(number, TAG.integer) ? contentOf(number) : undefined,
    entryCount: entries.count,
    entryAt: (index) => entries.entryAt(index),
    find: (serial) => entries.find(serial),
    limits,
    faults,
  }
}

function sliceOfElement(element: DerElement): Slice {
  return { ...element.content, start: element.range.start, end: element.range.end }
}

function wholeBytes(element: DerElement): Uint8Array {
  return bytesOf(sliceOfElement(element))
}

function readExtensions(
  element: DerElement | undefined,
  profile: (rule: string, section: string, range: ByteRange) => void,
): Extension[] {
  if (!element) return []
  const list = element.children?.length === 1 ? sequenceOf(element.children[0]) : undefined
  if (!list || list.length === 0) profile('crlExtensions = {}', '5.1.2.7', element.range)
  const extensions: Extension[] = []
  for (const one of list ?? []) {
    const extension = readExtension(one)
    if (!extension) profile('Extension', '5.2', one.range)
    else if (extensions.some((other) => other.oid === extension.oid))
      profile(`crlExtensions: ${oidName(extension.oid) ?? extension.oid} × 2`, '5.2', one.range)
    if (extension) extensions.push(extension)
  }
  return extensions
}

// IssuingDistributionPoint (RFC 5280 section 5.2.5): neither indirect nor for attribute certificates only.
const INDIRECT = 4
const ATTRIBUTES_ONLY = 5

function isPartOfOwn({ value }: Extension): boolean {
  const members = sequenceOf(readDerStrict(value))
  return members !== undefined && !members.some((one) => isContext(one, INDIRECT) || isContext(one, ATTRIBUTES_ONLY))
}

/** Whether a list speaks with this issuer's authority, and whether it is of the time asked for. The issuer's own place in a chain is the caller's business. */
export async function standing(
  crl: Crl,
  issuer: Certificate,
  at: number,
  needs: CrlProfile = NEEDS_NOTHING,
): Promise<CrlStanding> {
  const time = timeStanding(crl, at)
  const verdict = (authentic: CrlStanding['authentic'], because: Saying, named?: CrlLimit['kind']): CrlStanding => ({
    crl,
    authentic,
    because,
    time,
    ...(named === undefined ? {} : { named }),
  })
  // Two names that share their common name differ elsewhere: then the sentence needs both whole.
  const isAlike = spokenName(crl.issuer) === spokenName(issuer.subject)
  const names = isAlike
    ? { issuer: crl.issuer.text, expected: issuer.subject.text }
    : { issuer: spokenName(crl.issuer), expected: spokenName(issuer.subject) }
  if (!sameBytes(crl.issuer.der, issuer.subject.der))
    return verdict('foreign', say('crl.issuer', names, 'not-for-this'))
  if (crl.authorityKeyId && issuer.subjectKeyId && !sameBytes(crl.authorityKeyId, issuer.subjectKeyId))
    return verdict('foreign', say('crl.key-id', names))
  const fault = crl.faults[0]?.because ?? missingFrom(crl, needs)
  if (issuer.basicConstraints?.cA !== true || (issuer.keyUsage && !issuer.keyUsage.includes('cRLSign')))
    return verdict('rejected', say('crl.key-usage', names))
  if (fault && !crl.algorithm) return verdict('rejected', fault)
  if (!crl.algorithm) return verdict('unsupported', say('crypto.unsupported', { name: crl.algorithmName }))
  if ('hash' in crl.algorithm && crl.algorithm.hash === 'SHA-1')
    return verdict('rejected', say('crl.algorithm', { name: crl.algorithmName }))
  const verified = await verifyEndorsement(
    crl.algorithm,
    bytesOf(issuer.spki),
    bytesOf(crl.tbs),
    bytesOf(crl.signature),
  )
  if (verified.result === 'unsupported') return verdict('unsupported', verified.because)
  if (verified.result === 'invalid') return verdict('rejected', fault ?? say('crl.signature', names))
  // Its issuer signed it, whatever is wrong with it: what it names cannot be called unlisted.
  if (fault) return verdict('rejected', fault, 'unclear')
  const limit = crl.limits[0]
  if (limit)
    return verdict('rejected', limit.because, crl.limits.some((one) => one.kind === 'unclear') ? 'unclear' : 'part')
  const dates = {
    issuer: spokenName(crl.issuer),
    from: isoOf(crl.thisUpdate),
    to: crl.nextUpdate === undefined ? '–' : isoOf(crl.nextUpdate),
    at: isoOf(wholeSecond(at)),
  }
  return verdict('authentic', say(`crl.${time}`, dates))
}

/** Lists that say no more than they must. */
const NEEDS_NOTHING: CrlProfile = { needsNumber: false, needsAuthorityKeyId: false }

/** Lists as RFC 5280 section 5.2 wants every issuer to make them. */
export const FULL_LIST: CrlProfile = { needsNumber: true, needsAuthorityKeyId: true }

function missingFrom(crl: Crl, needs: CrlProfile): Saying | undefined {
  const without = (rule: string, section: string) =>
    say('crl.profile', { rule: `${rule}: –`, section: `RFC 5280 ${section}` })
  if (needs.needsNumber && crl.crlNumber === undefined) return without('cRLNumber', '5.2.3')
  return needs.needsAuthorityKeyId && !crl.hasAuthorityKeyId ? without('authorityKeyIdentifier', '5.2.1') : undefined
}

function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000
}

// Bounds are inclusive, in whole seconds. A list that names no next update is never current: nobody promised that there is no newer one.
function timeStanding(crl: Crl, at: number): CrlStanding['time'] {
  const second = wholeSecond(at)
  if (!(crl.thisUpdate <= second)) return 'future'
  return crl.nextUpdate !== undefined && second <= crl.nextUpdate ? 'current' : 'stale'
}

/**
 * Is this certificate revoked, by all lists together? A listed one is, however old or early the list: revocation does not lapse with it.
 * Not being listed counts only in an authentic list of the right time, and only when no list that the issuer signed names the certificate in a way that is not understood.
 */
export async function revocation(
  certificate: Certificate,
  issuer: Certificate,
  crls: readonly Crl[],
  at: number,
  needs: CrlProfile = NEEDS_NOTHING,
): Promise<Revocation> {
  const standings: CrlStanding[] = []
  for (const crl of crls) standings.push(await standing(crl, issuer, at, needs))
  const authentic = standings.filter((one) => one.authentic === 'authentic')
  const naming = standings.flatMap((one) => {
    const entry = one.authentic === 'authentic' || one.named ? one.crl.find(certificate.serial) : undefined
    return entry ? [{ entry, standing: one }] : []
  })
  const listed = naming
    // A delta takes entries off the list that it is a delta of; that list has the word on them.
    .filter(({ entry, standing: one }) => one.named !== 'unclear' && !(one.named && entry.reason === REMOVED))
    .toSorted((a, b) => a.entry.revokedAt - b.entry.revokedAt || timeRank(a.standing) - timeRank(b.standing))[0]
  if (listed) return listedAnswer(certificate, listed.entry, listed.standing, at)
  const unclear = naming.find((one) => one.standing.named === 'unclear')
  if (unclear)
    return {
      state: 'not-checked',
      standings,
      because: say('crl.named-unclear', {
        subject: spokenName(certificate.subject),
        serial: toHex(certificate.serial),
        issuer: spokenName(issuer.subject),
      }),
    }
  const current = authentic.find((one) => one.time === 'current')
  if (current)
    return {
      state: 'not-listed',
      standing: current,
      because: say('crl.not-listed', {
        subject: spokenName(certificate.subject),
        serial: toHex(certificate.serial),
        from: isoOf(current.crl.thisUpdate),
        to: isoOf(current.crl.nextUpdate ?? Number.NaN),
        count: current.crl.entryCount,
      }),
    }
  const nearest = standings.toSorted((a, b) => unusableRank(a) - unusableRank(b))[0]
  return {
    state: 'not-checked',
    standings,
    because: nearest ? nearest.because : say('revocation.missing', { issuer: spokenName(issuer.subject) }),
  }
}

const REMOVED = crlReasonName('8')

/** Where a list gives no reason, none is invented. */
const NO_REASON = '–'

function listedAnswer(certificate: Certificate, entry: CrlEntry, found: CrlStanding, at: number): Revocation {
  const revokedBefore = entry.revokedAt <= wholeSecond(at)
  const params = {
    subject: spokenName(certificate.subject),
    serial: toHex(certificate.serial),
    revokedAt: Number.isFinite(entry.revokedAt) ? isoOf(entry.revokedAt) : '–',
    reason: entry.reason ?? NO_REASON,
    at: isoOf(wholeSecond(at)),
    to: found.crl.nextUpdate === undefined ? '–' : isoOf(found.crl.nextUpdate),
  }
  const text = !revokedBefore ? 'crl.listed-later' : found.time === 'stale' ? 'crl.listed-stale' : 'crl.listed'
  return {
    state: 'listed',
    entry,
    standing: found,
    revokedBefore,
    because: say(text, params, text === 'crl.listed' ? 'revoked' : undefined),
  }
}

function timeRank({ time }: CrlStanding): number {
  return { current: 0, stale: 1, future: 2 }[time]
}

// What the reader should hear about first: the list that is nearest to being usable.
function unusableRank(one: CrlStanding): number {
  return one.authentic === 'authentic' ? timeRank(one) : { rejected: 3, unsupported: 4, foreign: 5 }[one.authentic]
}
