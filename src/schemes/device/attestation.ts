import type { FieldNode } from '../../core/field.ts'
import { rangeOf, type Slice, type Space } from '../../core/place.ts'
import { readCbor, type CborEntry, type CborItem } from '../../bytes/cbor.ts'
import { cborTree, type CborShape, type CborTree } from '../../bytes/cbor-node.ts'
import { octetStringOf, readDer } from '../../bytes/der.ts'
import { rangeLeaf, tiledStruct } from '../../bytes/der-node.ts'
import { bits, bytes, struct, u16be, u32be } from '../../bytes/layout.ts'
import { valueAt } from '../../envelope/cose.ts'
import { coseKeySpki } from '../../crypto/cose.ts'
import { certificateNode, readCertificate } from '../../pki/certificate.ts'
import type { Certificate } from '../../pki/types.ts'
import { READERS } from './nodes.ts'
import { APPLE_NONCE } from './oids.ts'

/** Web Authentication, section 6.1: flags of authenticator data. */
const FLAGS = bits('authData', 1, [
  { name: 'UP', from: 0 },
  { name: 'UV', from: 2 },
  { name: 'BE', from: 3 },
  { name: 'BS', from: 4 },
  { name: 'AT', from: 6 },
  { name: 'ED', from: 7 },
])
const head = struct('authData').field('rpIdHash', bytes(32)).field('flags', FLAGS).field('signCount', u32be())
const credential = struct('attestedCredentialData').field('aaguid', bytes(16)).field('credentialIdLength', u16be())

/** Authenticator data taken apart. */
export interface AuthData {
  readonly slice: Slice
  readonly rpIdHash: Slice
  readonly signCount: number
  readonly aaguid: Slice | undefined
  readonly credentialId: Slice | undefined
  /** Of the credential's key; undefined where it is none that is known. */
  readonly spki: Uint8Array | undefined
  readonly key: readonly CborEntry[]
  readonly isWhole: boolean
}

/** What an attestation object says, as far as it could be read. */
export interface Attestation {
  readonly slice: Slice
  readonly format: string
  readonly statement: readonly CborEntry[]
  readonly authData: AuthData | undefined
  /** `x5c`, leaf first. */
  readonly certificates: readonly Certificate[]
  /** Apple's nonce in the leaf. */
  readonly appleNonce: Slice | undefined
  readonly isWhole: boolean
}

const CHAIN = 8

const bytesAt = (entries: readonly CborEntry[], key: string | number): Slice | undefined => {
  const item = valueAt(entries, key)
  return item?.kind === 'bytes' && item.isWhole ? item.content : undefined
}

export function readAttestation(slice: Slice): {
  readonly attestation: Attestation
  readonly spaces: readonly Space[]
} {
  const { item, spaces, end, isWhole } = readCbor(slice)
  const entries = item?.kind === 'map' ? item.entries : []
  const format = valueAt(entries, 'fmt')
  const statement = valueAt(entries, 'attStmt')
  const data = bytesAt(entries, 'authData')
  const members = statement?.kind === 'map' ? statement.entries : []
  const chain = valueAt(members, 'x5c')
  const certificates = (chain?.kind === 'array' ? chain.items.slice(0, CHAIN) : []).flatMap((one) =>
    one.kind === 'bytes' && one.isWhole ? (readCertificate(one.content) ?? []) : [],
  )
  return {
    spaces,
    attestation: {
      slice,
      format: format?.kind === 'text' ? format.text : '',
      statement: members,
      authData: data && readAuthData(data),
      certificates,
      appleNonce: certificates[0] && appleNonce(certificates[0]),
      isWhole:
        certificates.length === (chain?.kind === 'array' ? Math.min(chain.items.length, CHAIN) : 0) &&
        isWhole &&
        end === slice.end &&
        item?.kind === 'map' &&
        format?.kind === 'text' &&
        statement?.kind === 'map',
    },
  }
}

/** SEQUENCE { [1] EXPLICIT OCTET STRING }. */
function appleNonce(certificate: Certificate): Slice | undefined {
  const extension = certificate.extensions.find(({ oid }) => oid === APPLE_NONCE)
  const { element } = extension ? readDer(extension.value) : { element: undefined }
  return octetStringOf(element?.children?.[0]?.children?.[0])
}

/** `isAssertion`: App Attest sets the flag for a credential there and writes none. */
export function readAuthData(slice: Slice, isAssertion = false): AuthData {
  const first = head.read(slice, '')
  const flags = first.value?.flags.flags
  const hasCredential = flags?.AT === 1 && !(isAssertion && first.end === slice.end)
  const second = hasCredential ? credential.read({ ...slice, start: first.end }, '') : undefined
  const length = second?.value?.credentialIdLength.value ?? 0
  const keyStart = (second?.end ?? first.end) + length
  const key = second?.value && keyStart < slice.end ? readCbor({ ...slice, start: keyStart }) : undefined
  const entries = key?.item?.kind === 'map' ? key.item.entries : []
  const last = key?.end ?? (second ? keyStart : first.end)
  const extensions = flags?.ED === 1 && last < slice.end ? readCbor({ ...slice, start: last }) : undefined
  const at = (start: number, size: number): Slice => ({ ...slice, start, end: start + size })
  const hash = first.value?.rpIdHash.ranges[0] ?? rangeOf(slice)
  const id = second?.value?.aaguid.ranges[0]
  return {
    slice,
    rpIdHash: at(hash.start, hash.end - hash.start),
    signCount: first.value?.signCount.value ?? 0,
    aaguid: id && at(id.start, id.end - id.start),
    credentialId: second?.value && keyStart <= slice.end ? at(second.end, length) : undefined,
    spki: coseKeySpki(entries),
    key: entries,
    isWhole:
      first.value !== undefined &&
      (!hasCredential || (key?.item?.kind === 'map' && key.isWhole)) &&
      (extensions ? extensions.end : last) === slice.end,
  }
}

