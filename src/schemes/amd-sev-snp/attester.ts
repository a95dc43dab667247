import { ia5, integer, joinBytes, octetString } from '../../bytes/der-writer.ts'
import { fromHex } from '../../bytes/layout.ts'
import { bytesOf } from '../../core/place.ts'
import { digest } from '../../crypto/verify.ts'
import { base64Text } from '../../envelope/base64.ts'
import { issueCertificate, signWith, spkiOf, type IssuedExtension } from '../../pki/issue.ts'
import { AMD_SIGNATURE, authorityName, demoName, issueAuthority, type Authority } from './demo-authorities.ts'
import { demoKeys } from './demo-keys.ts'
import type { KeyKind } from './anchors.ts'
import { VMPL_HOST } from './layout.ts'
import type { Product } from './product.ts'
import { remembered } from './remembered.ts'
import { AMD_OID, type Component } from './vcek.ts'

/** Makes SNP reports, chip certificates and extended reports under the demonstration roots. */

/** Levels of a TCB by component. */
export type TcbLevels = Readonly<Partial<Record<Component, number>>>

export interface ReportRecipe {
  readonly product?: Product
  readonly version?: number
  readonly kind?: KeyKind
  readonly tcb?: TcbLevels
  /** Where they are to differ from `tcb`. */
  readonly committedTcb?: TcbLevels
  readonly currentTcb?: TcbLevels
  readonly launchTcb?: TcbLevels
  readonly policy?: bigint
  readonly platformInfo?: bigint
  readonly vmpl?: number | 'host'
  readonly reportData?: Uint8Array
  readonly measurement?: Uint8Array
  readonly hostData?: Uint8Array
  readonly authorKeyDigest?: Uint8Array
  readonly idKeyDigest?: Uint8Array
  readonly keyInfo?: number
  readonly chipId?: Uint8Array
  readonly cpuid?: readonly [family: number, model: number, stepping: number]
  readonly mitigations?: bigint
  /** Changes the body before it is signed. */
  readonly bend?: (body: Uint8Array) => void
  readonly key?: JsonWebKey
  /** Swaps the halves into the byte order of everything else. */
  readonly bigEndianSignature?: boolean
}

/** Levels above every known floor, so that only AMD's silence is left. */
export const GOOD_TCB: Readonly<Record<Product, TcbLevels>> = {
  Milan: { bootloader: 4, tee: 0, snp: 0x1d, microcode: 0xde },
  Genoa: { bootloader: 10, tee: 0, snp: 0x1c, microcode: 0x58 },
  Turin: { fmc: 1, bootloader: 1, tee: 1, snp: 4, microcode: 0x51 },
}
/** Levels that miss several floors. */
export const OLD_TCB: Readonly<Record<Product, TcbLevels>> = {
  Milan: { bootloader: 4, tee: 0, snp: 0x18, microcode: 0xdb },
  Genoa: { bootloader: 9, tee: 0, snp: 0x17, microcode: 0x48 },
  Turin: { fmc: 0, bootloader: 1, tee: 0, snp: 2, microcode: 0x47 },
}
const CPUID: Readonly<Record<Product, readonly [number, number, number]>> = {
  Milan: [0x19, 0x01, 1],
  Genoa: [0x19, 0x11, 1],
  Turin: [0x1a, 0x02, 1],
}
/** A policy as nearly every real report has it: SMT allowed, bit 17 set, nothing else. */
export const PLAIN_POLICY = 0x30000n

/** Id of the demonstration chip of a generation: 64 bytes, on Turin 8 and zeros. */
export function demoChipId(product: Product): Uint8Array {
  const chip = new Uint8Array(64)
  chip.set(
    fromHex(
      product === 'Turin' ? 'd0d0c0de00000003' : `d0d0c0de0000000${product === 'Milan' ? 1 : 2}${'5e'.repeat(56)}`,
    ) ?? new Uint8Array(),
  )
  return chip
}

