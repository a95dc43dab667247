import { explicit, implicitConstructed, integer, oid, octetString, sequence, utf8 } from '../../bytes/der-writer.ts'
import { cborArray, cborBytes, cborInt, cborMap, cborTag, cborText } from '../../bytes/cbor-writer.ts'
import { joinBytes } from '../../bytes/join.ts'
import {
  basicConstraints,
  customExtension,
  issueCertificate,
  keyUsage,
  name,
  signWith,
  spkiOf,
} from '../../pki/issue.ts'
import { issueOcsp } from '../../pki/issue-ocsp.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { demoKeys } from './demo-keys.ts'
import { OPAQUE } from './opaque.ts'
import { STRUCTURED_BLOCK } from './structured.ts'

/** When demonstration devices speak. */
export const MADE_AT = Date.parse('2026-01-01T00:00:00Z')

const FROM = Date.parse('2025-01-01T00:00:00Z')
const TO = Date.parse('2055-01-01T00:00:00Z')
/** How every demonstration certificate is signed. */
export const ES384 = { kind: 'ecdsa', hash: 'SHA-384', form: 'der' } as const
const RAW = { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' } as const

/** VBIOS version of the demonstration device. */
export const VBIOS_VERSION = '96.00.D9.00.0F'

/** Indices that NVIDIA's manifests of Hopper GPUs state values for. */
export const DRIVER_INDICES: readonly number[] = [7, ...Array.from({ length: 20 }, (_, i) => 21 + i)]
export const VBIOS_INDICES: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]

/** Firmware of the demonstration device. */
export const FWID = new Uint8Array(48).fill(0x5a)

/** What a demonstration device shall say, and what shall be wrong with it. */
export interface ReportRecipe {
  readonly nonce?: Uint8Array
  readonly fwid?: Uint8Array
  readonly driver?: string
  /** Replaces the measurement of a block, counted from zero. */
  readonly measurements?: Readonly<Record<number, Uint8Array>>
  /** Added to the length that the record states. */
  readonly recordLength?: number
  /** Index of the second block; 2 when it is as it should be. */
  readonly secondIndex?: number
  readonly feature?: number
  readonly key?: JsonWebKey
  /** In a protected group: said to be so, and the switches that it is connected to. */
  readonly protectedPcie?: boolean
  readonly switches?: readonly Uint8Array[]
  /** Makes it a Rubin-shaped device: the block that says whose the measurements are. */
  readonly contents?: Uint8Array
}

/** One environment of the block of contents: a number below the driver's (11) or the VBIOS' (10) arc, and the block that it points at. */
export interface ContentsRecipe {
  readonly arc: 10 | 11
  readonly number: number
  readonly key?: string
  readonly block: number
}

/** The block that says whose the measurements are, and where manifests lie (tag 570). */
export function makeContents(parts: readonly ContentsRecipe[], manifests: readonly string[]): Uint8Array {
  const triples = parts.map(({ arc, number, key, block }) => {
    const id = oid(`1.3.6.1.4.1.5703.1300.1.1.11.1.${arc}.100.${number}`).subarray(2)
    const value = cborMap([12, cborMap([0, cborArray(cborInt(block))])])
    return cborArray(
      cborMap([0, cborMap([0, cborTag(111, cborBytes(id))])]),
      cborArray(key === undefined ? cborMap([1, value]) : cborMap([0, cborText(key)], [1, value])),
    )
  })
  return cborTag(
    570,
    cborMap(
      [0, cborArray(cborTag(571, cborMap([0, cborMap([0, cborArray(...triples)])])))],
      [1, cborArray(...manifests.map((url) => cborMap([0, cborTag(32, cborText(url))])))],
      [2, cborTag(32, cborText('tag:nvidia.com,2026:evidence/spdm/profiles/gpu/1.0.0'))],
    ),
  )
}

const u16 = (value: number) => Uint8Array.of(value & 0xff, value >> 8)
const text = (value: string) => new TextEncoder().encode(`${value}\0`)
const entry = (id: number, data: Uint8Array) => joinBytes([u16(id), u16(data.length), data])

/** A measurement that differs for every index. */
export function measurement(index: number): Uint8Array {
  return new Uint8Array(48).fill(index + 1)
}

