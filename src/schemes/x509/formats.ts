import type { FieldNode, Problem } from '../../core/field.ts'
import { rangeOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Decoding, EvidenceFormat, Inner, Unexplored } from '../../core/scheme.ts'
import { derMembers, isContext, isTag, readDer, readDerHead, TAG, type DerElement } from '../../bytes/der.ts'
import { derNode, derStruct, derTree, tiledStruct, withProblems } from '../../bytes/der-node.ts'
import { later } from '../../bytes/later.ts'
import { hexOffset } from '../../bytes/layout.ts'
import { readPem } from '../../envelope/pem.ts'
import { certificateNode, readCertificate } from '../../pki/certificate.ts'
import { publicKeyNode, withTrailing } from '../../pki/certificate-node.ts'
import { carriesEvidence } from '../../pki/evidence-extensions.ts'
import { crlEntryNodes, crlNode, readCrl } from '../../pki/crl.ts'
import { ocspNode, readOcsp, type OcspResponse } from '../../pki/ocsp.ts'
import type { Certificate, Crl } from '../../pki/types.ts'
import { looksLikeCertificate } from './detect.ts'

/** Most certificates that one container is opened into. */
const INNER_LIMIT = 256

const none: Pick<Decoding, 'spaces' | 'problems' | 'inner'> = { spaces: () => [], problems: [], inner: [] }

/** One certificate. */
export const certificateFormat: EvidenceFormat<Certificate | undefined> = {
  id: 'x509.certificate',
  message: 'endorsement',
  title: 'format.x509.certificate',
  decode: (slice) => {
    const certificate = readCertificate(slice)
    const label =
      certificate === undefined || certificate.subject.commonName === ''
        ? 'certificate'
        : certificate.subject.commonName
    const tree = later(() => certificateNode(slice, 'certificate', label))
    return { ...none, tree, decoded: certificate, unexplored: certificate ? extensionsOf(certificate) : [] }
  },
}

/** Shorter values hold no evidence and no certificate. */
const SMALLEST_EXTENSION = 96
/**
 * What standards define, whose values are no evidence: id-ce and id-pe, and by their own names DICE layers, Android's keys and promises of logs.
 * Intel's own mark is not among them: people put quotes and reports of others under it.
 */
const STANDARD: readonly string[] = ['2.5.29.', '1.3.6.1.5.5.7.1.']
const DEFINED = new Set([
  '2.23.133.5.4.1',
  '2.23.133.5.4.1.1',
  '2.23.133.5.4.4',
  '2.23.133.5.4.5',
  '1.3.6.1.4.1.11129.2.1.17',
  '1.3.6.1.4.1.11129.2.4.2',
])

/** Values of extensions that standards do not define: some bring evidence, as it stands or in an OCTET STRING or a text. */
function extensionsOf({ extensions }: Certificate): Unexplored[] {
  return extensions.flatMap(({ oid, value }) => {
    if (value.end - value.start < SMALLEST_EXTENSION || DEFINED.has(oid)) return []
    if (STANDARD.some((start) => oid.startsWith(start))) return []
    const { element, end } = readDerHead(value)
    const isWhole = end === value.end && TEXTS.some((tag) => isTag(element, tag))
    return [{ slice: isWhole && element ? element.content : value, name: oid }]
  })
}
const TEXTS = [TAG.octetString, TAG.utf8, TAG.ia5, TAG.printable]

/** One revocation list. */
export const crlFormat: EvidenceFormat<Crl | undefined> = {
  id: 'x509.crl',
  message: 'endorsement',
  title: 'format.x509.crl',
  decode: (slice) => {
    const crl = readCrl(slice)
    const tree = later(() => crlNode(slice, 'crl', 'crl', crl))
    return {
      ...none,
      tree,
      decoded: crl,
      expand: (path, from, to) =>
        crl && path === 'crl.tbsCertList.revokedCertificates.entries' ? crlEntryNodes(crl, path, from, to) : [],
    }
  },
}

/** One answer of an OCSP responder. */
export const ocspFormat: EvidenceFormat<OcspResponse | undefined> = {
  id: 'x509.ocsp',
  message: 'endorsement',
  title: 'format.x509.ocsp',
  decode: (slice) => ({ ...none, tree: later(() => ocspNode(slice, 'ocsp')), decoded: readOcsp(slice) }),
}

