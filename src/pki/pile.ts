import type { FieldNode } from '../core/field.ts'
import { rangeOf, type Slice, type Space } from '../core/place.ts'
import { readDerHead } from '../bytes/der.ts'
import { rangeLeaf, tiledStruct } from '../bytes/der-node.ts'
import { readPem } from '../envelope/pem.ts'
import { readCertificate } from './certificate.ts'
import type { Certificate } from './types.ts'

/** Certificates of one file: blocks of a PEM text, or DER back to back. */
export interface Pile {
  /** In file order. */
  readonly certificates: readonly Certificate[]
  /** Blocks that are no certificate, and bytes behind the last that are none: then it is not known which certificate is the last. */
  readonly unread: number
  readonly spaces: readonly Space[]
  /** Tiles the file; each certificate is opened as an artifact of its own. */
  readonly node: () => FieldNode
}

const MOST = 64

/** Reads a file of certificates. What is no certificate is left over and shown as it stands. Never throws. */
export function readPile(slice: Slice): Pile {
  if (slice.bytes[slice.start] !== 0x30) {
    const pem = readPem(slice, 'pem')
    const certificates = pem.blocks.slice(0, MOST).flatMap((block) => readCertificate(block.slice) ?? [])
    return {
      certificates,
      unread: pem.blocks.length - certificates.length,
      spaces: pem.spaces,
      node: () => pem.node,
    }
  }
  const parts: Slice[] = []
  for (let at = slice.start; at < slice.end && parts.length < MOST;) {
    const { element, end, problems } = readDerHead({ ...slice, start: at })
    if (!element || problems.length > 0 || end <= at || end > slice.end) break
    parts.push({ ...slice, start: at, end })
    at = end
  }
  const certificates = parts.flatMap((part) => readCertificate(part) ?? [])
  return {
    certificates,
    unread: parts.length - certificates.length + ((parts.at(-1)?.end ?? slice.start) < slice.end ? 1 : 0),
    spaces: [],
    node: () =>
      tiledStruct(
        slice,
        rangeOf(slice),
        'certificates',
        'certificates',
        parts.map((part, i) => rangeLeaf(rangeOf(part), `certificates[${i}]`, `[${i}]`, 'field.pile.certificate')),
      ),
  }
}

/** The certificate that signed none of the others; the first where that does not tell. */
export function lastOf(certificates: readonly Certificate[]): Certificate | undefined {
  const key = (bytes: Uint8Array) => bytes.join()
  const issuers = new Map<string, number>()
  for (const one of certificates)
    if (key(one.issuer.der) !== key(one.subject.der))
      issuers.set(key(one.issuer.der), (issuers.get(key(one.issuer.der)) ?? 0) + 1)
  const ends = certificates.filter((one) => !issuers.has(key(one.subject.der)))
  return ends.length === 1 ? ends[0] : (ends.find((one) => one === certificates[0]) ?? ends[0] ?? certificates[0])
}