/** A report of a Hopper-shaped device, signed by the demonstration leaf. */
export async function makeReport(recipe: ReportRecipe = {}): Promise<Uint8Array> {
  const blocks = Array.from({ length: 64 }, (_, index) =>
    joinBytes([
      Uint8Array.of(index === 1 ? (recipe.secondIndex ?? 2) : index + 1, 1, 51, 0, 1, 48, 0),
      recipe.measurements?.[index] ?? measurement(index),
    ]),
  )
  const { contents } = recipe
  if (contents)
    blocks.push(
      joinBytes([
        Uint8Array.of(STRUCTURED_BLOCK, 1),
        u16(contents.length + 3),
        Uint8Array.of(0x8a),
        u16(contents.length),
        contents,
      ]),
    )
  const record = joinBytes(blocks)
  const length = record.length + (recipe.recordLength ?? 0)
  const opaque = joinBytes([
    entry(OPAQUE.vbios, Uint8Array.of(0, 0xd9, 0, 0x96, 0x0f, 0, 0, 0)),
    entry(OPAQUE.chipSku, text('900')),
    entry(OPAQUE.project, text('D000')),
    entry(OPAQUE.projectSku, text('0001')),
    entry(OPAQUE.driver, text(recipe.driver ?? '999.01')),
    entry(OPAQUE.gpuInfo, Uint8Array.of(contents ? 0xc0 : 0x80, 1, 0, 0)),
    entry(OPAQUE.nvdec0, Uint8Array.of(0x55)),
    entry(OPAQUE.fwid, recipe.fwid ?? FWID),
    ...(recipe.protectedPcie === undefined
      ? []
      : [entry(OPAQUE.protectedPcie, Uint8Array.of(recipe.protectedPcie ? 0xaa : 0x55))]),
    ...(recipe.switches ? [entry(OPAQUE.switchPdi, ports(recipe.switches))] : []),
    entry(OPAQUE.feature, Uint8Array.of(recipe.feature ?? 0, 0, 0, 0)),
  ])
  return signedReport({ nonce: recipe.nonce, blocks: blocks.length, record, length, opaque, key: recipe.key })
}

/** Eighteen ports, each naming the switch behind it, its identity written backwards. */
function ports(switches: readonly Uint8Array[]): Uint8Array {
  return joinBytes(
    Array.from({ length: 18 }, (_, i) => (switches[i % switches.length] ?? new Uint8Array(8)).toReversed()),
  )
}

async function signedReport(of: {
  readonly nonce: Uint8Array | undefined
  readonly blocks: number
  readonly record: Uint8Array
  readonly length: number
  readonly opaque: Uint8Array
  readonly key: JsonWebKey | undefined
}): Promise<Uint8Array> {
  const signed = joinBytes([
    Uint8Array.of(0x11, 0xe0, 1, 0xff),
    of.nonce ?? new Uint8Array(32).fill(7),
    Uint8Array.of(0, 0x11, 0x60, 0, 0, of.blocks, of.length & 0xff, (of.length >> 8) & 0xff, of.length >> 16),
    of.record,
    new Uint8Array(32).fill(9),
    u16(of.opaque.length),
    of.opaque,
  ])
  return joinBytes([signed, await signWith(of.key ?? demoKeys.leaf, RAW, signed)])
}

/** What a demonstration switch shall say. */
export interface SwitchRecipe {
  readonly key?: JsonWebKey
  readonly nonce?: Uint8Array
  /** Its own identity, and those of the GPUs behind it. */
  readonly own: Uint8Array
  readonly gpus: readonly Uint8Array[]
}

/** Version of the demonstration switch's firmware. */
export const SWITCH_VERSION = '96.10.99.00.01'

/** A report of an LS10-shaped switch. */
export async function makeSwitchReport({ key, nonce, own, gpus }: SwitchRecipe): Promise<Uint8Array> {
  const record = joinBytes(
    Array.from({ length: 31 }, (_, index) =>
      joinBytes([Uint8Array.of(index + 1, 1, 51, 0, 1, 48, 0), measurement(index)]),
    ),
  )
  const opaque = joinBytes([
    entry(OPAQUE.vbios, text(SWITCH_VERSION)),
    entry(OPAQUE.switchPdi, own),
    entry(OPAQUE.counts, new Uint8Array(124).fill(1)),
    entry(OPAQUE.switchGpus, joinBytes([...gpus, Uint8Array.from({ length: 64 }, (_, i) => i % 8)])),
  ])
  return signedReport({ nonce, blocks: 31, record, length: record.length, opaque, key })
}

const DN = (commonName: string) => name({ CN: commonName, O: 'Attestation Explorer' })