/** A public key by itself. */
export const publicKeyFormat: EvidenceFormat<undefined> = {
  id: 'x509.public-key',
  message: 'endorsement',
  title: 'format.x509.public-key',
  decode: (slice) => {
    const { element, problems, end } = readDer(slice)
    return {
      ...none,
      tree: () =>
        element
          ? withProblems(withTrailing(publicKeyNode(element, 'publicKey'), slice, end), problems)
          : derNode(slice, 'publicKey', 'SubjectPublicKeyInfo'),
      decoded: undefined,
    }
  },
}

// Names are what people know blocks by; anything else is looked at like a file of its own.
const PEM_FORMATS: Readonly<Record<string, string>> = {
  CERTIFICATE: 'x509.certificate',
  'X509 CERTIFICATE': 'x509.certificate',
  'TRUSTED CERTIFICATE': 'x509.certificate',
  'X509 CRL': 'x509.crl',
  CRL: 'x509.crl',
  'OCSP RESPONSE': 'x509.ocsp',
  'PUBLIC KEY': 'x509.public-key',
  PKCS7: 'x509.pkcs7',
  CMS: 'x509.pkcs7',
}

/** From this size on an extension may bring something along that somebody else knows: such a certificate is looked at like a file of its own. */
const LARGE_EXTENSION = 400

function formatOfBlock(label: string, slice: Slice): string | undefined {
  const format = Object.hasOwn(PEM_FORMATS, label) ? PEM_FORMATS[label] : undefined
  if (format !== 'x509.certificate') return format
  const extensions = readCertificate(slice)?.extensions ?? []
  return carriesEvidence(extensions) || extensions.some(({ value }) => value.end - value.start >= LARGE_EXTENSION)
    ? undefined
    : format
}

/** A PEM text: each block is an artifact of its own. Private keys are not opened. */
export const pemFormat: EvidenceFormat<undefined> = {
  id: 'x509.pem',
  message: 'endorsement',
  title: 'format.x509.pem',
  decode: (slice) => {
    const pem = readPem(slice, 'pem')
    const inner = pem.blocks
      .filter((block) => !block.label.endsWith('PRIVATE KEY'))
      .slice(0, INNER_LIMIT)
      .map((block, i): Inner => {
        const format = formatOfBlock(block.label, block.slice)
        return {
          slice: block.slice,
          name: nameOf(block.slice, Object.hasOwn(PEM_FORMATS, block.label) ? PEM_FORMATS[block.label] : undefined, i),
          origin: 'dropped',
          ...(format === undefined ? {} : { format }),
        }
      })
    return { tree: () => pem.node, decoded: undefined, spaces: () => pem.spaces, problems: [], inner }
  },
}

function nameOf(slice: Slice, format: string | undefined, index: number): string {
  const own =
    format === 'x509.certificate'
      ? readCertificate(slice)?.subject.commonName
      : format === 'x509.crl'
        ? readCrl(slice)?.issuer.commonName
        : undefined
  return own === undefined || own === '' ? `#${index + 1}` : own
}

function carried(element: DerElement, path: string, label: string): FieldNode {
  return {
    path,
    label,
    kind: 'embedded',
    ranges: [element.range],
    value: { kind: 'none' },
    children: [],
    problems: [],
    doc: 'field.x509.carried',
  }
}

function sliceOfElement(element: DerElement): Slice {
  return { ...element.content, start: element.range.start, end: element.range.end }
}

function certificateInner(element: DerElement, index: number): Inner {
  const slice = sliceOfElement(element)
  return { slice, name: nameOf(slice, 'x509.certificate', index), origin: 'dropped', format: 'x509.certificate' }
}

/** A SEQUENCE of certificates (PkiPath). */
export const pkiPathFormat: EvidenceFormat<undefined> = {
  id: 'x509.pkipath',
  message: 'endorsement',
  title: 'format.x509.pkipath',
  decode: (slice) => {
    const { element, problems, end } = readDerHead(slice)
    const members = element ? derMembers(element, INNER_LIMIT) : undefined
    if (!element || !members) return { ...none, tree: () => derNode(slice, 'path', 'PkiPath'), decoded: undefined }
    const tree = derStruct(
      element,
      'path',
      'PkiPath',
      members.members.map((one, i) => carried(one, `path[${i}]`, `[${i}]`)),
    )
    return {
      ...none,
      tree: () => withProblems(withTrailing(tree, slice, end), [...problems, ...members.problems]),
      decoded: undefined,
      inner: members.members.map(certificateInner),
    }
  },
}

