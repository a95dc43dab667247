import type { FieldNode } from '../core/field.ts'
import { rangeOf, type Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import {
  bitStringOf,
  contentOf,
  isTag,
  octetStringOf,
  oidOf,
  readDer,
  sequenceOf,
  TAG,
  type DerElement,
} from '../bytes/der.ts'
import { derLeaf, derNode, derStruct, derTree, rangeLeaf, tiledStruct, withProblems } from '../bytes/der-node.ts'
import { gapNode, hexOffset } from '../bytes/layout.ts'
import { oidName } from '../bytes/oids.ts'
import { readCertificate } from './certificate.ts'
import { extensionDoc, extensionValueNode } from './extension-nodes.ts'
import { nameNode } from './name-node.ts'
import { certificateShape } from './shape.ts'

/** Opens the value of one extension (the content of its octet string). The node's first range must be that slice, or lie in it. */
export type ExtensionReader = (value: Slice, path: string) => FieldNode

export interface CertificateNodeOptions {
  /** Vendor extensions by OID. */
  readonly extensionReaders?: Readonly<Record<string, ExtensionReader>>
}

/** A certificate as a tree down to its bytes. Leaves tile the slice, whatever is in it; bytes behind the certificate are a `trailing` gap. */
export function certificateNode(
  slice: Slice,
  at: string,
  label = 'certificate',
  options: CertificateNodeOptions = {},
): FieldNode {
  const path = at === '' ? 'certificate' : at
  const { element, problems, end } = readDer(slice)
  const shape = certificateShape(element)
  if (!element || !shape) return derNode(slice, path, label)
  const tbsPath = `${path}.tbsCertificate`
  const tbs = derStruct(
    shape.tbs,
    tbsPath,
    'tbsCertificate',
    [
      ...(shape.version
        ? [
            wrapped(shape.version, `${tbsPath}.version`, 'version', 'field.certificate.version', {
              0: 'v1',
              1: 'v2',
              2: 'v3',
            }),
          ]
        : []),
      derLeaf(shape.serial, `${tbsPath}.serialNumber`, 'serialNumber', {
        doc: 'field.certificate.serialNumber',
        value: { kind: 'bytes', length: contentOf(shape.serial).length },
      }),
      algorithmNode(shape.algorithm, `${tbsPath}.signature`, 'signature', 'field.certificate.signature'),
      nameNode(shape.issuer, `${tbsPath}.issuer`, 'issuer', 'field.certificate.issuer'),
      derStruct(
        shape.validityElement,
        `${tbsPath}.validity`,
        'validity',
        [
          derLeaf(shape.validity[0], `${tbsPath}.validity.notBefore`, 'notBefore', {
            doc: 'field.certificate.notBefore',
          }),
          derLeaf(shape.validity[1], `${tbsPath}.validity.notAfter`, 'notAfter', { doc: 'field.certificate.notAfter' }),
        ],
        { doc: 'field.certificate.validity' },
      ),
      nameNode(shape.subject, `${tbsPath}.subject`, 'subject', 'field.certificate.subject'),
      publicKeyNode(shape.spki, `${tbsPath}.subjectPublicKeyInfo`),
      ...shape.uniqueIds.map((one) =>
        derLeaf(one, `${tbsPath}.uniqueID${one.tag}`, one.tag === 1 ? 'issuerUniqueID' : 'subjectUniqueID', {
          doc: 'field.certificate.uniqueID',
        }),
      ),
      ...(shape.extensions
        ? [extensionsNode(shape.extensions, `${tbsPath}.extensions`, 'extensions', options.extensionReaders ?? {})]
        : []),
    ],
    { doc: 'field.certificate.tbsCertificate' },
  )
  const whole = derStruct(
    element,
    path,
    label,
    [
      tbs,
      algorithmNode(
        shape.outerAlgorithm,
        `${path}.signatureAlgorithm`,
        'signatureAlgorithm',
        'field.certificate.signatureAlgorithm',
      ),
      signatureNode(shape.signature, `${path}.signatureValue`, 'signatureValue', 'field.certificate.signatureValue'),
    ],
    { doc: 'field.certificate' },
  )
  const faults = readCertificate(slice)?.faults.filter((fault) => fault.because.code !== 'not-der') ?? []
  return withProblems(withTrailing(whole, slice, end), [...problems, ...faults])
}

/** Adds what lies behind an element as a gap, so that the tree covers the slice. */
export function withTrailing(node: FieldNode, slice: Slice, end: number): FieldNode {
  if (end >= slice.end) return node
  const rest = { ...slice, start: end }
  const problem = {
    because: say('layout.trailing', { count: slice.end - end, at: hexOffset(end) }),
    range: rangeOf(rest),
  }
  const trailing = gapNode(`${node.path}.trailing`, 'trailing', rest, [problem], 'field.trailing')
  return { ...node, ranges: [rangeOf(slice)], children: [...node.children, trailing] }
}

// An explicit tag around one INTEGER.
function wrapped(
  element: DerElement,
  path: string,
  label: string,
  doc: string,
  symbols: Readonly<Record<string, string>>,
): FieldNode {
  const inner = element.children?.length === 1 ? element.children[0] : undefined
  if (!inner) return derTree(element, path, label, { doc })
  const leaf = derLeaf(inner, `${path}.value`, label, { doc })
  const symbol = leaf.value.kind === 'uint' ? symbols[leaf.value.value] : undefined
  return derStruct(element, path, label, [symbol === undefined ? leaf : { ...leaf, symbol }], {
    doc,
    value: leaf.value,
    ...(symbol === undefined ? {} : { symbol }),
  })
}

/** An AlgorithmIdentifier. */
export function algorithmNode(element: DerElement, path: string, label: string, doc: string): FieldNode {
  const [name, ...parameters] = sequenceOf(element) ?? []
  const oid = oidOf(name)
  if (!name || oid === undefined) return derTree(element, path, label, { doc })
  const symbol = oidName(oid)
  return derStruct(
    element,
    path,
    label,
    [
      derLeaf(name, `${path}.algorithm`, 'algorithm', { doc: 'field.algorithmIdentifier.algorithm' }),
      ...parameters.map((one, i) =>
        derTree(one, `${path}.parameters${i === 0 ? '' : i}`, 'parameters', {
          doc: 'field.algorithmIdentifier.parameters',
        }),
      ),
    ],
    { doc, value: { kind: 'oid', oid }, ...(symbol === undefined ? {} : { symbol }) },
  )
}

/** A SubjectPublicKeyInfo: the algorithm, and the key opened as far as its kind is known. */
export function publicKeyNode(element: DerElement, path: string): FieldNode {
  const [algorithm, key, ...more] = sequenceOf(element) ?? []
  const bits = bitStringOf(key)
  if (!algorithm || !key || !bits)
    return derTree(element, path, 'subjectPublicKeyInfo', { doc: 'field.certificate.subjectPublicKeyInfo' })
  const keyPath = `${path}.subjectPublicKey`
  const first = { ...key.content, end: key.content.start + 1 }
  return derStruct(
    element,
    path,
    'subjectPublicKeyInfo',
    [
      algorithmNode(algorithm, `${path}.algorithm`, 'algorithm', 'field.spki.algorithm'),
      derStruct(
        key,
        keyPath,
        'subjectPublicKey',
        [
          rangeLeaf(rangeOf(first), `${keyPath}.unusedBits`, 'unused bits', 'field.der.unusedBits'),
          keyBits(bits.slice, keyPath),
        ],
        { doc: 'field.spki.subjectPublicKey' },
      ),
      ...more.map((one, i) => derTree(one, `${path}[${i + 2}]`, 'more')),
    ],
    { doc: 'field.certificate.subjectPublicKeyInfo' },
  )
}

function keyBits(slice: Slice, path: string): FieldNode {
  const inner = readDer(slice)
  const [modulus, exponent, ...more] = sequenceOf(inner.element) ?? []
  if (
    inner.element &&
    inner.problems.length === 0 &&
    inner.end === slice.end &&
    isTag(modulus, TAG.integer) &&
    isTag(exponent, TAG.integer) &&
    more.length === 0
  ) {
    return derStruct(
      inner.element,
      `${path}.rsa`,
      'RSAPublicKey',
      [
        derLeaf(modulus, `${path}.rsa.modulus`, 'modulus', {
          doc: 'field.spki.modulus',
          value: { kind: 'bytes', length: contentOf(modulus).length },
        }),
        derLeaf(exponent, `${path}.rsa.publicExponent`, 'publicExponent', { doc: 'field.spki.publicExponent' }),
      ],
      { doc: 'field.spki.rsa' },
    )
  }
  const length = slice.end - slice.start
  const half = (length - 1) / 2
  if (slice.bytes[slice.start] !== 4 || !Number.isInteger(half) || half < 20)
    return rangeLeaf(rangeOf(slice), `${path}.bits`, 'key', 'field.spki.bits')
  const cut = (from: number, to: number) => ({ space: slice.space, start: slice.start + from, end: slice.start + to })
  return tiledStruct(
    slice,
    rangeOf(slice),
    `${path}.point`,
    'ECPoint',
    [
      rangeLeaf(cut(0, 1), `${path}.point.form`, 'form', 'field.spki.pointForm'),
      rangeLeaf(cut(1, 1 + half), `${path}.point.x`, 'x', 'field.spki.x'),
      rangeLeaf(cut(1 + half, length), `${path}.point.y`, 'y', 'field.spki.y'),
    ],
    { doc: 'field.spki.point' },
  )
}

/** A BIT STRING that holds a signature; an ECDSA one is opened into r and s. */
export function signatureNode(element: DerElement, path: string, label: string, doc: string): FieldNode {
  const bits = bitStringOf(element)
  if (!bits) return derTree(element, path, label, { doc })
  const inner = readDer(bits.slice)
  const [r, s, ...more] = sequenceOf(inner.element) ?? []
  const isEcdsa =
    inner.problems.length === 0 &&
    inner.end === bits.slice.end &&
    isTag(r, TAG.integer) &&
    isTag(s, TAG.integer) &&
    more.length === 0
  const whole = (one: DerElement): FieldNode['value'] => ({ kind: 'bytes', length: contentOf(one).length })
  const value =
    isEcdsa && inner.element
      ? derStruct(
          inner.element,
          `${path}.ecdsa`,
          'ECDSA-Sig-Value',
          [
            derLeaf(r, `${path}.ecdsa.r`, 'r', { doc: 'field.signature.r', value: whole(r) }),
            derLeaf(s, `${path}.ecdsa.s`, 's', { doc: 'field.signature.s', value: whole(s) }),
          ],
          { doc: 'field.signature.ecdsa' },
        )
      : rangeLeaf(rangeOf(bits.slice), `${path}.bits`, 'signature', 'field.signature.bits')
  return derStruct(
    element,
    path,
    label,
    [
      rangeLeaf(
        rangeOf({ ...element.content, end: element.content.start + 1 }),
        `${path}.unusedBits`,
        'unused bits',
        'field.der.unusedBits',
      ),
      value,
    ],
    { doc },
  )
}

/** A list of extensions under its explicit tag (certificates and lists) or without one (list entries). */
export function extensionsNode(
  element: DerElement,
  path: string,
  label: string,
  readers: Readonly<Record<string, ExtensionReader>> = {},
): FieldNode {
  const list = element.tagClass === 'context' ? element.children?.[0] : element
  const used = new Set<string>()
  const nodes = (sequenceOf(list) ?? []).map((one, i) => extensionNode(one, path, i, used, readers))
  if (!list || list === element) return derStruct(element, path, label, nodes, { doc: 'field.certificate.extensions' })
  return derStruct(
    element,
    path,
    label,
    [derStruct(list, `${path}.list`, 'Extensions', nodes, { doc: 'field.certificate.extensionList' })],
    { doc: 'field.certificate.extensions' },
  )
}

function extensionNode(
  element: DerElement,
  listPath: string,
  index: number,
  used: Set<string>,
  readers: Readonly<Record<string, ExtensionReader>>,
): FieldNode {
  const members = sequenceOf(element) ?? []
  const [id] = members
  const oid = oidOf(id)
  const holder = members.at(-1)
  const value = octetStringOf(holder)
  if (!id || oid === undefined || !holder || !value || members.length > 3)
    return derTree(element, `${listPath}[${index}]`, 'Extension', { doc: 'field.certificate.extension' })
  const name = oidName(oid)
  const isWord = name !== undefined && /^[A-Za-z]\w*$/.test(name) && !used.has(name)
  if (isWord) used.add(name)
  const path = isWord ? `${listPath}.${name}` : `${listPath}[${index}]`
  const flag = members.length === 3 ? members[1] : undefined
  const reader = Object.hasOwn(readers, oid) ? readers[oid] : undefined
  const opened = reader ? reader(value, `${path}.value`) : plainValue(oid, value, `${path}.value`)
  return derStruct(
    element,
    path,
    name ?? oid,
    [
      derLeaf(id, `${path}.extnID`, 'extnID', { doc: 'field.extension.extnID' }),
      ...(flag ? [derLeaf(flag, `${path}.critical`, 'critical', { doc: 'field.extension.critical' })] : []),
      derStruct(holder, `${path}.extnValue`, 'extnValue', [opened], { doc: 'field.extension.extnValue' }),
    ],
    { doc: reader ? (opened.doc ?? 'field.extension.other') : extensionDoc(oid, name) },
  )
}

function plainValue(oid: string, value: Slice, path: string): FieldNode {
  const inner = readDer(value)
  if (!inner.element || inner.problems.length > 0 || inner.end !== value.end)
    return rangeLeaf(rangeOf(value), path, 'value', 'field.extension.other')
  return extensionValueNode(oid, inner.element, path)
}
