import type { FieldNode, Problem } from '../../../core/field.ts'
import type { Slice, Space } from '../../../core/place.ts'
import { readPem } from '../../../envelope/pem.ts'
import { certificateNode, readCertificate } from '../../../pki/certificate.ts'
import type { Certificate } from '../../../pki/types.ts'
import { pckExtensionReaders } from './pck.ts'

/** A PEM text with its certificates. */
export interface PemChain {
  /** Tiles the text; the blocks are not opened. */
  readonly node: FieldNode
  /** Every problem in the node. */
  readonly problems: readonly Problem[]
  readonly certificates: readonly Certificate[]
  /** Path of each certificate in the opened tree. */
  readonly paths: readonly string[]
  readonly spaces: readonly Space[]
  /** Blocks of any label that were found. */
  readonly blocks: number
  /** Makes the tree of the certificate whose block starts at this offset. */
  readonly openers: ReadonlyMap<number, () => FieldNode>
}

/** Most certificates of one text that are opened; a chain has three. */
export const CERTIFICATE_BUDGET = 32

/** Reads a PEM text in file order. Order means nothing here: which certificate is which is found later, by names and keys. */
export function readPemChain(slice: Slice, path: string): PemChain {
  const pem = readPem(slice, path)
  const certificates: Certificate[] = []
  const paths: string[] = []
  const openers = new Map<number, () => FieldNode>()
  for (const block of pem.blocks.slice(0, CERTIFICATE_BUDGET)) {
    const certificate = readCertificate(block.slice)
    if (!certificate) continue
    const own = `${path}.certificate${certificates.length}`
    certificates.push(certificate)
    paths.push(own)
    const label = certificate.subject.commonName === '' ? 'certificate' : certificate.subject.commonName
    openers.set(block.range.start, () =>
      certificateNode(block.slice, own, label, { extensionReaders: pckExtensionReaders }),
    )
  }
  return {
    node: pem.node,
    problems: pem.problems,
    certificates,
    paths,
    spaces: pem.blocks.map((block) => block.space),
    blocks: pem.blocks.length,
    openers,
  }
}

/** The same tree with the certificates opened inside their blocks. */
export function withCertificates(node: FieldNode, openers: ReadonlyMap<number, () => FieldNode>): FieldNode {
  const start = node.ranges[0]?.start
  const open = node.kind === 'embedded' && start !== undefined ? openers.get(start) : undefined
  if (open) return { ...node, children: [open()] }
  return node.kind === 'embedded' || node.children.length === 0
    ? node
    : { ...node, children: node.children.map((child) => withCertificates(child, openers)) }
}