/** COSE_Key names (RFC 9052 section 7). */
const KEY: CborShape = {
  keys: [
    { key: 1, name: 'kty', doc: 'field.device.cose' },
    { key: 3, name: 'alg', doc: 'field.device.cose' },
    { key: -1, name: 'crv', doc: 'field.device.cose' },
    { key: -2, name: 'x', doc: 'field.device.cose' },
    { key: -3, name: 'y', doc: 'field.device.cose' },
  ],
}

function authDataNode(slice: Slice, path: string, label: string): FieldNode {
  const first = head.read(slice, path, label)
  const data = readAuthData(slice)
  const children: FieldNode[] = [...first.node.children]
  if (data.aaguid) {
    const second = credential.read({ ...slice, start: first.end }, `${path}.attestedCredentialData`)
    children.push(...second.node.children)
  }
  if (data.credentialId) {
    const at = data.credentialId
    if (at.end > at.start)
      children.push(rangeLeaf(rangeOf(at), `${path}.credentialId`, 'credentialId', 'field.device.credentialId'))
    const key = readCbor({ ...slice, start: at.end })
    if (key.item) {
      children.push(
        cborTree({ ...slice, start: at.end, end: key.end }, `${path}.credentialPublicKey`, 'credentialPublicKey', KEY)
          .node,
      )
      if (key.end < slice.end)
        children.push(cborTree({ ...slice, start: key.end }, `${path}.extensions`, 'extensions').node)
    }
  }
  return tiledStruct(slice, rangeOf(slice), path, label, children, { doc: 'field.device.authData' })
}

const certificate: CborShape = {
  inside: (content, path, label) => certificateNode(content, path, label, { extensionReaders: READERS }),
}

const shape: CborShape = {
  keys: [
    { key: 'fmt', name: 'fmt', doc: 'field.device.fmt', type: 'tstr' },
    {
      key: 'attStmt',
      name: 'attStmt',
      doc: 'field.device.attStmt',
      keys: [
        { key: 'alg', name: 'alg', doc: 'field.device.alg', type: 'int' },
        { key: 'sig', name: 'sig', doc: 'field.device.sig', type: 'bstr' },
        { key: 'x5c', name: 'x5c', doc: 'field.device.x5c', element: certificate },
        { key: 'receipt', name: 'receipt', doc: 'field.device.receipt', type: 'bstr' },
        { key: 'ver', name: 'ver', doc: 'field.device.ver', type: 'tstr' },
        { key: 'certInfo', name: 'certInfo', doc: 'field.device.certInfo', type: 'bstr' },
        { key: 'pubArea', name: 'pubArea', doc: 'field.device.pubArea', type: 'bstr' },
        { key: 'response', name: 'response', doc: 'field.device.response', type: 'bstr' },
      ],
    },
    { key: 'authData', name: 'authData', doc: 'field.device.authData', type: 'bstr', inside: authDataNode },
    { key: 'signature', name: 'signature', doc: 'field.device.sig', type: 'bstr' },
    {
      key: 'authenticatorData',
      name: 'authenticatorData',
      doc: 'field.device.authData',
      type: 'bstr',
      inside: authDataNode,
    },
  ],
}

export function attestationTree(slice: Slice, label: string): CborTree {
  return cborTree(slice, '', label, shape)
}

/** The layouts of authenticator data, for their documentation. */
export const authDataRows = () => [...head.rows(), ...credential.rows()]

/** An assertion: signature and authenticator data. */
export interface Assertion {
  readonly slice: Slice
  readonly signature: Slice | undefined
  readonly authData: AuthData | undefined
}

export function readAssertion(slice: Slice): { readonly assertion: Assertion; readonly spaces: readonly Space[] } {
  const { item, spaces } = readCbor(slice)
  const entries = item?.kind === 'map' ? item.entries : []
  const data = bytesAt(entries, 'authenticatorData')
  return {
    spaces,
    assertion: { slice, signature: bytesAt(entries, 'signature'), authData: data && readAuthData(data, true) },
  }
}

/** A member of the statement that is a byte string. */
export function statementBytes({ statement }: Attestation, name: string): Slice | undefined {
  return bytesAt(statement, name)
}

/** `alg` of the statement, as COSE numbers it. */
export function statementAlgorithm({ statement }: Attestation): number | undefined {
  const item: CborItem | undefined = valueAt(statement, 'alg')
  return item?.kind === 'int' ? Number(item.value) : undefined
}