/** Certificates back to back. */
export const concatenatedFormat: EvidenceFormat<undefined> = {
  id: 'x509.concatenated',
  message: 'endorsement',
  title: 'format.x509.concatenated',
  decode: (slice) => {
    const elements: DerElement[] = []
    for (let at = slice.start; at < slice.end && elements.length < INNER_LIMIT;) {
      const { element, end } = readDerHead({ ...slice, start: at })
      if (!element || !looksLikeCertificate(element)) break
      elements.push(element)
      at = end
    }
    const end = elements.at(-1)?.range.end ?? slice.start
    const whole = tiledStruct(
      slice,
      { space: slice.space, start: slice.start, end },
      'certificates',
      'certificates',
      elements.map((one, i) => carried(one, `certificates[${i}]`, `[${i}]`)),
    )
    return {
      ...none,
      tree: () => withTrailing(whole, slice, end),
      decoded: undefined,
      inner: elements.map(certificateInner),
    }
  },
}

/** CMS signed data that carries certificates and lists. Its own signatures, if it has any, are not verified: that is said on the field. */
export const pkcs7Format: EvidenceFormat<undefined> = {
  id: 'x509.pkcs7',
  message: 'endorsement',
  title: 'format.x509.pkcs7',
  decode: (slice) => {
    const { element, problems, end } = readDer(slice)
    const signed = element?.children?.[1]?.children?.[0]
    if (!element || !signed?.children)
      return { ...none, tree: () => derNode(slice, 'cms', 'SignedData'), decoded: undefined }
    const path = 'cms.signedData'
    const certificates = signed.children.find((one) => isContext(one, 0))?.children ?? []
    const lists = signed.children.find((one) => isContext(one, 1))?.children ?? []
    const listNode = (holder: DerElement, name: string) =>
      derStruct(
        holder,
        `${path}.${name}`,
        name,
        (holder.children ?? []).map((one, i) => carried(one, `${path}.${name}[${i}]`, `[${i}]`)),
        { doc: `field.cms.${name}` },
      )
    const names = ['version', 'digestAlgorithms', 'encapContentInfo']
    const children = signed.children.map((one, i) => {
      if (isContext(one, 0)) return listNode(one, 'certificates')
      if (isContext(one, 1)) return listNode(one, 'crls')
      const name = i < names.length ? (names[i] ?? '') : 'signerInfos'
      return derTree(one, `${path}.${name}`, name, { doc: `field.cms.${name}` })
    })
    const hasSigners = isTag(signed.children.at(-1), TAG.set) && (signed.children.at(-1)?.children?.length ?? 0) > 0
    const notes: Problem[] = hasSigners
      ? [
          {
            because: say('x509.cms-not-verified', { at: hexOffset(signed.range.start) }),
            range: rangeOf(sliceOfElement(signed)),
          },
        ]
      : []
    const [type, content] = element.children ?? []
    const tree = derStruct(element, 'cms', 'ContentInfo', [
      ...(type ? [derTree(type, 'cms.contentType', 'contentType', { doc: 'field.cms.contentType' })] : []),
      ...(content
        ? [
            derStruct(content, 'cms.content', 'content', [
              derStruct(signed, path, 'SignedData', children, { doc: 'field.cms.signedData' }),
            ]),
          ]
        : []),
    ])
    const inner = [
      ...certificates.slice(0, INNER_LIMIT).map(certificateInner),
      ...lists.slice(0, INNER_LIMIT).map((one, i): Inner => {
        const own = sliceOfElement(one)
        return { slice: own, name: nameOf(own, 'x509.crl', i), origin: 'dropped', format: 'x509.crl' }
      }),
    ]
    return {
      ...none,
      tree: () => withProblems(withTrailing(tree, slice, end), [...problems, ...notes]),
      decoded: undefined,
      inner,
    }
  },
}
