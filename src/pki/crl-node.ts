import { ARRAY_WINDOW, type FieldNode } from '../core/field.ts'
import { rangeOf, sliceAt, type Slice } from '../core/place.ts'
import { contentOf, readDer, sequenceOf } from '../bytes/der.ts'
import { derLeaf, derNode, derStruct, derTree, withProblems } from '../bytes/der-node.ts'
import { algorithmNode, extensionsNode, signatureNode, withTrailing } from './certificate-node.ts'
import { readCrl } from './crl.ts'
import { readCrlParts, type CrlParts } from './crl-parts.ts'
import { nameNode } from './name-node.ts'
import type { Crl } from './types.ts'

/** A certificate list as a tree. More entries than the window stay one array that opens on demand (`crlEntryNodes`). */
export function crlNode(slice: Slice, at: string, label = 'crl', crl: Crl | undefined = readCrl(slice)): FieldNode {
  const path = at === '' ? 'crl' : at
  const parts = readCrlParts(slice)
  if (!parts || !crl) return derNode(slice, path, label)
  const tbsPath = `${path}.tbsCertList`
  const tbs = derStruct(
    parts.tbs,
    tbsPath,
    'tbsCertList',
    [
      ...(parts.version
        ? [{ ...derLeaf(parts.version, `${tbsPath}.version`, 'version', { doc: 'field.crl.version' }), symbol: 'v2' }]
        : []),
      algorithmNode(parts.algorithm, `${tbsPath}.signature`, 'signature', 'field.crl.signature'),
      nameNode(parts.issuer, `${tbsPath}.issuer`, 'issuer', 'field.crl.issuer'),
      derLeaf(parts.thisUpdate, `${tbsPath}.thisUpdate`, 'thisUpdate', { doc: 'field.crl.thisUpdate' }),
      ...(parts.nextUpdate
        ? [derLeaf(parts.nextUpdate, `${tbsPath}.nextUpdate`, 'nextUpdate', { doc: 'field.crl.nextUpdate' })]
        : []),
      ...(parts.revoked ? [revokedNode(parts, crl, `${tbsPath}.revokedCertificates`)] : []),
      ...(parts.extensions ? [extensionsNode(parts.extensions, `${tbsPath}.crlExtensions`, 'crlExtensions')] : []),
    ],
    { doc: 'field.crl.tbsCertList' },
  )
  const whole = derStruct(
    parts.whole,
    path,
    label,
    [
      tbs,
      algorithmNode(
        parts.outerAlgorithm,
        `${path}.signatureAlgorithm`,
        'signatureAlgorithm',
        'field.crl.signatureAlgorithm',
      ),
      signatureNode(parts.signature, `${path}.signatureValue`, 'signatureValue', 'field.crl.signatureValue'),
    ],
    { doc: 'field.crl' },
  )
  const faults = [...crl.faults.filter((fault) => fault.because.code !== 'not-der'), ...crl.limits]
  return withProblems(withTrailing(whole, slice, parts.end), [...parts.problems, ...faults])
}

function revokedNode(parts: CrlParts, crl: Crl, path: string): FieldNode {
  const { revoked } = parts
  if (!revoked) return derNode(parts.tbs.content, path, 'revokedCertificates')
  const last = crl.entryAt(crl.entryCount - 1)
  const entries = { ...revoked.content, end: last ? last.range.end : revoked.content.start }
  const isOpen = crl.entryCount <= ARRAY_WINDOW
  const array: FieldNode = {
    path: `${path}.entries`,
    label: 'entries',
    kind: 'array',
    ranges: [rangeOf(entries)],
    value: { kind: 'none' },
    problems: [],
    doc: 'field.crl.entries',
    children: isOpen ? crlEntryNodes(crl, `${path}.entries`, 0, crl.entryCount) : [],
    ...(isOpen ? {} : { count: crl.entryCount }),
  }
  // What follows the last entry that could be read is a gap.
  return derStruct(revoked, path, 'revokedCertificates', [array], { doc: 'field.crl.revokedCertificates' })
}

/** Nodes of entries `from` to `to` (exclusive) of the array at `path`. */
export function crlEntryNodes(crl: Crl, path: string, from: number, to: number): FieldNode[] {
  const nodes: FieldNode[] = []
  for (let i = Math.max(0, from); i < Math.min(to, crl.entryCount); i++) {
    const entry = crl.entryAt(i)
    if (entry) nodes.push(entryNode(sliceAt(crl.slice, entry.range), `${path}[${i}]`, `[${i}]`))
  }
  return nodes
}

function entryNode(slice: Slice, path: string, label: string): FieldNode {
  const { element, problems } = readDer(slice)
  const [serial, date, extensions, ...more] = sequenceOf(element) ?? []
  if (!element || !serial || !date) return derNode(slice, path, label)
  return withProblems(
    derStruct(
      element,
      path,
      label,
      [
        derLeaf(serial, `${path}.userCertificate`, 'userCertificate', {
          doc: 'field.crl.userCertificate',
          value: { kind: 'bytes', length: contentOf(serial).length },
        }),
        derLeaf(date, `${path}.revocationDate`, 'revocationDate', { doc: 'field.crl.revocationDate' }),
        ...(extensions ? [extensionsNode(extensions, `${path}.crlEntryExtensions`, 'crlEntryExtensions')] : []),
        ...more.map((one, i) => derTree(one, `${path}[${i}]`, 'more')),
      ],
      { doc: 'field.crl.entry' },
    ),
    problems,
  )
}
