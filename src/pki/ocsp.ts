import { bytesOf, type Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import {
  bitStringOf,
  contentOf,
  isContext,
  isTag,
  oidOf,
  octetStringOf,
  readDer,
  sequenceOf,
  smallIntegerOf,
  TAG,
  integerOf,
  timeOf,
  type DerElement,
} from '../bytes/der.ts'
import { hexOffset } from '../bytes/layout.ts'
import { HASH_OIDS } from '../crypto/pss.ts'
import type { HashName, SignatureAlgorithm } from '../crypto/types.ts'
import { readAlgorithm } from './algorithms.ts'
import { readExtension } from './certificate.ts'
import { crlReasonName } from './extension-nodes.ts'
import { readName } from './names.ts'
import { oncePerPlace } from './once.ts'
import { OCSP_OID, ocspShape } from './ocsp-shape.ts'
import type { Name, PkiFault } from './types.ts'

export { ocspNode } from './ocsp-node.ts'

/** Most answers and certificates that one response is read for. */
const OCSP_ANSWERS = 256
const OCSP_CERTIFICATES = 16

/** Whom an answer is about: the issuer by two digests, the certificate by its serial number. */
export interface OcspCertId {
  /** Undefined when the digest is none that is computed here. */
  readonly hash: HashName | undefined
  readonly hashName: string
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  /** Content bytes of the INTEGER. */
  readonly serial: Uint8Array
}

/** One answer of a response (RFC 6960 section 4.2.1). */
export interface OcspAnswer {
  readonly id: OcspCertId
  readonly status: 'good' | 'revoked' | 'unknown'
  /** Milliseconds since 1970, of a revoked one. */
  readonly revokedAt: number | undefined
  /** As RFC 5280 spells it: `certificateHold`. */
  readonly reason: string | undefined
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
  readonly slice: Slice
}

/** Who says it: by name, or by SHA-1 of the key. */
export type OcspResponder =
  | { readonly by: 'name'; readonly name: Name }
  | { readonly by: 'key'; readonly keyHash: Uint8Array }

/** An OCSP response as it was read; nothing is verified yet. */
export interface OcspResponse {
  readonly slice: Slice
  /** 0 when there is an answer; 6 is what a responder says of certificates that are not its own. */
  readonly status: number
  readonly statusName: string
  readonly tbs: Slice | undefined
  readonly responder: OcspResponder | undefined
  readonly producedAt: number | undefined
  readonly answers: readonly OcspAnswer[]
  /** Undefined when we know no such algorithm. */
  readonly algorithm: SignatureAlgorithm | undefined
  readonly algorithmName: string
  readonly signature: Slice | undefined
  /** What the response carries, DER. */
  readonly certificates: readonly Slice[]
  readonly nonce: Uint8Array | undefined
  readonly faults: readonly PkiFault[]
}

/** RFC 6960 section 4.2.1, OCSPResponseStatus. */
export const OCSP_STATUS: Readonly<Record<number, string>> = {
  0: 'successful',
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
}

/** Reads an OCSP response strictly. Undefined only when the bytes have not even its shape. Never throws. */
export function readOcsp(slice: Slice): OcspResponse | undefined {
  return readOnce(slice)
}
const readOnce = oncePerPlace(readAnew)

function readAnew(slice: Slice): OcspResponse | undefined {
  const { element, problems, end } = readDer(slice)
  const shape = ocspShape(element)
  if (!element || !shape) return undefined
  const faults: PkiFault[] = problems.map((problem) => ({
    because: say(
      'ocsp.der',
      { section: `X.690 ${problem.because.params['section'] ?? ''}`, at: problem.because.params['at'] ?? '' },
      'not-der',
    ),
    range: problem.range,
  }))
  if (end < slice.end)
    faults.push({
      because: say('ocsp.der', { section: 'X.690 8.1', at: hexOffset(end) }, 'not-der'),
      range: { space: slice.space, start: end, end: slice.end },
    })
  const profile = (rule: string, at: DerElement) =>
    faults.push({ because: say('ocsp.profile', { rule, section: 'RFC 6960 4.2.1' }), range: at.range })

  const status = Number(integerOf(shape.status) ?? -1)
  const common = { slice, status, statusName: OCSP_STATUS[status] ?? String(status) }
  const { basic } = shape
  if (!basic) {
    if (status === 0) profile(shape.type === undefined ? 'responseBytes' : `responseType ${shape.type}`, element)
    return {
      ...common,
      tbs: undefined,
      responder: undefined,
      producedAt: undefined,
      answers: [],
      algorithm: undefined,
      algorithmName: '',
      signature: undefined,
      certificates: [],
      nonce: undefined,
      faults,
    }
  }
  for (const problem of basic.problems)
    faults.push({ because: say('ocsp.der', { section: 'X.690', at: '' }, 'not-der'), range: problem.range })
  if (status !== 0) profile('responseStatus', shape.status)
  const version = basic.version && smallIntegerOf(basic.version.children?.[0])
  if (basic.version && version !== 0) profile('version', basic.version)
  const algorithm = readAlgorithm(basic.algorithm)
  if (algorithm.fault) profile('signatureAlgorithm', basic.algorithm)
  const signature = bitStringOf(basic.signature)
  if (signature?.unused !== 0) profile('signature', basic.signature)
  const producedAt = timeOf(basic.producedAt)
  if (producedAt === undefined) profile('producedAt', basic.producedAt)
  const responder = responderOf(basic.responder)
  if (!responder) profile('responderID', basic.responder)
  const answers: OcspAnswer[] = []
  for (const one of basic.answers.slice(0, OCSP_ANSWERS)) {
    const answer = answerOf(one)
    if (answer) answers.push(answer)
    else profile('SingleResponse', one)
  }
  if (basic.answers.length > OCSP_ANSWERS) profile(`responses > ${OCSP_ANSWERS}`, basic.tbs)
  if (basic.certificates.length > OCSP_CERTIFICATES) profile(`certs > ${OCSP_CERTIFICATES}`, basic.tbs)
  const extensions = basic.extensions.flatMap((one) => readExtension(one) ?? [])
  const unknown = extensions.find((one) => one.critical && one.oid !== OCSP_OID.nonce)
  if (unknown) faults.push({ because: say('ocsp.critical-ext', { oid: unknown.oid }), range: unknown.range })
  const nonce = extensions.find((one) => one.oid === OCSP_OID.nonce)?.value
  return {
    ...common,
    tbs: sliceOfElement(basic.tbs),
    responder,
    producedAt,
    answers,
    algorithm: algorithm.algorithm,
    algorithmName: algorithm.name,
    signature: signature?.slice,
    certificates: basic.certificates.slice(0, OCSP_CERTIFICATES).map(sliceOfElement),
    nonce: nonce && nonceBytes(nonce),
    faults,
  }
}

// RFC 8954 wraps the nonce in an OCTET STRING; older responders put the bytes there as they are.
function nonceBytes(value: Slice): Uint8Array {
  const { element, end } = readDer(value)
  const wrapped = end === value.end ? octetStringOf(element) : undefined
  return bytesOf(wrapped ?? value)
}

function responderOf(element: DerElement): OcspResponder | undefined {
  const inner = element.children?.length === 1 ? element.children[0] : undefined
  if (isContext(element, 1) && isTag(inner, TAG.sequence)) return { by: 'name', name: readName(inner) }
  const hash = octetStringOf(inner)
  return isContext(element, 2) && hash ? { by: 'key', keyHash: bytesOf(hash) } : undefined
}

function answerOf(element: DerElement): OcspAnswer | undefined {
  const [id, status, thisUpdate, ...rest] = sequenceOf(element) ?? []
  const certId = certIdOf(id)
  const from = timeOf(thisUpdate)
  if (!certId || !status || from === undefined || status.tagClass !== 'context' || status.tag > 2) return undefined
  const next = isContext(rest[0], 0) ? rest.shift() : undefined
  const to = next && timeOf(next.children?.[0])
  const extensions = isContext(rest[0], 1) ? rest.shift() : undefined
  if (rest.length > 0 || (next && to === undefined)) return undefined
  // What cannot be understood and must be understood makes the answer none (RFC 6960 section 4.4).
  const single = sequenceOf(extensions?.children?.[0]) ?? []
  if (single.some((one) => readExtension(one)?.critical !== false)) return undefined
  const common = { id: certId, thisUpdate: from, nextUpdate: to, slice: sliceOfElement(element) }
  if (status.tag !== 1)
    return status.content.end > status.content.start
      ? undefined
      : { ...common, status: status.tag === 0 ? 'good' : 'unknown', revokedAt: undefined, reason: undefined }
  const [when, why] = status.children ?? []
  const revokedAt = timeOf(when)
  const reason = why && integerOf(why.children?.[0])
  if (revokedAt === undefined || (why && (!isContext(why, 0) || reason === undefined))) return undefined
  return {
    ...common,
    status: 'revoked',
    revokedAt,
    reason: reason === undefined ? undefined : crlReasonName(String(reason)),
  }
}

function certIdOf(element: DerElement | undefined): OcspCertId | undefined {
  const [algorithm, name, key, serial, ...more] = sequenceOf(element) ?? []
  const oid = oidOf(sequenceOf(algorithm)?.[0])
  const [nameHash, keyHash] = [octetStringOf(name), octetStringOf(key)]
  if (oid === undefined || !nameHash || !keyHash || !isTag(serial, TAG.integer) || more.length > 0) return undefined
  return {
    hash: Object.hasOwn(HASH_OIDS, oid) ? HASH_OIDS[oid] : undefined,
    hashName: oid,
    issuerNameHash: bytesOf(nameHash),
    issuerKeyHash: bytesOf(keyHash),
    serial: contentOf(serial),
  }
}

function sliceOfElement(element: DerElement): Slice {
  const { start, end } = element.range
  return { ...element.content, start, end }
}
