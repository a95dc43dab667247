import type { FieldNode, Problem } from '../../core/field.ts'
import { bytesOf, rangeOf, sliceOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, EvidenceFormat } from '../../core/scheme.ts'
import type { RootStatus } from '../../core/verdict.ts'
import { fromHex, gapNode, sameBytes, toHex } from '../../bytes/layout.ts'
import { later } from '../../bytes/later.ts'
import { verifyEndorsement } from '../../crypto/remember.ts'
import { digest } from '../../crypto/verify.ts'
import { base64Text } from '../../envelope/base64.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { verifyPath } from '../../pki/path.ts'
import type { Certificate, PathResult } from '../../pki/types.ts'
import { FORMATS } from './formats.ts'
import { revocationOf, type PathRevocation } from './revocation.ts'
import { CHAIN_PROFILE } from './rules.ts'
import { attributeOf, canonical, childrenOf, contentOf, readXml, type XmlElement, type XmlFault } from './xml.ts'

const SWID = 'http://standards.iso.org/iso/19770/-2/2015/schema.xsd'
const HASHES = 'http://www.w3.org/2001/04/xmlenc#sha384'
const DS = 'http://www.w3.org/2000/09/xmldsig#'
const C14N = 'http://www.w3.org/2006/12/xml-c14n11'
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'

/** One measurement that a manifest names. */
export interface GoldenValue {
  /** Index of the manifest; the report counts from one. */
  readonly index: number
  readonly name: string
  readonly isActive: boolean
  readonly values: readonly Uint8Array[]
}

/** A reference manifest as it was read; nothing is verified yet. */
export interface Rim {
  readonly slice: Slice
  readonly root: XmlElement | undefined
  readonly fault: XmlFault | undefined
  readonly product: string
  readonly version: string
  readonly edition: string
  readonly tagId: string
  readonly id: string
  readonly golden: readonly GoldenValue[]
}

/** Reads a manifest. Never throws. */
export function readRim(slice: Slice): Rim {
  const read = readXml(slice)
  const root = 'root' in read ? read.root : undefined
  const [meta] = childrenOf(root, 'Meta', SWID)
  const resources = childrenOf(root, 'Payload', SWID).flatMap((payload) => childrenOf(payload, 'Resource', SWID))
  return {
    slice,
    root,
    fault: 'fault' in read ? read.fault : undefined,
    product: attributeOf(meta, 'product') ?? '',
    version: attributeOf(meta, 'colloquialVersion') ?? '',
    edition: attributeOf(meta, 'edition') ?? '',
    tagId: attributeOf(root, 'tagId') ?? '',
    id: attributeOf(root, 'name') ?? '',
    golden: resources.filter((one) => attributeOf(one, 'type') === 'Measurement').map(goldenOf),
  }
}

function goldenOf(resource: XmlElement): GoldenValue {
  const count = Math.min(16, Number(attributeOf(resource, 'alternatives') ?? '0') || 0)
  const values = Array.from({ length: count }, (_, i) => fromHex(attributeOf(resource, `Hash${i}`, HASHES) ?? '-'))
  const index = attributeOf(resource, 'index') ?? ''
  return {
    index: /^\d{1,3}$/.test(index) ? Number(index) : -1,
    name: attributeOf(resource, 'name') ?? '',
    isActive: attributeOf(resource, 'active') === 'True',
    values: values.flatMap((value) => (value && value.length === 48 ? [value] : [])),
  }
}

/** What came of a manifest's signature. */
export interface RimStanding {
  readonly rim: Rim
  readonly item: CaseItem
  /** `nvidia.rim.holds`, or the reason why it is not relied on. */
  readonly reason: string
  readonly isAuthentic: boolean
  readonly signedInfo: boolean
  readonly documentDigest: boolean
  readonly path: PathResult | undefined
  readonly signer: Certificate | undefined
  readonly isOutside: boolean
  /** Of the signer and of everybody above it. */
  readonly revocation: PathRevocation | undefined
  /** What the manifest carries beside the signer. */
  readonly pool: readonly Certificate[]
}

