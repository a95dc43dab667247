import { bytesOf } from '../../core/place.ts'
import type { CaseItem } from '../../core/scheme.ts'
import { oidOf, readDerStrict, sequenceOf, octetStringOf, isContext, type DerElement } from '../../bytes/der.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { sameBytes, toHex } from '../../bytes/layout.ts'
import type { Certificate } from '../../pki/types.ts'
import { verifyEvidence } from '../../crypto/remember.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import type { Report } from './layout.ts'
import { contentsOf } from './structured.ts'
import { entryOf, numberOf, OPAQUE, pdisOf, textOf, valueOf, versionOf, type Opaque } from './opaque.ts'

/** What a report names itself to be, in NVIDIA's words. */
export interface Identity {
  readonly kind: 'gpu' | 'switch'
  /** `HOPPER`, `BLACKWELL`, `RUBIN`, `LS10`, or '' for a chip that is not known here. */
  readonly arch: string
  readonly chip: string
  readonly driver: string
  readonly vbios: string
  readonly driverRim: string
  readonly vbiosRim: string
  readonly mode: string
  readonly protectedPcie: string
  readonly nvdec0: string
  /** Other devices that this one is connected to, hex. */
  readonly peers: readonly string[]
  /** A switch's own identity, hex; a GPU's stands in its certificate. */
  readonly ownPdi: string
}

const CHIPS: Readonly<Record<number, readonly [string, string]>> = {
  0x180: ['HOPPER', 'GH100'],
  0x1a0: ['BLACKWELL', 'GB100'],
  0x1c0: ['RUBIN', 'GR100'],
}

/** Reads the names out of the opaque data. */
export function identityOf(report: Report): Identity {
  const opaque = report.response.opaque.content
  const word = (id: number) => textOf(valueOf(opaque, id) ?? new Uint8Array())
  const isSwitch = entryOf(opaque, OPAQUE.driver) === undefined && report.response.blocks.value === 31
  const vbios = versionOf(valueOf(opaque, OPAQUE.vbios) ?? new Uint8Array())
  const version = vbios.replaceAll('.', '').toUpperCase()
  const state = (id: number) => {
    const byte = valueOf(opaque, id)?.[0]
    return byte === 0xaa ? 'aa' : byte === 0x55 ? '55' : ''
  }
  const driver = word(OPAQUE.driver)
  if (isSwitch)
    return {
      kind: 'switch',
      arch: 'LS10',
      chip: 'LS10',
      driver: '',
      vbios,
      driverRim: '',
      vbiosRim: version === '' ? '' : `NV_SWITCH_BIOS_5612_0002_890_${version}`,
      mode: '',
      protectedPcie: '',
      nvdec0: '',
      ...switchPeers(opaque),
    }
  const info = valueOf(opaque, OPAQUE.gpuInfo)
  const [arch, chip] = (info && CHIPS[numberOf(info)]) ?? ['', word(OPAQUE.chip)]
  const named = word(OPAQUE.chip) || chip
  const parts = [OPAQUE.project, OPAQUE.projectSku, OPAQUE.chipSku].map((id) => word(id).toUpperCase())
  const feature = valueOf(opaque, OPAQUE.feature)
  // A device that points at its manifests is asked, and no name is put together.
  const pointed = contentsOf(report)?.manifests ?? []
  const isOfDriver = (id: string) => id.startsWith('NV_GPU_DRIVER_') || id.startsWith('NV_GPU_CC_DRIVER_')
  return {
    kind: 'gpu',
    arch,
    chip: named,
    driver,
    vbios,
    driverRim:
      pointed.find(isOfDriver) ??
      (driver === ''
        ? ''
        : arch === 'BLACKWELL'
          ? `NV_GPU_CC_DRIVER_${named}_${driver}`
          : `NV_GPU_DRIVER_${named}_${driver}`),
    vbiosRim:
      pointed.find((id) => !isOfDriver(id)) ??
      (parts.includes('') || version === '' ? '' : `NV_GPU_VBIOS_${parts.join('_')}_${version}`),
    mode: feature ? (['SPT', 'MPT', 'PPCIE'][numberOf(feature)] ?? '') : '',
    protectedPcie: { aa: 'on', '55': 'off', '': '' }[state(OPAQUE.protectedPcie)],
    nvdec0: { aa: 'enabled', '55': 'disabled', '': '' }[state(OPAQUE.nvdec0)],
    peers: pdisOf(valueOf(opaque, OPAQUE.switchPdi) ?? new Uint8Array(), 18, true),
    ownPdi: '',
  }
}

function switchPeers(opaque: Opaque): Pick<Identity, 'peers' | 'ownPdi'> {
  // Old switch firmware writes the GPUs' identities under the number of GPU_INFO.
  const list = valueOf(opaque, OPAQUE.switchGpus) ?? valueOf(opaque, OPAQUE.gpuInfo) ?? new Uint8Array()
  return {
    peers: [...new Set(pdisOf(list, 8, false))],
    ownPdi: toHex(valueOf(opaque, OPAQUE.switchPdi) ?? new Uint8Array()),
  }
}

const LEGACY_FWID = '2.23.133.5.4.1'
const TCB_INFO = '2.23.133.5.4.1.1'

/** SHA-384 of the firmware that holds the key, as the certificate says it, in either DICE form. */
export function fwidOf(certificate: Certificate): Uint8Array | undefined {
  for (const { oid, value } of certificate.extensions) {
    if (oid === LEGACY_FWID) {
      const last = sequenceOf(readDerStrict(value))?.at(-1)
      const [name, digest] = sequenceOf(last) ?? []
      const found = octetStringOf(digest)
      if (oidOf(name) !== undefined && found) return bytesOf(found)
    }
    if (oid === TCB_INFO) {
      const fwids = sequenceOf(readDerStrict(value))?.find((one) => isContext(one, 6))
      const [, digest] = membersOf(fwids?.children?.[0])
      const found = octetStringOf(digest)
      if (found) return bytesOf(found)
    }
  }
  return undefined
}

