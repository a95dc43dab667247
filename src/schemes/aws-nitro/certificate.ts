import type { FieldNode } from '../../core/field.ts'
import { rangeOf, type Slice, type Space } from '../../core/place.ts'
import type { Decoding, Inner } from '../../core/scheme.ts'
import { contentOf, readDer, type DerElement } from '../../bytes/der.ts'
import { latin1 } from '../../envelope/characters.ts'
import { readHexText } from '../../envelope/hex.ts'
import { readPem } from '../../envelope/pem.ts'
import { certificateNode, readCertificate } from '../../pki/certificate.ts'
import { formatOf } from './decoded.ts'
import { FORMATS, HEX_HEADS } from './formats.ts'

const SUBJECT_ALT_NAME = '2.5.29.17'

/** Documents that stand as hex in the DNS names of a certificate (RA-TLS as some platforms do it). */
function documentsIn(slice: Slice): { readonly inner: Inner[]; readonly spaces: Space[] } {
  const inner: Inner[] = []
  const spaces: Space[] = []
  const extension = readCertificate(slice)?.extensions.find((one) => one.oid === SUBJECT_ALT_NAME)
  const names: readonly DerElement[] = extension ? (readDer(extension.value).element?.children ?? []) : []
  for (const name of names) {
    if (name.tagClass !== 'context' || name.tag !== 2 || contentOf(name).length < 200) continue
    const label = firstLabel(name.content)
    const hex = readHexText(label)
    // What begins as a document does and cannot be read is a broken document, not none.
    if (!hex && beginsDocument(label))
      inner.push({ slice: label, name: 'subjectAltName', format: FORMATS.document, origin: 'embedded' })
    if (!hex || hex.slice.end < 100) continue
    spaces.push(hex.space)
    inner.push({ slice: hex.slice, name: 'subjectAltName', format: formatOf(hex.slice), origin: 'embedded' })
  }
  return { inner, spaces }
}

/** Hex of a document's first bytes. */
function beginsDocument({ bytes, start, end }: Slice): boolean {
  const text = latin1(bytes, start, Math.min(end, start + 14)).toLowerCase()
  return HEX_HEADS.some((head) => text.startsWith(head))
}

/** The name up to its first dot: the hex stands in front of the domain. */
function firstLabel(name: Slice): Slice {
  const dot = name.bytes.subarray(0, name.end).indexOf(0x2e, name.start)
  return dot < 0 ? name : { ...name, end: dot }
}

/** The certificate, DER or PEM, and the documents in its names. */
export function decodeCertificate(slice: Slice): Decoding<undefined> {
  if (slice.bytes[slice.start] === 0x30) {
    const { inner, spaces } = documentsIn(slice)
    return {
      tree: () => certificateNode(slice, '', 'certificate'),
      decoded: undefined,
      spaces: () => spaces,
      problems: [],
      inner,
    }
  }
  const pem = readPem(slice, '')
  const found = pem.blocks.map((block) => documentsIn(block.slice))
  return {
    tree: () => withCertificates(pem.node, pem.blocks),
    decoded: undefined,
    spaces: () => [...pem.spaces, ...found.flatMap((one) => one.spaces)],
    problems: [],
    inner: found.flatMap((one) => one.inner),
  }
}

/** Opens the decoded bytes of each block as a certificate. */
function withCertificates(node: FieldNode, blocks: readonly { readonly slice: Slice }[]): FieldNode {
  const block =
    node.kind === 'embedded'
      ? blocks.find(({ slice }) => node.children[0]?.ranges[0]?.space === slice.space)
      : undefined
  const child = node.children[0]
  if (block && child)
    return {
      ...node,
      children: [{ ...certificateNode(block.slice, child.path, 'certificate'), ranges: [rangeOf(block.slice)] }],
    }
  return { ...node, children: node.children.map((one) => withCertificates(one, blocks)) }
}
