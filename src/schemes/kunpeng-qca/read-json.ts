import { rangeOf, type Located, type Slice, type Space } from '../../core/place.ts'
import type { FieldNode } from '../../core/field.ts'
import { member, readJson, type JsonValue } from '../../bytes/json.ts'
import { ascii } from '../../envelope/characters.ts'
import { toBase64Url } from '../../envelope/base64.ts'
import type { MemberBytes } from '../../envelope/member-bytes.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { base64Member, located, openDrk, openService, spkiOfModulus } from './certificates.ts'
import { printObject, repeatedName } from './cjson.ts'
import type { AkCertificate, Endorsement, QcaReport, Signed } from './decoded.ts'

/** Collects what is opened on the way: spaces for the engine, and which strings of the tree have bytes below them. */
export interface Opening {
  readonly spaces: Space[]
  readonly bytes: Map<string, Slice>
  /** The certificate of the device, as an artifact of its own. */
  drk: Slice | undefined
}

export const newOpening = (): Opening => ({ spaces: [], bytes: new Map(), drk: undefined })

interface Reader {
  readonly file: Slice
  readonly opening: Opening
  readonly missing: string[]
}

const within = (path: string, name: string) => (path === '' ? name : `${path}.${name}`)

/** A member that has to be there. */
function needed({ missing }: Reader, value: JsonValue | undefined, path: string, name: string): JsonValue | undefined {
  const found = member(value, name)
  if (found === undefined) missing.push(within(path, name))
  return found
}

function textMember(
  reader: Reader,
  value: JsonValue | undefined,
  path: string,
  name: string,
): Located<string> | undefined {
  const found = needed(reader, value, path, name)
  return found?.kind === 'string' ? { path: within(path, name), ranges: [found.range], value: found.text } : undefined
}

/** Bytes of a member. One that is there and cannot be read is as good as missing; an empty one says that nobody asked. */
function bytesMember(
  { file, opening, missing }: Reader,
  found: JsonValue | undefined,
  path: string,
): { readonly opened: MemberBytes; readonly value: Located<Uint8Array> } | undefined {
  const opened = base64Member(file, found)
  if (!opened) {
    if (found && !(found.kind === 'string' && found.text === '')) missing.push(path)
    return undefined
  }
  opening.spaces.push(...opened.spaces)
  opening.bytes.set(path, opened.slice)
  return { opened, value: located(path, opened) }
}

/** What QCA signs: the printed object in base64url. */
function signedText(file: Slice, payload: JsonValue): Signed {
  const printed = printObject(file, payload)
  return typeof printed === 'string'
    ? { kind: 'unprintable', why: printed, range: payload.range }
    : { kind: 'bytes', bytes: ascii(toBase64Url(new TextEncoder().encode(printed.text))), says: printed.says }
}

function repeated(path: string, ...objects: readonly (JsonValue | undefined)[]): Located<string> | undefined {
  const found = repeatedName(...objects)
  return found && { path, ranges: [found.keyRange], value: found.key }
}

/** An attestation key with the device's signature, wherever it stands in the file. */
export function readAk(file: Slice, value: JsonValue | undefined, path: string, opening: Opening): AkCertificate {
  const reader: Reader = { file, opening, missing: [] }
  const at = (name: string) => within(path, name)
  const payload = needed(reader, value, path, 'payload')
  const signature = needed(reader, value, path, 'signature')
  const own = at('payload')
  const key = needed(reader, payload, own, 'ak_pub')
  const n = bytesMember(reader, needed(reader, key, `${own}.ak_pub`, 'n'), `${own}.ak_pub.n`)
  const e = bytesMember(reader, needed(reader, key, `${own}.ak_pub`, 'e'), `${own}.ak_pub.e`)
  const kty = member(key, 'kty')
  const isRsa = kty?.kind === 'string' && kty.text === 'RSA'
  const sign = bytesMember(reader, needed(reader, signature, at('signature'), 'drk_sign'), at('signature.drk_sign'))
  const outer = bytesMember(reader, needed(reader, signature, at('signature'), 'drk_cert'), at('signature.drk_cert'))
  const drk = outer && openDrk(outer.opened.slice)
  if (drk) {
    opening.spaces.push(...drk.spaces)
    opening.drk = drk.slice
  }
  const certificate = drk && readCertificate(drk.slice)
  if (outer && !certificate) reader.missing.push(at('signature.drk_cert'))
  const sent = (name: string) => bytesMember(reader, needed(reader, payload, own, name), `${own}.${name}`)?.value
  return {
    slice: value ? { ...file, start: value.range.start, end: value.range.end } : file,
    form: 'json',
    scenario: textMember(reader, payload, own, 'scenario'),
    algorithms: ['sign_alg', 'hash_alg'].flatMap((name) => textMember(reader, payload, own, name) ?? []),
    qtaImg: sent('qta_img'),
    qtaMem: sent('qta_mem'),
    signed: payload && signedText(file, payload),
    signature: sign?.value,
    ak:
      n && e && isRsa
        ? {
            path: `${own}.ak_pub`,
            ranges: [...n.value.ranges, ...e.value.ranges],
            value: spkiOfModulus(n.value.value, e.value.value),
          }
        : undefined,
    drk: certificate,
    repeated: repeated(path, value, payload, signature, key),
    missing: reader.missing,
  }
}