/** A version number, security version or flag word, least significant byte first. */
function le(value: number | bigint, width: number): Uint8Array {
  const out = new Uint8Array(width)
  let rest = BigInt(value)
  for (let i = 0; i < width; i++) {
    out[i] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return out
}

function fixed(bytes: Uint8Array | undefined, width: number, filler = 0): Uint8Array {
  const out = new Uint8Array(width).fill(filler)
  if (bytes) {
    out.fill(0)
    out.set(bytes.subarray(0, width))
  }
  return out
}

function tcbBytes(product: Product, levels: TcbLevels): Uint8Array {
  const { fmc = 0, bootloader = 0, tee = 0, snp = 0, microcode = 0 } = levels
  return product === 'Turin'
    ? Uint8Array.of(fmc, bootloader, tee, snp, 0, 0, 0, microcode)
    : Uint8Array.of(bootloader, tee, 0, 0, 0, 0, snp, microcode)
}

/** A report, 1184 bytes, signed. */
export async function makeReport(recipe: ReportRecipe = {}): Promise<Uint8Array> {
  const product = recipe.product ?? 'Milan'
  const version = recipe.version ?? 3
  const kind = recipe.kind ?? 'VCEK'
  const tcb = recipe.tcb ?? GOOD_TCB[product]
  const [family, model, stepping] = recipe.cpuid ?? CPUID[product]
  const vector = version >= 5 ? (recipe.mitigations ?? 0x1fn) : 0n
  const body = joinBytes([
    le(version, 4),
    le(0, 4),
    le(recipe.policy ?? PLAIN_POLICY, 8),
    fixed(undefined, 16),
    fixed(undefined, 16),
    le(recipe.vmpl === 'host' ? VMPL_HOST : (recipe.vmpl ?? 0), 4),
    le(1, 4),
    tcbBytes(product, recipe.currentTcb ?? tcb),
    le(recipe.platformInfo ?? 0x25n, 8),
    le(recipe.keyInfo ?? (kind === 'VLEK' ? 4 : 0), 4),
    le(0, 4),
    fixed(recipe.reportData ?? new TextEncoder().encode('a nonce that the reader chose'), 64),
    fixed(recipe.measurement ?? new Uint8Array(48).fill(0xa5), 48),
    fixed(recipe.hostData, 32),
    fixed(recipe.idKeyDigest, 48),
    fixed(recipe.authorKeyDigest, 48),
    fixed(new Uint8Array(32).fill(0x1d), 32),
    fixed(new Uint8Array(32).fill(0xff), 32),
    tcbBytes(product, tcb),
    version >= 3 ? joinBytes([Uint8Array.of(family, model, stepping), fixed(undefined, 21)]) : fixed(undefined, 24),
    fixed(recipe.chipId ?? (kind === 'VLEK' ? undefined : demoChipId(product)), 64),
    tcbBytes(product, recipe.committedTcb ?? tcb),
    Uint8Array.of(40, 55, 1, 0),
    Uint8Array.of(40, 55, 1, 0),
    tcbBytes(product, recipe.launchTcb ?? tcb),
    le(vector, 8),
    le(vector, 8),
    fixed(undefined, 152),
  ])
  recipe.bend?.(body)
  const raw = await signWith(
    recipe.key ?? demoKeys[product][kind === 'VLEK' ? 'vlek' : 'vcek'],
    { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' },
    body,
  )
  const [r, s] = [raw.subarray(0, 48), raw.subarray(48)]
  const half = (part: Uint8Array) => fixed(recipe.bigEndianSignature ? part : part.toReversed(), 72)
  return joinBytes([body, half(r), half(s), fixed(undefined, 368)])
}

export interface LeafRecipe {
  readonly product?: Product
  readonly kind?: KeyKind
  readonly tcb?: TcbLevels
  readonly hwId?: Uint8Array
  readonly wrapHwId?: boolean
  readonly productName?: string
  readonly commonName?: string
  readonly issuer?: Authority
  readonly issuerKey?: JsonWebKey
  readonly key?: JsonWebKey
  readonly notBefore?: number
  readonly notAfter?: number
  readonly extensions?: readonly IssuedExtension[]
}

/** The certificate of the demonstration chip, or of a demonstration provider. */
export function makeLeaf(recipe: LeafRecipe = {}): Promise<Uint8Array> {
  return remembered('leaf', recipe, () => issueLeaf(recipe))
}

async function issueLeaf(recipe: LeafRecipe): Promise<Uint8Array> {
  const product = recipe.product ?? 'Milan'
  const kind = recipe.kind ?? 'VCEK'
  const tcb = recipe.tcb ?? GOOD_TCB[product]
  const keys = demoKeys[product]
  const issuer: Authority = recipe.issuer ?? (kind === 'VLEK' ? 'asvk' : 'ask')
  const hwId = recipe.hwId ?? (product === 'Turin' ? demoChipId(product).subarray(0, 8) : demoChipId(product))
  const extension = (oid: string, value: Uint8Array): IssuedExtension => ({ oid, critical: false, value })
  const level = (component: Component) => extension(AMD_OID[component], integer(tcb[component] ?? 0))
  const unused = (['spl4', 'spl5', 'spl6', 'spl7'] as const)
    .filter((name) => name !== 'spl4' || product !== 'Turin')
    .map((name) => extension(AMD_OID[name], integer(0)))
  return issueCertificate({
    subject: demoName(recipe.commonName ?? (kind === 'VLEK' ? 'SEV-VLEK' : 'SEV-VCEK')),
    issuer: authorityName(issuer, product),
    issuerKey: recipe.issuerKey ?? keys[issuer],
    subjectKey: spkiOf(recipe.key ?? keys[kind === 'VLEK' ? 'vlek' : 'vcek']),
    serial: 0,
    notBefore: recipe.notBefore ?? Date.parse('2026-01-01T00:00:00Z'),
    notAfter: recipe.notAfter ?? Date.parse('2033-01-01T00:00:00Z'),
    algorithm: AMD_SIGNATURE,
    extensions: [
      extension(AMD_OID.structVersion, integer(0)),
      extension(
        AMD_OID.productName,
        ia5(recipe.productName ?? (product === 'Milan' && kind === 'VCEK' ? 'Milan-B0' : product)),
      ),
      ...(product === 'Turin' ? [level('fmc')] : []),
      level('bootloader'),
      level('tee'),
      ...unused,
      level('snp'),
      level('microcode'),
      kind === 'VLEK'
        ? extension(AMD_OID.cspId, ia5('CN=demonstration.example'))
        : extension(AMD_OID.hwId, recipe.wrapHwId ? octetString(hwId) : hwId),
      ...(recipe.extensions ?? []),
    ],
  })
}

/** The half of a P-384 number as the firmware writes it: little-endian in 72 bytes. */
const number72 = (text: string | undefined) => fixed(Uint8Array.from(atobUrl(text ?? '')).toReversed(), 72)

function atobUrl(text: string): Uint8Array {
  const read = base64Text(text, { url: true })
  return read ? bytesOf(read.slice) : new Uint8Array()
}

export interface LaunchRecipe {
  readonly measurement?: Uint8Array
  readonly policy?: bigint
  readonly guestSvn?: number
  readonly familyId?: Uint8Array
  readonly idKey?: JsonWebKey
  readonly authorKey?: JsonWebKey
  readonly signer?: JsonWebKey
}

/** An ID block, its authentication data, and the digests that a report of this guest shows. */
export async function makeLaunch(recipe: LaunchRecipe = {}): Promise<{
  readonly block: Uint8Array
  readonly auth: Uint8Array
  readonly idKeyDigest: Uint8Array
  readonly authorKeyDigest: Uint8Array
}> {
  const block = joinBytes([
    fixed(recipe.measurement ?? new Uint8Array(48).fill(0xa5), 48),
    fixed(recipe.familyId, 16),
    fixed(undefined, 16),
    le(1, 4),
    le(recipe.guestSvn ?? 0, 4),
    le(recipe.policy ?? PLAIN_POLICY, 8),
  ])
  const idKey = recipe.idKey ?? demoKeys.Genoa.vcek
  const authorKey = recipe.authorKey ?? demoKeys.Turin.vcek
  const key = (jwk: JsonWebKey) => joinBytes([le(2, 4), number72(jwk.x), number72(jwk.y), fixed(undefined, 880)])
  const sign = async (jwk: JsonWebKey, data: Uint8Array) => {
    const raw = await signWith(jwk, { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' }, data)
    return joinBytes([
      fixed(raw.subarray(0, 48).toReversed(), 72),
      fixed(raw.subarray(48).toReversed(), 72),
      fixed(undefined, 368),
    ])
  }
  const auth = joinBytes([
    le(1, 4),
    le(1, 4),
    fixed(undefined, 56),
    await sign(recipe.signer ?? idKey, block),
    key(idKey),
    fixed(undefined, 60),
    await sign(authorKey, key(idKey)),
    key(authorKey),
    fixed(undefined, 892),
  ])
  return {
    block,
    auth,
    idKeyDigest: await digest('SHA-384', key(idKey)),
    authorKeyDigest: await digest('SHA-384', key(authorKey)),
  }
}

const SLOT_GUID = {
  VCEK: '63da758de6644564adc5f4b93be8accd',
  VLEK: 'a8074bc2a25a483eaae639c045a0b8a1',
  ASK: '4ab7b379bbac4fe4a02f05aef327c782',
  ARK: 'c0b406a4a803495297433fb6014cd0ae',
  CRL: '92f81bc358114d3d97ffd19f88dc67ea',
} as const
export type Slot = keyof typeof SLOT_GUID

/** A certificate table as a host gives it. `shift` moves the offset of an entry, `stretch` changes its length. */
export function makeTable(
  entries: readonly {
    readonly slot: Slot
    readonly bytes: Uint8Array
    readonly shift?: number
    readonly stretch?: number
  }[],
): Uint8Array {
  let at = (entries.length + 1) * 24
  const heads = entries.map(({ slot, bytes, shift = 0, stretch = 0 }) => {
    const head = joinBytes([
      fromHex(SLOT_GUID[slot]) ?? new Uint8Array(16),
      le(at + shift, 4),
      le(bytes.length + stretch, 4),
    ])
    at += bytes.length
    return head
  })
  return joinBytes([...heads, new Uint8Array(24), ...entries.map(({ bytes }) => bytes)])
}

/** A report with the certificates behind it, as an extended request returns both; some hosts give the leaf alone. */
export async function makeExtendedReport(
  recipe: ReportRecipe = {},
  leaf: LeafRecipe = {},
  authorities = true,
): Promise<Uint8Array> {
  const product = recipe.product ?? 'Milan'
  const kind = recipe.kind ?? 'VCEK'
  const common = { product, kind, ...(recipe.tcb ? { tcb: recipe.tcb } : {}) }
  return joinBytes([
    await makeReport(recipe),
    makeTable([
      ...(authorities
        ? [
            { slot: 'ARK' as const, bytes: await issueAuthority('ark', product) },
            { slot: 'ASK' as const, bytes: await issueAuthority(kind === 'VLEK' ? 'asvk' : 'ask', product) },
          ]
        : []),
      { slot: kind, bytes: await makeLeaf({ ...common, ...leaf }) },
    ]),
  ])
}

/** The same report as agents write it field by field. `old`: with reserved fields and loose versions; `new`: without what must be zero. */
export function makeStructJson(report: Uint8Array, form: 'old' | 'new', isTurin = false): Record<string, unknown> {
  const number = (at: number, width: number) =>
    Number([...report.subarray(at, at + width)].reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n))
  const list = (at: number, width: number) => [...report.subarray(at, at + width)]
  const byte = (at: number) => report[at] ?? 0
  const tcb = (at: number) =>
    isTurin
      ? { fmc: byte(at), bootloader: byte(at + 1), tee: byte(at + 2), snp: byte(at + 3), microcode: byte(at + 7) }
      : {
          ...(form === 'new' ? { fmc: null } : {}),
          bootloader: byte(at),
          tee: byte(at + 1),
          ...(form === 'old' ? { _reserved: list(at + 2, 4) } : {}),
          snp: byte(at + 6),
          microcode: byte(at + 7),
        }
  const version = number(0, 4)
  return {
    version,
    guest_svn: number(4, 4),
    policy: number(8, 8),
    family_id: list(16, 16),
    image_id: list(32, 16),
    vmpl: number(0x30, 4),
    sig_algo: number(0x34, 4),
    current_tcb: tcb(0x38),
    plat_info: number(0x40, 8),
    ...(form === 'old' ? { _author_key_en: number(0x48, 4), _reserved_0: 0 } : { key_info: number(0x48, 4) }),
    report_data: list(0x50, 64),
    measurement: list(0x90, 48),
    host_data: list(0xc0, 32),
    id_key_digest: list(0xe0, 48),
    author_key_digest: list(0x110, 48),
    report_id: list(0x140, 32),
    report_id_ma: list(0x160, 32),
    reported_tcb: tcb(0x180),
    ...(version >= 3
      ? { cpuid_fam_id: byte(0x188), cpuid_mod_id: byte(0x189), cpuid_step: byte(0x18a) }
      : form === 'old'
        ? { _reserved_1: list(0x188, 24) }
        : { cpuid_fam_id: null, cpuid_mod_id: null, cpuid_step: null }),
    chip_id: list(0x1a0, 64),
    committed_tcb: tcb(0x1e0),
    ...(form === 'old'
      ? {
          current_build: byte(0x1e8),
          current_minor: byte(0x1e9),
          current_major: byte(0x1ea),
          _reserved_2: 0,
          committed_build: byte(0x1ec),
          committed_minor: byte(0x1ed),
          committed_major: byte(0x1ee),
          _reserved_3: 0,
        }
      : {
          current: { build: byte(0x1e8), minor: byte(0x1e9), major: byte(0x1ea) },
          committed: { build: byte(0x1ec), minor: byte(0x1ed), major: byte(0x1ee) },
        }),
    launch_tcb: tcb(0x1f0),
    ...(version >= 5 ? { launch_mit_vector: number(0x1f8, 8), current_mit_vector: number(0x200, 8) } : {}),
    ...(form === 'old' ? { _reserved_4: list(0x1f8, 168) } : {}),
    signature: {
      r: list(0x2a0, 72),
      s: list(0x2a0 + 72, 72),
      ...(form === 'old' ? { _reserved: list(0x2a0 + 144, 368) } : {}),
    },
  }
}