const CHAIN_NAMES = [
  'Demonstration GSP FMC LF',
  'Demonstration GSP BROM',
  'Demonstration Provisioner ICA',
  'Demonstration Identity',
  'Demonstration Device Identity CA',
]
/** Who signs the certificate at each place. */
export const CHAIN_SIGNERS: readonly JsonWebKey[] = [
  demoKeys.brom,
  demoKeys.provisioner,
  demoKeys.identity,
  demoKeys.root,
  demoKeys.root,
]

/** The other name by which NVIDIA's leaves call their device (DMTF's device info). */
function deviceName(index: number, serial: number) {
  const text = `NVIDIA:DEMO:${(serial + index).toString(16).padStart(8, '0')}`
  return customExtension(
    '2.5.29.17',
    sequence(implicitConstructed(0, oid('1.3.6.1.4.1.412.274.1'), explicit(0, utf8(text)))),
  )
}

/** Whose chain it shall be, and what shall be wrong with it. */
export interface ChainRecipe {
  readonly provisionerKey?: JsonWebKey
  readonly leafKey?: JsonWebKey
  /** Of the leaf; the boot ROM's is one higher. */
  readonly serial?: number
  readonly pdi?: Uint8Array
  readonly isSwitch?: boolean
}

/** Name at a place in the chain, leaf 0. */
export const chainName = (index: number): Uint8Array => DN(CHAIN_NAMES[index] ?? '')

/** DER certificates of the demonstration device, leaf first, root last. */
export async function makeChain(bend: ChainRecipe = {}): Promise<Uint8Array[]> {
  const fwid = sequence(oid('2.16.840.1.101.3.4.2.2'), octetString(FWID))
  const dice = customExtension('2.23.133.5.4.1', sequence(integer(1), spkiOf(demoKeys.brom), fwid))
  const brom =
    bend.pdi === undefined
      ? chainName(1)
      : name({
          serialNumber: hex(Uint8Array.of(bend.isSwitch ? 0x50 : 0x41, ...bend.pdi)).toUpperCase(),
          CN: 'Demonstration GSP BROM',
          O: 'Attestation Explorer',
        })
  const names = CHAIN_NAMES.map((_, index) => (index === 1 ? brom : chainName(index)))
  const subjectKeys = [
    bend.leafKey ?? demoKeys.leaf,
    demoKeys.brom,
    bend.provisionerKey ?? demoKeys.provisioner,
    demoKeys.identity,
    demoKeys.root,
  ]
  return Promise.all(
    names.map((subject, index) =>
      issueCertificate({
        subject,
        issuer: names[Math.min(index + 1, names.length - 1)] ?? subject,
        issuerKey: CHAIN_SIGNERS[index] ?? demoKeys.root,
        subjectKey: subjectKeys[index] ?? demoKeys.root,
        serial: bend.serial !== undefined && index < 2 ? bend.serial + index : index + 1,
        notBefore: FROM,
        notAfter: TO,
        algorithm: ES384,
        extensions:
          index === 0
            ? [keyUsage('digitalSignature'), deviceName(index, bend.serial ?? 1), dice]
            : [basicConstraints(true), keyUsage('keyCertSign', 'cRLSign')],
      }),
    ),
  )
}

/** What the demonstration responder shall say of one certificate. */
export interface AnswerRecipe {
  /** Index of the certificate in its chain, leaf 0; the one above it answers. */
  readonly index: number
  readonly status?: 'good' | 'revoked' | 'unknown'
  /** RFC 5280 number: 1 key compromise, 6 hold. */
  readonly reason?: number
  readonly madeAt?: number
}

const HOUR = 3_600_000

/** An OCSP answer about a certificate of the demonstration device, by its issuer, good for a day. */
export async function makeAnswer({
  index,
  status = 'good',
  reason,
  madeAt = MADE_AT,
}: AnswerRecipe): Promise<Uint8Array> {
  const issuerKey = CHAIN_SIGNERS[index] ?? demoKeys.root
  const issuer = chainName(index + 1)
  return answerOf({ issuer, issuerKey, serial: index + 1, status, reason, madeAt })
}

/** The answer about the signer of the demonstration manifests. */
export async function makeSignerAnswer(status: 'good' | 'revoked' = 'good', madeAt = MADE_AT): Promise<Uint8Array> {
  const issuer = DN('Demonstration RIM root')
  return answerOf({ issuer, issuerKey: demoKeys.rimRoot, serial: 2, status, reason: undefined, madeAt })
}