/** Verifies the enveloped signature and the chain of its key up to a root of reference values. */
export async function rimStanding(
  item: CaseItem,
  rim: Rim,
  { anchors, at, items }: Pick<AppraisalContext, 'anchors' | 'at' | 'items'>,
  deviceRoot: RootStatus,
): Promise<RimStanding> {
  const fail = (reason: string, more: Partial<RimStanding> = {}): RimStanding => ({
    rim,
    item,
    reason,
    isAuthentic: false,
    signedInfo: false,
    documentDigest: false,
    path: undefined,
    signer: undefined,
    isOutside: false,
    revocation: undefined,
    pool: [],
    ...more,
  })
  const { root } = rim
  if (!root) return fail('nvidia.rim.refused')
  const parts = signatureParts(root)
  if (!parts) return fail('nvidia.rim.form')
  const [leaf, ...pool] = parts.certificates.flatMap((der) => readCertificate(sliceOf('', der)) ?? [])
  if (!leaf) return fail('nvidia.rim.form')
  const path = await verifyPath({
    leaf,
    pool,
    anchors,
    purpose: 'reference-values',
    profile: CHAIN_PROFILE,
    at,
  })
  const inherited = new Map([...root.declared, ...parts.signature.declared])
  const signedInfo = await verifyEndorsement(
    { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' },
    bytesOf(leaf.spki),
    new TextEncoder().encode(canonical(parts.signedInfo, inherited)),
    parts.value,
  )
  const hash = await documentHash(root, parts.signature)
  const found = {
    path,
    signer: leaf,
    signedInfo: signedInfo.result === 'valid',
    documentDigest: sameBytes(hash, parts.digest),
    isOutside: path.outside.length > 0,
    revocation: await revocationOf(path, items, at),
    pool,
  }
  if (!found.signedInfo) return fail('nvidia.rim.signature', found)
  if (!found.documentDigest) return fail('nvidia.rim.digest', found)
  if (path.faults.length > 0) return fail('nvidia.rim.chain', found)
  // A demonstration manifest speaks about demonstration devices only.
  const isKnown = path.rootStatus === 'pinned' || path.rootStatus === 'added'
  if (!isKnown && !(path.rootStatus === 'demonstration' && deviceRoot === 'demonstration'))
    return fail('nvidia.rim.root', found)
  if (found.revocation.standings.some(({ state }) => state === 'revoked'))
    return fail('nvidia.rim.signer-revoked', found)
  return { ...fail('nvidia.rim.holds', found), isAuthentic: true }
}

/** A manifest comes with every device of a fleet, and its tree does not change: its canonical form is written once. */
const hashes = new WeakMap<XmlElement, Promise<Uint8Array>>()

function documentHash(root: XmlElement, signature: XmlElement): Promise<Uint8Array> {
  const known = hashes.get(root)
  if (known) return known
  const fresh = digest('SHA-384', new TextEncoder().encode(canonical(root, new Map(), signature)))
  hashes.set(root, fresh)
  return fresh
}

function signatureParts(root: XmlElement) {
  const signatures = every(root, 'Signature')
  const [signature] = signatures
  // One signature, a child of the root: a second or a moved one is how signatures are wrapped around other content.
  if (!signature || signatures.length !== 1 || !root.children.includes(signature) || signature.uri !== DS)
    return undefined
  const infos = childrenOf(signature, 'SignedInfo', DS)
  const [signedInfo] = infos
  const references = childrenOf(signedInfo, 'Reference', DS)
  const [reference] = references
  if (!signedInfo || !reference || infos.length !== 1 || references.length !== 1) return undefined
  const algorithm = (element: XmlElement | undefined, name: string) =>
    childrenOf(element, name, DS).map((one) => attributeOf(one, 'Algorithm') ?? '')
  const transforms = childrenOf(reference, 'Transforms', DS).flatMap((one) => algorithm(one, 'Transform'))
  const digests = childrenOf(reference, 'DigestValue', DS)
  const values = childrenOf(signature, 'SignatureValue', DS)
  const isKnown =
    algorithm(signedInfo, 'CanonicalizationMethod').join() === C14N &&
    algorithm(signedInfo, 'SignatureMethod').join() === `${MORE}ecdsa-sha384` &&
    attributeOf(reference, 'URI') === '' &&
    transforms.join() === `${DS}enveloped-signature,${C14N}` &&
    algorithm(reference, 'DigestMethod').join() === `${MORE}sha384` &&
    digests.length === 1 &&
    values.length === 1
  const digestValue = base64(contentOf(digests[0]))
  const value = base64(contentOf(values[0]))
  if (!isKnown || !digestValue || !value) return undefined
  const data = childrenOf(signature, 'KeyInfo', DS).flatMap((info) => childrenOf(info, 'X509Data', DS))
  const certificates = data
    .flatMap((one) => childrenOf(one, 'X509Certificate', DS))
    .slice(0, 8)
    .flatMap((one) => base64(contentOf(one)) ?? [])
  return { signature, signedInfo, digest: digestValue, value, certificates }
}

function every(root: XmlElement, local: string): XmlElement[] {
  const found: XmlElement[] = []
  const stack = [root]
  for (let one = stack.pop(); one; one = stack.pop()) {
    if (one.local === local) found.push(one)
    stack.push(...one.children.filter((child): child is XmlElement => typeof child !== 'string'))
  }
  return found
}

/** Base64 with white space and nothing else. */
function base64(text: string): Uint8Array | undefined {
  const bare = text.replace(/\s/g, '')
  if (bare === '' || bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return undefined
  const read = base64Text(bare)
  return read && bytesOf(read.slice)
}

/** How a manifest and a report compare. */
export interface Comparison {
  readonly matched: readonly number[]
  readonly mismatched: readonly number[]
  readonly skipped: readonly number[]
}

/** Index of the video decoder: not compared while the decoder is off. */
const NVDEC_INDEX = 35

/** Compares every active value; index i of the manifest is block i + 1 of the report. */
export function compareRim(rim: Rim, measured: ReadonlyMap<number, Uint8Array>, isNvdecOff: boolean): Comparison {
  const matched: number[] = []
  const mismatched: number[] = []
  const skipped: number[] = []
  for (const { index, isActive, values } of rim.golden) {
    if (!isActive) continue
    if (index === NVDEC_INDEX && isNvdecOff) {
      skipped.push(index)
      continue
    }
    const runtime = measured.get(index + 1)
    ;(runtime && values.some((value) => sameBytes(value, runtime)) ? matched : mismatched).push(index)
  }
  return { matched, mismatched, skipped }
}

/** Measurements that two manifests both claim to know. */
export function overlap(a: Rim, b: Rim): number[] {
  const mine = new Set(a.golden.filter((one) => one.isActive).map((one) => one.index))
  return b.golden.filter((one) => one.isActive && mine.has(one.index)).map((one) => one.index)
}

/** A manifest, shown as its elements: measurements one by one, the signature, and what stands between. */
export const rimFormat: EvidenceFormat<Rim> = {
  id: FORMATS.rim,
  message: 'reference-values',
  title: 'format.nvidia.rim',
  decode(slice) {
    const rim = readRim(slice)
    const tree = later(() => rimNode(rim))
    return {
      tree,
      decoded: rim,
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
  facts(rim) {
    const active = rim.golden.filter(({ isActive }) => isActive)
    const several = active
      .filter(({ values }) => values.length > 1)
      .map(({ index, values }) => `${index}: ${values.length}`)
    const claims = Object.entries({
      name: rim.id,
      tagId: rim.tagId,
      product: rim.product,
      version: rim.version,
      edition: rim.edition,
      records: String(rim.golden.length),
      active: active.map(({ index }) => index).join(', '),
      alternatives: several.join(', '),
    }).map(([name, value]) => ({ name, value }))
    return { measurements: [], claims: claims.filter(({ value }) => value !== '') }
  },
}

function rimNode({ slice, root, fault }: Rim): FieldNode {
  if (!root) {
    const problems: Problem[] = [
      { because: say(`nvidia.xml.${fault?.reason ?? 'syntax'}`, { at: fault?.at ?? 0 }), range: rangeOf(slice) },
    ]
    return gapNode('rim', 'SoftwareIdentity', slice, problems)
  }
  const leaves: FieldNode[] = []
  let at = slice.start
  const leaf = (path: string, label: string, start: number, end: number, text: string) => {
    if (end > start)
      leaves.push({
        path: `rim.${path}`,
        label,
        kind: 'leaf',
        ranges: [{ space: slice.space, start, end }],
        value: text === '' ? { kind: 'bytes', length: end - start } : { kind: 'text', text },
        children: [],
        problems: [],
      })
  }
  const part = (path: string, label: string, element: XmlElement, text: string) => {
    leaf(`between${leaves.length}`, 'XML', at, element.start, '')
    leaf(path, label, element.start, element.end, text)
    at = element.end
  }
  for (const child of root.children) {
    if (typeof child === 'string') continue
    if (child.local !== 'Payload') {
      part(`${child.local}${leaves.length}`, child.local, child, metaText(child))
      continue
    }
    for (const resource of childrenOf(child, 'Resource')) {
      const { index, name, isActive, values } = goldenOf(resource)
      part(`resource${leaves.length}`, `${index} ${name}`, resource, isActive ? values.map(toHex).join(' | ') : '')
    }
  }
  leaf('end', 'XML', at, slice.end, '')
  return {
    path: 'rim',
    label: 'SoftwareIdentity',
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children: leaves,
    problems: [],
  }
}

const metaText = (element: XmlElement) =>
  element.local === 'Signature' ? '' : element.attributes.map(({ local, value }) => `${local}=${value}`).join(', ')
