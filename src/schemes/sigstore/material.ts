import { bytesOf, sliceOf } from '../../core/place.ts'
import type { CaseItem } from '../../core/scheme.ts'
import { fromHex, sameBytes } from '../../bytes/layout.ts'
import { parseJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { base64Text } from '../../envelope/base64.ts'
import { readCertificate } from '../../pki/certificate.ts'
import type { Certificate } from '../../pki/types.ts'
import { DEMO_AUTHORITIES, DEMO_KEYS } from './demo-anchors.ts'
import { PINNED_AUTHORITIES, PINNED_KEYS, type AnchorStatus, type PublishedAuthority } from './trust-root.ts'
import { givenTrustRoots, statusOf, type TufStanding } from './tuf-chain.ts'
import { at, bytesAt, itemsOf } from './values.ts'

/** Keys and authorities that a bundle is verified with: those pinned here, and a trust root that the reader dropped. */

/** A key of a log. */
export interface LogKey {
  readonly spki: Uint8Array
  readonly id: Uint8Array
  readonly name: string
  readonly from: number
  /** Infinity for one that is still in use. */
  readonly to: number
  readonly status: AnchorStatus
}

export interface Authority {
  readonly chain: readonly Certificate[]
  readonly from: number
  readonly to: number
  readonly status: AnchorStatus
}

export interface Material {
  readonly logs: readonly LogKey[]
  readonly certificateLogs: readonly LogKey[]
  readonly authorities: readonly Authority[]
  readonly timestampers: readonly Authority[]
}

const decoded = (base64: string): Uint8Array => {
  const read = base64Text(base64)
  return read ? bytesOf(read.slice) : new Uint8Array()
}

const until = (to: string | null) => (to === null ? Infinity : Date.parse(to))

/** Read once: the constants do not change. */
let known: Material | undefined

/** What is pinned here, and our own demonstration keys. */
export function pinnedMaterial(): Material {
  const keys = (role: string): LogKey[] =>
    [...PINNED_KEYS, ...DEMO_KEYS]
      .filter((one) => one.role === role)
      .map(({ spki, id, name, from, to, status }) => ({
        spki: decoded(spki),
        id: fromHex(id) ?? new Uint8Array(),
        name,
        from: Date.parse(from),
        to: until(to),
        status,
      }))
  const authorities = (role: string) =>
    [...PINNED_AUTHORITIES, ...DEMO_AUTHORITIES].filter((one) => one.role === role).map(authorityOf)
  known ??= {
    logs: keys('log'),
    certificateLogs: keys('certificate-log'),
    authorities: authorities('certificates'),
    timestampers: authorities('timestamps'),
  }
  return known
}

const authorityOf = ({ chain, from, to, status }: PublishedAuthority): Authority => ({
  chain: chain.flatMap((one) => readCertificate(sliceOf('', decoded(one))) ?? []),
  from: Date.parse(from),
  to: until(to),
  status,
})

/** A trust root as its file has it, with the status that whoever gave it lends it. */
export interface GivenMaterial {
  readonly item: CaseItem
  readonly status: AnchorStatus
  readonly material: Material
}

/** Dropped trust roots other than the one that is pinned here. */
export function givenMaterial(items: readonly CaseItem[], standings: readonly TufStanding[]): GivenMaterial[] {
  return givenTrustRoots(items).map((item) => {
    const status = statusOf(item, standings)
    return { item, status, material: readTrustedRoot(item, status) }
  })
}

/** What is known here, with trust roots that newer metadata lists in the place of those they succeed: a key that they leave out or end counts no more. */
export function knownMaterial(listed: readonly GivenMaterial[]): Material {
  const base = pinnedMaterial()
  const joined = <T extends { readonly status: AnchorStatus }>(of: (material: Material) => readonly T[]): T[] => [
    ...of(base).filter((one) => !listed.some(({ status }) => status === one.status)),
    ...listed.flatMap(({ material }) => of(material)),
  ]
  return {
    logs: joined(({ logs }) => logs),
    certificateLogs: joined(({ certificateLogs }) => certificateLogs),
    authorities: joined(({ authorities }) => authorities),
    timestampers: joined(({ timestampers }) => timestampers),
  }
}

function readTrustedRoot({ slice }: CaseItem, status: AnchorStatus): Material {
  const { value: root } = parseJson(slice)
  const bytes = (value: JsonValue | undefined) => bytesAt(slice, value, '')?.located.value
  const when = (value: JsonValue | undefined) => ({
    from: Date.parse(textOf(at(value, 'validFor', 'start')) ?? '') || 0,
    to: Date.parse(textOf(at(value, 'validFor', 'end')) ?? '') || Infinity,
  })
  const keys = (name: string): LogKey[] =>
    itemsOf(at(root, name))
      .slice(0, 64)
      .flatMap((one): LogKey[] => {
        const spki = bytes(at(one, 'publicKey', 'rawBytes'))
        const id = bytes(at(one, 'logId', 'keyId')) ?? bytes(at(one, 'checkpointKeyId', 'keyId'))
        const host = (textOf(at(one, 'baseUrl')) ?? '').replace(/^https?:\/\//, '')
        return spki && id ? [{ spki, id, name: host, ...when(at(one, 'publicKey')), status }] : []
      })
  const authorities = (name: string): Authority[] =>
    itemsOf(at(root, name))
      .slice(0, 64)
      .map((one) => ({
        chain: itemsOf(at(one, 'certChain', 'certificates'))
          .slice(0, 8)
          .flatMap((held) => {
            const der = bytes(at(held, 'rawBytes'))
            return (der && readCertificate(sliceOf('', der))) ?? []
          }),
        ...when(one),
        status,
      }))
  return {
    logs: keys('tlogs'),
    certificateLogs: keys('ctlogs'),
    authorities: authorities('certificateAuthorities'),
    timestampers: authorities('timestampAuthorities'),
  }
}

/** Whether a trust root speaks about this bundle: it names the authority of its certificate, or its log. */
export function speaksOf(material: Material, leaf: Certificate | undefined, logIds: readonly Uint8Array[]): boolean {
  const isIssuer = material.authorities.some(({ chain }) =>
    chain.some(
      (one) =>
        leaf !== undefined &&
        sameBytes(one.subject.der, leaf.issuer.der) &&
        (leaf.authorityKeyId === undefined ||
          one.subjectKeyId === undefined ||
          sameBytes(leaf.authorityKeyId, one.subjectKeyId)),
    ),
  )
  return isIssuer || material.logs.some(({ id }) => logIds.some((wanted) => sameBytes(id, wanted)))
}