/** A report. Which member of `akcert` and `report_sign` counts is what the signed part says, or the only one there is. */
export function readReport(file: Slice, root: JsonValue | undefined, opening: Opening): QcaReport {
  const reader: Reader = { file, opening, missing: [] }
  const payload = needed(reader, root, '', 'payload')
  const signatures = needed(reader, root, '', 'report_sign')
  const certificates = needed(reader, root, '', 'akcert')
  const scenario = textMember(reader, payload, 'payload', 'scenario')
  const nameIn = (value: JsonValue | undefined) =>
    value?.kind === 'object' && value.members.length === 1 ? value.members[0] : undefined
  const names = [['report_sign', nameIn(signatures)] as const, ['akcert', nameIn(certificates)] as const].flatMap(
    ([path, one]): Located<string>[] => (one ? [{ path, ranges: [one.keyRange], value: one.key }] : []),
  )
  const name = scenario?.value ?? names[0]?.value ?? ''
  const signatureValue = member(signatures, name)
  const certificateValue = member(certificates, name)
  if (signatures && !signatureValue) reader.missing.push(`report_sign.${name}`)
  if (certificates && !certificateValue) reader.missing.push(`akcert.${name}`)
  const sent = (one: string) => bytesMember(reader, needed(reader, payload, 'payload', one), `payload.${one}`)?.value
  const algorithms = ['sign_alg', 'hash_alg'].flatMap((one) => textMember(reader, payload, 'payload', one) ?? [])
  const report = {
    slice: file,
    form: 'json' as const,
    scenario,
    algorithms,
    nonce: sent('nonce'),
    uuid: textMember(reader, payload, 'payload', 'uuid'),
    taImg: sent('ta_img'),
    taMem: sent('ta_mem'),
    signed: payload && signedText(file, payload),
    // A DAA signature is an object of several parts.
    signature:
      signatureValue?.kind === 'object' ? undefined : bytesMember(reader, signatureValue, `report_sign.${name}`)?.value,
    endorsement: endorsementOf(reader, certificateValue, `akcert.${name}`, signatureValue),
    repeated: repeated('', root, payload, signatures, certificates),
  }
  const inner = report.endorsement?.kind === 'drk' ? report.endorsement.certificate.scenario : undefined
  return { ...report, saidBeside: [...names, ...(inner ? [inner] : [])], missing: reader.missing }
}

function endorsementOf(
  { file, opening, missing }: Reader,
  value: JsonValue | undefined,
  path: string,
  signature: JsonValue | undefined,
): Endorsement | undefined {
  if (value?.kind === 'object') return { kind: 'drk', certificate: readAk(file, value, path, opening) }
  if (signature?.kind === 'object') return { kind: 'daa' }
  const opened = base64Member(file, value)
  const { certificates, spaces } = opened ? openService(opened.slice) : { certificates: [], spaces: [] }
  const [leaf, ...pool] = certificates
  if (!opened || !leaf) {
    if (value) missing.push(path)
    return undefined
  }
  opening.spaces.push(...opened.spaces, ...spaces)
  opening.bytes.set(path, opened.slice)
  return { kind: 'service', leaf, pool }
}

/** Members that are explained. */
const EXPLAINED: ReadonlySet<string> = new Set([
  'ak_pub',
  'drk_cert',
  'drk_sign',
  'handler',
  'hash_alg',
  'nonce',
  'qta_img',
  'qta_mem',
  'sce_as_no_daa',
  'sce_as_with_daa',
  'sce_no_as',
  'scenario',
  'sign_alg',
  'ta_attr',
  'ta_img',
  'ta_mem',
  'tcb',
  'timestamp',
  'uuid',
  'version',
])

const documented = (node: FieldNode): FieldNode =>
  EXPLAINED.has(node.label) ? { ...node, doc: `field.qcaMember.${node.label}` } : node

/** The JSON's own tree, where strings that were opened have their bytes below them. */
export function treeOf(file: Slice, label: string, { bytes }: Opening): FieldNode {
  const open = (node: FieldNode): FieldNode => {
    const slice = bytes.get(node.path)
    if (slice && node.kind === 'leaf')
      return {
        ...documented(node),
        kind: 'embedded',
        children: [
          {
            path: `${node.path}.bytes`,
            label: 'bytes',
            kind: 'leaf',
            ranges: [rangeOf(slice)],
            value: { kind: 'bytes', length: slice.end - slice.start },
            doc: 'field.qca.bytes',
            children: [],
            problems: [],
          },
        ],
      }
    return node.children.length === 0 ? documented(node) : { ...node, children: node.children.map(open) }
  }
  return open(readJson(file, '', label).node)
}
