import { bytesOf, type Slice } from '../core/place.ts'
import { say, type Saying } from '../core/saying.ts'
import {
  contentOf,
  isContext,
  isTag,
  octetStringOf,
  oidOf,
  readDerStrict,
  sequenceOf,
  TAG,
  timeOf,
  type DerElement,
} from '../bytes/der.ts'
import { tlv } from '../bytes/der-writer.ts'
import { sameBytes } from '../bytes/layout.ts'
import { digest, verifySignature } from '../crypto/verify.ts'
import type { HashName, SignatureAlgorithm } from '../crypto/types.ts'
import { readCertificate } from './certificate.ts'
import type { Certificate } from './types.ts'

/** Time stamps of an authority (RFC 3161): CMS SignedData (RFC 5652) around a TSTInfo. Read as far as verifying needs. */

const SIGNED_DATA = '1.2.840.113549.1.7.2'
const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const HASHES: Readonly<Record<string, HashName>> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}
const ECDSA: readonly string[] = [
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
  '1.2.840.10045.2.1',
]
const RSA: readonly string[] = [
  '1.2.840.113549.1.1.1',
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
]

export interface TimeStamp {
  /** Milliseconds since 1970. */
  readonly at: number
  /** What was stamped: hash algorithm and digest. */
  readonly imprint: { readonly hash: HashName | undefined; readonly digest: Uint8Array }
  readonly info: Uint8Array
  readonly certificates: readonly Certificate[]
  readonly signer: SignerInfo
}

interface SignerInfo {
  readonly serial: Uint8Array | undefined
  readonly keyId: Uint8Array | undefined
  readonly hash: HashName | undefined
  /** DER of the signed attributes as a SET, which is what is signed. */
  readonly attributes: Uint8Array
  readonly messageDigest: Uint8Array | undefined
  readonly contentType: string | undefined
  readonly algorithm: string
  readonly signature: Uint8Array
}

/** Reads a TimeStampResp or a TimeStampToken; undefined for anything else. Never throws. */
export function readTimeStamp(slice: Slice): TimeStamp | undefined {
  const outer = readDerStrict(slice)
  const members = sequenceOf(outer)
  if (!members) return undefined
  // A response has a status before the token.
  const token = oidOf(members[0]) === SIGNED_DATA ? members : sequenceOf(members[1])
  const [type, wrapped] = token ?? []
  const signedData = isContext(wrapped, 0) ? sequenceOf(wrapped.children?.[0]) : undefined
  if (oidOf(type) !== SIGNED_DATA || !signedData) return undefined
  const content = sequenceOf(signedData[2])
  const [contentType, held] = content ?? []
  const info = isContext(held, 0) ? octetStringOf(held.children?.[0]) : undefined
  const tst = info && sequenceOf(readDerStrict(info))
  const infos = signedData.findLast((one) => isTag(one, TAG.set))
  const signer = infos?.children?.length === 1 ? signerOf(infos.children[0]) : undefined
  if (oidOf(contentType) !== TST_INFO || !info || !tst || !signer) return undefined
  const [, , imprint, , time] = tst
  const [algorithm, digested] = sequenceOf(imprint) ?? []
  const at = timeOf(time)
  const hashed = octetStringOf(digested)
  if (at === undefined || !hashed) return undefined
  const certificates = signedData.find((one) => isContext(one, 0))?.children ?? []
  return {
    at,
    imprint: { hash: HASHES[oidOf(sequenceOf(algorithm)?.[0]) ?? ''], digest: bytesOf(hashed) },
    info: bytesOf(info),
    certificates: certificates.slice(0, 16).flatMap(
      (one) =>
        readCertificate({
          ...slice,
          bytes: one.content.bytes,
          space: one.content.space,
          start: one.range.start,
          end: one.range.end,
        }) ?? [],
    ),
    signer,
  }
}

function signerOf(element: DerElement | undefined): SignerInfo | undefined {
  const members = sequenceOf(element)
  if (!members) return undefined
  const [, sid, digestAlgorithm, attributes, algorithm, signature] = members
  if (!isContext(attributes, 0)) return undefined
  const signed = octetStringOf(signature)
  const name = oidOf(sequenceOf(algorithm)?.[0])
  if (!signed || name === undefined) return undefined
  const valueOf = (oid: string) =>
    (attributes.children ?? []).flatMap((one) => {
      const [type, values] = sequenceOf(one) ?? []
      return oidOf(type) === oid && values?.children?.length === 1 ? values.children : []
    })[0]
  const messageDigest = octetStringOf(valueOf(MESSAGE_DIGEST))
  const serial = sequenceOf(sid)?.[1]
  return {
    serial: isTag(serial, TAG.integer) ? contentOf(serial) : undefined,
    keyId: isContext(sid, 0) ? contentOf(sid) : undefined,
    hash: HASHES[oidOf(sequenceOf(digestAlgorithm)?.[0]) ?? ''],
    attributes: tlv(0x31, contentOf(attributes)),
    messageDigest: messageDigest && bytesOf(messageDigest),
    contentType: oidOf(valueOf(CONTENT_TYPE)),
    algorithm: name,
    signature: bytesOf(signed),
  }
}

export interface TimeStampStanding {
  readonly state: 'valid' | 'invalid' | 'unsupported' | 'no-signer'
  readonly because: Saying
  readonly signer: Certificate | undefined
}

/** Whether a certificate among these made the stamp over exactly these bytes. The certificate's own standing is the caller's question. */
export async function verifyTimeStamp(
  stamp: TimeStamp,
  stamped: Uint8Array,
  candidates: readonly Certificate[],
): Promise<TimeStampStanding> {
  const { imprint, info, signer } = stamp
  const answer = (state: TimeStampStanding['state'], text: string, found?: Certificate): TimeStampStanding => ({
    state,
    because: say(text),
    signer: found,
  })
  if (!imprint.hash || !signer.hash) return answer('unsupported', 'timestamp.hash')
  if (!sameBytes(imprint.digest, await digest(imprint.hash, stamped))) return answer('invalid', 'timestamp.other')
  if (
    signer.contentType !== TST_INFO ||
    !signer.messageDigest ||
    !sameBytes(signer.messageDigest, await digest(signer.hash, info))
  )
    return answer('invalid', 'timestamp.attributes')
  const found = candidates.find(
    ({ serial, subjectKeyId }) =>
      (signer.serial !== undefined && sameBytes(serial, signer.serial)) ||
      (signer.keyId !== undefined && subjectKeyId !== undefined && sameBytes(subjectKeyId, signer.keyId)),
  )
  if (!found) return answer('no-signer', 'timestamp.no-signer')
  const algorithm: SignatureAlgorithm | undefined = ECDSA.includes(signer.algorithm)
    ? { kind: 'ecdsa', hash: signer.hash, form: 'der' }
    : RSA.includes(signer.algorithm)
      ? { kind: 'rsa-pkcs1', hash: signer.hash }
      : undefined
  if (!algorithm) return answer('unsupported', 'timestamp.hash', found)
  const { result } = await verifySignature(algorithm, bytesOf(found.spki), signer.attributes, signer.signature)
  return result === 'valid'
    ? answer('valid', 'timestamp.holds', found)
    : answer(result, result === 'invalid' ? 'timestamp.signature' : 'timestamp.hash', found)
}