function answerOf(of: {
  readonly issuer: Uint8Array
  readonly issuerKey: JsonWebKey
  readonly serial: number
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly reason: number | undefined
  readonly madeAt: number
}): Promise<Uint8Array> {
  return issueOcsp({
    issuer: of.issuer,
    issuerKey: of.issuerKey,
    responder: of.issuer,
    responderKey: of.issuerKey,
    producedAt: of.madeAt,
    algorithm: ES384,
    answers: [
      {
        serial: of.serial,
        status: of.status,
        thisUpdate: of.madeAt - HOUR,
        nextUpdate: of.madeAt + 23 * HOUR,
        ...(of.reason === undefined ? {} : { reason: of.reason }),
      },
    ],
  })
}

/** What a demonstration manifest shall say. */
export interface RimRecipe {
  readonly version?: string
  readonly product?: string
  readonly active?: readonly number[]
  readonly values?: Readonly<Record<number, Uint8Array>>
  readonly key?: JsonWebKey
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const SWID = 'http://standards.iso.org/iso/19770/-2/2015/schema.xsd'
const HASHES = 'http://www.w3.org/2001/04/xmlenc#sha384'
const DS = 'http://www.w3.org/2000/09/xmldsig#'
const C14N = 'http://www.w3.org/2006/12/xml-c14n11'
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'

const nameOf = (index: number) =>
  index >= 32 && index <= 38
    ? `HashedMeasurement_${index}_GSP`
    : index >= 1 && index <= 6
      ? `HashedMeasurement_${index}_FSP`
      : `Measurement_${index}`

/** A manifest signed by a demonstration signer under the demonstration root of manifests. It is written in canonical form, so that what is signed stands in the file. */
export async function makeRim(recipe: RimRecipe = {}): Promise<string> {
  const active = new Set(recipe.active ?? [1, 2, 3])
  const resources = Array.from({ length: 64 }, (_, index) => {
    const value = hex(recipe.values?.[index] ?? measurement(index))
    return `<Resource active="${active.has(index) ? 'True' : 'False'}" alternatives="1" index="${index}" name="${nameOf(index)}" size="48" type="Measurement" ns2:Hash0="${value}"></Resource>`
  })
  const meta = `<Meta colloquialVersion="${recipe.version ?? '999.01'}" edition="GPU" product="${recipe.product ?? 'GH100'}"></Meta>`
  const start = `<SoftwareIdentity xmlns="${SWID}" xmlns:ns2="${HASHES}" name="Demonstration" tagId="00">`
  const body = `${meta}<Payload>${resources.join('')}</Payload>`
  const document = new TextEncoder().encode(`${start}${body}</SoftwareIdentity>`)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', document))
  const info = (declared: string) =>
    `<ds:SignedInfo${declared}><ds:CanonicalizationMethod Algorithm="${C14N}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${MORE}ecdsa-sha384"></ds:SignatureMethod><ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="${DS}enveloped-signature"></ds:Transform><ds:Transform Algorithm="${C14N}"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="${MORE}sha384"></ds:DigestMethod><ds:DigestValue>${toBase64(digest)}</ds:DigestValue></ds:Reference></ds:SignedInfo>`
  const signed = new TextEncoder().encode(info(` xmlns="${SWID}" xmlns:ds="${DS}" xmlns:ns2="${HASHES}"`))
  const value = await signWith(recipe.key ?? demoKeys.rimSigner, RAW, signed)
  const common = { notBefore: FROM, notAfter: TO, algorithm: ES384, issuerKey: demoKeys.rimRoot }
  const root = DN('Demonstration RIM root')
  const authority = [basicConstraints(true), keyUsage('keyCertSign', 'cRLSign')]
  const chain = await Promise.all([
    issueCertificate({
      ...common,
      subject: DN('Demonstration RIM signer'),
      issuer: root,
      subjectKey: demoKeys.rimSigner,
      serial: 2,
      extensions: [keyUsage('digitalSignature')],
    }),
    issueCertificate({
      ...common,
      subject: root,
      issuer: root,
      subjectKey: demoKeys.rimRoot,
      serial: 1,
      extensions: authority,
    }),
  ])
  const certificates = chain.map((one) => `<ds:X509Certificate>${toBase64(one)}</ds:X509Certificate>`).join('')
  return `${start}${body}<ds:Signature xmlns:ds="${DS}">${info('')}<ds:SignatureValue>${toBase64(value)}</ds:SignatureValue><ds:KeyInfo><ds:X509Data>${certificates}</ds:X509Data></ds:KeyInfo></ds:Signature></SoftwareIdentity>\n`
}
