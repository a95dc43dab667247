import { Attached } from '../bytes/attached.ts'
import { bytesOf, type ByteRange, type Slice } from '../core/place.ts'
import { say, type Saying } from '../core/saying.ts'
import {
  bitStringOf,
  contentOf,
  isContext,
  isTag,
  octetStringOf,
  oidOf,
  readDer,
  readDerStrict,
  sequenceOf,
  smallIntegerOf,
  TAG,
  timeOf,
  type DerElement,
} from '../bytes/der.ts'
import { hexOffset, sameBytes, toHex } from '../bytes/layout.ts'
import { oidName } from '../bytes/oids.ts'
import { keyKindOf, publicKeyOf } from '../crypto/spki.ts'
import { digest } from '../crypto/verify.ts'
import { readAlgorithm } from './algorithms.ts'
import { certificateShape, OID, type CertificateShape } from './shape.ts'
import { readName } from './names.ts'
import { oncePerPlace } from './once.ts'
import { oncePerContent, sharedReading } from './read-once.ts'
import type { Certificate, Extension, PkiFault } from './types.ts'

export { certificateNode, type ExtensionReader } from './certificate-node.ts'

/** Bit names of KeyUsage, bit 0 first (RFC 5280 section 4.2.1.3). */
export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const

/** Longest serial number (RFC 5280 section 4.1.2.2), the zero in front of a high bit left out: Intel's authorities use all twenty. */
const SERIAL_LIMIT = 20

/**
 * Reads an X.509 certificate strictly. Undefined only when the bytes have not even its shape.
 * Whatever a strict reader refuses is in `faults`, and reading goes on, so that everything can be shown. Bytes behind the certificate are a fault too.
 */
export function readCertificate(slice: Slice): Certificate | undefined {
  return readOnce(slice)
}

const readOnce = oncePerPlace(oncePerContent(readAnew))