const membersOf = (element: DerElement | undefined): readonly DerElement[] => element?.children ?? []

/** Decimal of the leaf's serial number: NVIDIA's `ueid`. */
export function ueidOf(leaf: Certificate): string {
  return BigInt(`0x${toHex(leaf.serial) || '0'}`).toString()
}

/** Identity of the device from the subject of the certificate that its boot ROM holds: one type byte, then eight bytes. */
export function pdiOf(path: readonly Certificate[]): string {
  const serial = /serialNumber=([0-9A-F]{18})\b/i.exec(path[1]?.subject.text ?? '')?.[1]
  return serial?.slice(2).toLowerCase() ?? ''
}

/** Which certificate made the signature, and what came of it. */
export interface Choice {
  readonly leaf: Certificate | undefined
  readonly pool: readonly Certificate[]
  /** Every certificate of the case: an issuer that the leaf's own file lacks may have come by itself. */
  readonly all: readonly Certificate[]
  readonly item: CaseItem | undefined
  readonly signature: VerifyResult | undefined
  /** Leaves were looked at, and none of several belongs to this report. */
  readonly isForeign: boolean
  /** The leaf came in a file of its own, so that a fault in its chain is that file's, and not the evidence's. */
  readonly isBeside: boolean
  /** Such a chain does not hold in itself: it says nothing of any report. */
  readonly isBroken: boolean
  /** Other certificates of the very key that signed: anybody can make one, and only its path tells which is the device's. */
  readonly alike: readonly {
    readonly leaf: Certificate
    readonly pool: readonly Certificate[]
    readonly item: CaseItem
  }[]
}

/** No leaf at all. */
export const NOBODY: Choice = {
  leaf: undefined,
  pool: [],
  all: [],
  item: undefined,
  signature: undefined,
  isForeign: false,
  isBeside: false,
  isBroken: false,
  alike: [],
}

/** Most leaves that one report is held against. */
const LEAVES = 48

/** Finds the chain of a report: the leaf that stands nearest to it in its container first, since reports of one model differ in nothing else that could be compared. */
export async function chooseLeaf(subject: CaseItem, report: Report, items: readonly CaseItem[]): Promise<Choice> {
  const certificates = items.flatMap((item) => {
    const certificate = item.format === 'x509.certificate' ? readCertificate(item.slice) : undefined
    return certificate ? [{ item, certificate }] : []
  })
  const issuers = new Set(certificates.map(({ certificate }) => toHex(certificate.issuer.der)))
  const leaves = certificates
    .filter(({ certificate }) => fwidOf(certificate) !== undefined && !issuers.has(toHex(certificate.subject.der)))
    .map((one) => ({ ...one, near: nearness(subject, one.item, items) }))
    .toSorted((a, b) => b.near - a.near)
    .slice(0, LEAVES)
  const $ = report.$
  const signed = $.slice.bytes.subarray($.slice.start, report.signature.slice.start)
  const seen = new Set<string>()
  let first: { readonly at: (typeof leaves)[number]; readonly result: VerifyResult } | undefined
  for (const at of leaves) {
    const key = toHex(bytesOf(at.certificate.spki))
    if (seen.has(key)) continue
    seen.add(key)
    const result = await verifyEvidence(
      { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' },
      bytesOf(at.certificate.spki),
      signed,
      report.signature.value,
    )
    first ??= { at, result }
    if (result.result === 'valid') {
      first = { at, result }
      break
    }
  }
  if (!first) return NOBODY
  const isForeign = first.result.result === 'invalid' && seen.size > 1 && first.at.near < 1
  const poolOf = (own: CaseItem) => {
    const family = certificates.filter(({ item }) => item.parent === own.parent && item.artifact !== own.artifact)
    return (family.length > 0 ? family : certificates).map((one) => one.certificate)
  }
  const spki = bytesOf(first.at.certificate.spki)
  const { at: chosen } = first
  return {
    leaf: first.at.certificate,
    pool: poolOf(first.at.item),
    all: certificates.map((one) => one.certificate),
    item: first.at.item,
    signature: first.result,
    isForeign,
    isBeside: chosen.near < 1,
    isBroken: false,
    alike: leaves
      .filter((one) => one !== chosen && sameBytes(bytesOf(one.certificate.spki), spki))
      .map(({ certificate, item }) => ({ leaf: certificate, pool: poolOf(item), item })),
  }
}

/** How near two artifacts stand: containers that they share, then how alike their names in it begin. 0 for separate files. */
function nearness(subject: CaseItem, other: CaseItem, items: readonly CaseItem[]): number {
  const mine = lineage(subject, items)
  const theirs = lineage(other, items)
  let depth = 0
  while (depth < mine.length && mine[depth]?.artifact === theirs[depth]?.artifact) depth++
  if (depth === 0) return 0
  const [a, b] = [mine[depth]?.name ?? '', theirs[depth]?.name ?? '']
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  return depth + Math.min(same, 999) / 1000
}

function lineage(item: CaseItem, items: readonly CaseItem[]): CaseItem[] {
  const line = [item]
  for (let top: CaseItem | undefined = item; top?.parent != null && line.length < 16;) {
    const parent: number = top.parent
    top = items.find((one) => one.artifact === parent)
    if (top) line.unshift(top)
  }
  return line
}