function readAnew(slice: Slice): Certificate | undefined {
  const { element, problems, end } = readDer(slice)
  const shape = certificateShape(element)
  if (!element || !shape) return undefined
  const faults: PkiFault[] = []
  const fault = (because: Saying, range: ByteRange) => {
    faults.push({ because, range })
  }
  const profile = (rule: string, section: string, range: ByteRange) =>
    fault(say('cert.profile', { rule, section: `RFC 5280 ${section}` }), range)
  for (const problem of problems)
    fault(
      say(
        'cert.der',
        {
          section: `X.690 ${problem.because.params['section'] ?? ''}`,
          at: problem.because.params['at'] ?? '',
        },
        'not-der',
      ),
      problem.range,
    )
  if (end < slice.end)
    fault(say('cert.der', { section: 'X.690 8.1', at: hexOffset(end) }, 'not-der'), {
      space: slice.space,
      start: end,
      end: slice.end,
    })

  const version = shape.version ? (smallIntegerOf(shape.version.children?.[0]) ?? -1) + 1 : 1
  if (version !== 3) profile(`version = v${version}`, '4.1.2.1', (shape.version ?? shape.serial).range)
  const serial = contentOf(shape.serial)
  // 0 is against the rule too, but AMD's chip certificates have it.
  if ((serial[0] ?? 0x80) >= 0x80) profile('serialNumber < 0', '4.1.2.2', shape.serial.range)
  if (serial.length - (serial[0] === 0 ? 1 : 0) > SERIAL_LIMIT)
    profile(`serialNumber > ${SERIAL_LIMIT} bytes`, '4.1.2.2', shape.serial.range)
  const outer = readAlgorithm(shape.outerAlgorithm)
  if (!sameBytes(wholeBytes(shape.algorithm), wholeBytes(shape.outerAlgorithm)))
    profile('tbsCertificate.signature ≠ signatureAlgorithm', '4.1.1.2', shape.outerAlgorithm.range)
  if (outer.fault) fault(outer.fault, shape.outerAlgorithm.range)
  const issuer = readName(shape.issuer)
  if (shape.issuer.children?.length === 0) profile('issuer = {}', '4.1.2.4', shape.issuer.range)
  const notBefore = timeOf(shape.validity[0])
  const notAfter = timeOf(shape.validity[1])
  if (notBefore === undefined) profile('notBefore', '4.1.2.5', shape.validity[0].range)
  if (notAfter === undefined) profile('notAfter', '4.1.2.5', shape.validity[1].range)
  const key = publicKeyOf(shape.spki)
  if (key.kind === 'refused')
    fault(say('cert.algorithm', { name: keyKindOf(key) }, 'algorithm-refused'), shape.spki.range)
  const signature = bitStringOf(shape.signature)
  if (signature?.unused !== 0) profile('signatureValue', '4.1.1.3', shape.signature.range)

  const extensions = readExtensions(shape, profile)
  const { authorityKeyId, ...standard } = readStandardExtensions(extensions, profile)
  const rangeOfExtension = (oid: string) => extensions.find((one) => one.oid === oid)?.range ?? shape.tbs.range
  if (shape.subject.children?.length === 0 && !extensions.some((one) => one.oid === OID.subjectAltName && one.critical))
    profile('subject = {}, subjectAltName: critical = FALSE', '4.1.2.6', shape.subject.range)
  if (standard.basicConstraints?.pathLength !== undefined && !standard.basicConstraints.cA)
    profile('basicConstraints: pathLenConstraint, cA = FALSE', '4.2.1.9', rangeOfExtension(OID.basicConstraints))
  if (standard.keyUsage?.includes('keyCertSign') && standard.basicConstraints?.cA !== true)
    profile('keyUsage: keyCertSign, cA = FALSE', '4.2.1.3', rangeOfExtension(OID.keyUsage))
  return {
    slice: sliceOfElement(element),
    tbs: sliceOfElement(shape.tbs),
    version,
    serial,
    issuer,
    subject: readName(shape.subject),
    notBefore: notBefore ?? Number.NaN,
    notAfter: notAfter ?? Number.NaN,
    spki: sliceOfElement(shape.spki),
    keyKind: keyKindOf(key),
    algorithm: outer.algorithm,
    algorithmName: outer.name,
    signature: signature?.slice ?? { ...shape.signature.content, start: shape.signature.content.end },
    extensions,
    ...standard,
    authorityKeyId: authorityKeyId === NO_KEY_ID ? undefined : authorityKeyId,
    faults,
  }
}

function wholeBytes(element: DerElement): Uint8Array {
  return bytesOf(sliceOfElement(element))
}

function sliceOfElement(element: DerElement): Slice {
  return { ...element.content, start: element.range.start, end: element.range.end }
}

type ProfileFault = (rule: string, section: string, range: ByteRange) => void

function readExtensions(shape: CertificateShape, profile: ProfileFault): Extension[] {
  const extensions: Extension[] = []
  const seen = new Set<string>()
  if (shape.extensions) {
    const list = shape.extensions.children?.length === 1 ? sequenceOf(shape.extensions.children[0]) : undefined
    if (!list || list.length === 0) profile('extensions = {}', '4.1.2.9', shape.extensions.range)
    for (const element of list ?? []) {
      const extension = readExtension(element)
      if (!extension) {
        profile('Extension', '4.1', element.range)
        continue
      }
      if (seen.has(extension.oid))
        profile(`extensions: ${oidName(extension.oid) ?? extension.oid} × 2`, '4.2', element.range)
      seen.add(extension.oid)
      extensions.push(extension)
    }
  }
  return extensions
}

/** Reads one `Extension`. A criticality that spells out its default is taken: it changes no meaning. */
export function readExtension(element: DerElement): Extension | undefined {
  const members = sequenceOf(element)
  const oid = oidOf(members?.[0])
  const flag = members?.length === 3 ? members[1] : undefined
  const value = octetStringOf(members?.at(-1))
  if (
    !members ||
    oid === undefined ||
    !value ||
    members.length < 2 ||
    members.length > 3 ||
    (members.length === 3 && !isTag(flag, TAG.boolean))
  )
    return undefined
  return { oid, critical: flag !== undefined && contentOf(flag)[0] !== 0, value, range: element.range }
}

type Standard = Pick<
  Certificate,
  'basicConstraints' | 'keyUsage' | 'extendedKeyUsage' | 'subjectKeyId' | 'authorityKeyId'
>

function readStandardExtensions(extensions: readonly Extension[], profile: ProfileFault): Standard {
  const read = <T>(
    oid: string,
    rule: string,
    section: string,
    turn: (element: DerElement) => T | undefined,
  ): T | undefined => {
    const extension = extensions.find((one) => one.oid === oid)
    if (!extension) return undefined
    const element = readDerStrict(extension.value)
    const value = element && turn(element)
    if (value === undefined) profile(rule, section, extension.range)
    return value
  }
  return {
    basicConstraints: read(OID.basicConstraints, 'basicConstraints', '4.2.1.9', basicConstraintsOf),
    keyUsage: read(OID.keyUsage, 'keyUsage', '4.2.1.3', keyUsageOf),
    extendedKeyUsage: read(OID.extKeyUsage, 'extKeyUsage', '4.2.1.12', (element) => {
      const purposes = sequenceOf(element)?.map(oidOf)
      return purposes && purposes.length > 0 && purposes.every((one) => one !== undefined) ? purposes : undefined
    }),
    subjectKeyId: read(OID.subjectKeyIdentifier, 'subjectKeyIdentifier', '4.2.1.2', (element) => {
      const id = octetStringOf(element)
      return id && bytesOf(id)
    }),
    authorityKeyId: read(OID.authorityKeyIdentifier, 'authorityKeyIdentifier', '4.2.1.1', (element) =>
      sequenceOf(element) ? (authorityKeyIdOf(element) ?? NO_KEY_ID) : undefined,
    ),
  }
}

// An authority key identifier that names the issuer only by name and serial, or by nothing.
const NO_KEY_ID = new Uint8Array()

/** The key identifier of an AuthorityKeyIdentifier, when it has one. */
export function authorityKeyIdOf(element: DerElement): Uint8Array | undefined {
  const member = sequenceOf(element)?.find((one) => isContext(one, 0))
  return member && !member.constructed ? contentOf(member) : undefined
}

function basicConstraintsOf(element: DerElement): Certificate['basicConstraints'] {
  const members = [...(sequenceOf(element) ?? [undefined])]
  const flag = isTag(members[0], TAG.boolean) ? members.shift() : undefined
  const limit = members.shift()
  const pathLength = limit ? smallIntegerOf(limit) : undefined
  if (members.length > 0 || !sequenceOf(element) || (limit && pathLength === undefined)) return undefined
  return { cA: flag !== undefined && contentOf(flag)[0] !== 0, pathLength }
}

function keyUsageOf(element: DerElement): readonly string[] | undefined {
  const bits = bitStringOf(element)
  if (!bits) return undefined
  const bytes = bytesOf(bits.slice)
  return KEY_USAGES.filter((_, i) => ((bytes[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0)
}

const fingerprints = new Attached<Certificate, Promise<string>>()
const keyFingerprints = new Attached<Certificate, Promise<string>>()

function remembered(
  known: Attached<Certificate, Promise<string>>,
  certificate: Certificate,
  slice: Slice,
): Promise<string> {
  const one = sharedReading(certificate)
  const found = known.get(one)
  if (found) return found
  const fresh = digest('SHA-256', bytesOf(slice)).then(toHex)
  known.set(one, fresh)
  return fresh
}

/** SHA-256 of the whole certificate, hex. */
export function certificateSha256(certificate: Certificate): Promise<string> {
  return remembered(fingerprints, certificate, certificate.slice)
}

/** SHA-256 of its SubjectPublicKeyInfo, hex: together with the subject's bytes, what an anchor is known by. */
export function spkiSha256(certificate: Certificate): Promise<string> {
  return remembered(keyFingerprints, certificate, certificate.spki)
}
