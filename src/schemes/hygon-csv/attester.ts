import { joinBytes } from '../../bytes/join.ts'
import { fromHex } from '../../bytes/layout.ts'
import { sm2PublicKey, sm2Sign } from '../../crypto/sm2.ts'
import { sm3 } from '../../crypto/sm3.ts'
import { hmac } from '../../crypto/verify.ts'
import { ROOT_USER_ID } from './anchors.ts'
import { DEMO_NONCE, demoKeys, type DemoKey } from './demo-keys.ts'
import { ANONCE_AT, CEK, HRK, HSK, NO_USAGE, OCA, PEK, SIZE, SM2_SIGN, V1_TAIL_AT } from './numbers.ts'

/** Makes certificates and reports of Hygon CSV and DCU under a demonstration root: no chip has these keys. */

const le = (value: number, width: number) =>
  Uint8Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** i) % 256)
const text = (value: string, width: number) => {
  const out = new Uint8Array(width)
  out.set(new TextEncoder().encode(value).subarray(0, width))
  return out
}
const bytesOfHex = (hex: string) => fromHex(hex) ?? new Uint8Array()
const zeros = (length: number) => new Uint8Array(length)

function number(big: Uint8Array): Uint8Array {
  const out = new Uint8Array(72)
  out.set(big.toReversed())
  return out
}

const USER_IDS: Readonly<Record<DemoKey, string>> = {
  hrk: ROOT_USER_ID,
  hsk: 'HYGON-SSD-HSK',
  cek: 'HYGON-SSD-CEK',
  pek: 'HYGON-SSD-PEK',
  oca: 'HYGON-SSD-OCA',
  other: 'HYGON-SSD-CEK',
}
const ID_OF = (key: DemoKey) => sm3(sm2PublicKey(bytesOfHex(demoKeys[key]))).subarray(0, 16)

/** SM2 by a demonstration key with its own user id: r and s as 72 bytes each. */
function sign(key: DemoKey, data: Uint8Array, userId: string = USER_IDS[key]): Uint8Array {
  const signature = sm2Sign(
    bytesOfHex(demoKeys[key]),
    new TextEncoder().encode(userId),
    data,
    sm3(joinBytes([bytesOfHex(DEMO_NONCE), data])),
  )
  const halves = signature ?? zeros(64)
  return joinBytes([number(halves.subarray(0, 32)), number(halves.subarray(32))])
}

function keyPart(key: DemoKey, userId: string = USER_IDS[key]): Uint8Array {
  const point = sm2PublicKey(bytesOfHex(demoKeys[key]))
  return joinBytes([
    le(3, 4),
    number(point.subarray(0, 32)),
    number(point.subarray(32)),
    le(userId.length, 2),
    text(userId, 254),
  ])
}

/** HRK over itself, or HSK under HRK (or under another key, which may sign with another user id than its own). */
export function makeAuthority(
  usage: typeof HRK | typeof HSK,
  signer: DemoKey = 'hrk',
  userId: string = USER_IDS[signer],
): Uint8Array {
  const key: DemoKey = usage === HRK ? 'hrk' : 'hsk'
  const body = joinBytes([le(1, 4), ID_OF(key), ID_OF('hrk'), le(usage, 4), zeros(24), keyPart(key), zeros(108)])
  return joinBytes([body, sign(signer, body, userId), zeros(112)])
}

/** A root that has the key id and the user id of HRK, and another key. */
export function makeLookAlikeRoot(): Uint8Array {
  const id = ID_OF('hrk')
  const body = joinBytes([le(1, 4), id, id, le(HRK, 4), zeros(24), keyPart('other', ROOT_USER_ID), zeros(108)])
  return joinBytes([body, sign('other', body, ROOT_USER_ID), zeros(112)])
}

function certificate(
  key: DemoKey,
  usage: number,
  slots: readonly (readonly [number, DemoKey | undefined])[],
  issuer: DemoKey = 'hsk',
) {
  const body = joinBytes([
    le(usage === CEK ? 2 : 1, 4),
    Uint8Array.of(1, 4, 0, 0),
    le(usage, 4),
    le(SM2_SIGN, 4),
    keyPart(key),
    usage === CEK ? ID_OF(issuer) : zeros(16),
    zeros(608),
  ])
  const made = slots.map(([by, signer]) =>
    joinBytes([le(by, 4), le(signer ? SM2_SIGN : 0, 4), signer ? sign(signer, body) : zeros(144), zeros(368)]),
  )
  return joinBytes([body, ...made])
}

/** The chip's certificate, under HSK or another key; `issuer` is the one that it names. */
export function makeCek(signer: DemoKey = 'hsk', key: DemoKey = 'cek', issuer: DemoKey = 'hsk'): Uint8Array {
  const slots = [
    [HSK, signer],
    [NO_USAGE, undefined],
  ] as const
  return certificate(key, CEK, slots, issuer)
}

/** The platform's certificate, under the chip's key or another. */
export function makePek(bend: { readonly signer?: DemoKey; readonly slotUsage?: number } = {}): Uint8Array {
  return certificate('pek', PEK, [
    [bend.slotUsage ?? CEK, bend.signer ?? 'cek'],
    [OCA, 'oca'],
  ])
}

/** What Hygon's server answers for a chip: HSK, then CEK. */
export function makeHskCek(): Uint8Array {
  return joinBytes([makeAuthority(HSK), makeCek()])
}

export interface ReportRecipe {
  readonly policy?: number
  readonly reportData?: Uint8Array
  readonly measure?: Uint8Array
  readonly chipId?: string
  /** SM3 of the launch session's key; zero by default. */
  readonly session?: Uint8Array
  readonly anonce?: number
  readonly pek?: Uint8Array
  readonly signer?: DemoKey
  /** User id in the signature, where it is to be another one. */
  readonly userId?: string
  /** Signs what the fields say instead of what is stored. */
  readonly isSignedClear?: boolean
}

/** NODBG, ES, CSV3. */
const POLICY = 0x45
const MNONCE = Uint8Array.from({ length: 16 }, (_, i) => 0x40 + i)
const CHIP = 'DEMO0000000001'

function infoOf(recipe: ReportRecipe): Uint8Array {
  return joinBytes([
    recipe.session ?? zeros(32),
    text('demo-guest', 16),
    text('1', 16),
    recipe.reportData ?? text('hello, chosen by the requester', 64),
    MNONCE,
    recipe.measure ?? sm3(new TextEncoder().encode('demonstration guest')),
    le(recipe.policy ?? POLICY, 4),
  ])
}

/** A report of version 1 as the firmware stores it, mask and MAC included. */
export async function makeReportV1(recipe: ReportRecipe = {}): Promise<Uint8Array> {
  const mask = le(recipe.anonce ?? 0x5ca1ab1e, 4)
  const masked = (bytes: Uint8Array) => bytes.map((byte, i) => byte ^ (mask[i % 4] ?? 0))
  const info = masked(infoOf(recipe))
  const signature = sign(recipe.signer ?? 'pek', recipe.isSignedClear === true ? infoOf(recipe) : info, recipe.userId)
  const tail = masked(joinBytes([recipe.pek ?? makePek(), text(recipe.chipId ?? CHIP, 64), zeros(32).fill(0xa5)]))
  return joinBytes([
    info,
    masked(joinBytes([le(PEK, 4), le(SM2_SIGN, 4)])),
    mask,
    signature,
    tail,
    await hmac('SM3', MNONCE, tail),
  ])
}

/** A report of version 2, which has no mask. */
export async function makeReportV2(
  recipe: ReportRecipe & {
    readonly rtmr0?: Uint8Array
    /** RTMR1 to RTMR3, where a log is to replay to them. */
    readonly rtmrs?: readonly Uint8Array[]
  } = {},
): Promise<Uint8Array> {
  const info = infoOf(recipe)
  const body = joinBytes([
    info,
    le(PEK, 4),
    le(SM2_SIGN, 4),
    le(2344, 4),
    le(1, 2),
    zeros(14),
    recipe.rtmr0 ?? info.subarray(144, 176),
    ...[1, 2, 3].map((n) => recipe.rtmrs?.[n - 1] ?? sm3(new TextEncoder().encode(`demonstration register ${n}`))),
    zeros(32),
    zeros(656),
  ])
  const tail = joinBytes([recipe.pek ?? makePek(), text(recipe.chipId ?? CHIP, 64), zeros(32).fill(0xa5)])
  return joinBytes([body, sign(recipe.signer ?? 'pek', body), tail, await hmac('SM3', MNONCE, tail)])
}

/** A DCU's report by its own CEK. */
export function makeDcuReport(bend: { readonly signer?: DemoKey; readonly isSwapped?: boolean } = {}): Uint8Array {
  const pair = [le(CEK, 4), le(SM2_SIGN, 4)]
  const body = joinBytes([
    le(1, 4),
    text('DEMODCU000000001', 16),
    text('hello, chosen by the requester', 64),
    sm3(new TextEncoder().encode('demonstration DCU')),
    zeros(128),
    ...(bend.isSwapped === true ? pair.toReversed() : pair),
  ])
  return joinBytes([body, sign(bend.signer ?? 'cek', body)])
}

const list = (bytes: Uint8Array) => [...bytes]
const number32 = (bytes: Uint8Array, at: number) =>
  ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)) >>> 0

/** A certificate of an authority as csv-rs writes it in JSON: members in the order of the bytes. */
function authorityJson(bytes: Uint8Array): object {
  const part = (from: number, to: number) => list(bytes.subarray(from, to))
  return {
    body: {
      preamble: {
        ver: number32(bytes, 0),
        data: { kid: part(4, 20), sid: part(20, 36), usage: number32(bytes, 36), reserved: part(40, 64) },
      },
      pubkey: { g: number32(bytes, 64), x: part(68, 140), y: part(140, 212) },
      uid_size: (bytes[212] ?? 0) | ((bytes[213] ?? 0) << 8),
      user_id: part(214, 468),
      reserved: part(468, 576),
    },
    signature: { r: part(576, 648), s: part(648, 720) },
    _reserved: part(720, 832),
  }
}

/** A certificate of a chip's or platform's key, likewise. */
function certificateJson(bytes: Uint8Array): object {
  const part = (from: number, to: number) => list(bytes.subarray(from, to))
  return {
    body: {
      ver: number32(bytes, 0),
      data: {
        firmware: { major: bytes[4], minor: bytes[5] },
        reserved1: (bytes[6] ?? 0) | ((bytes[7] ?? 0) << 8),
        pubkey: {
          usage: number32(bytes, 8),
          algo: number32(bytes, 12),
          key: { g: number32(bytes, 16), x: part(20, 92), y: part(92, 164) },
        },
        uid_size: (bytes[164] ?? 0) | ((bytes[165] ?? 0) << 8),
        user_id: part(166, 420),
        sid: part(420, 436),
        reserved2: part(436, 1044),
      },
    },
    sigs: [1044, 1564].map((at) => ({
      usage: number32(bytes, at),
      algo: number32(bytes, at + 4),
      signature: { r: part(at + 8, at + 80), s: part(at + 80, at + 152) },
      _reserved: part(at + 152, at + 520),
    })),
  }
}

/** A report of version 2 with its chain, as CoCo's agent hands it over; beside the report it repeats PEK and chip id. */
export function makeEvidenceJson(
  report: Uint8Array,
  bend: { readonly pek?: Uint8Array; readonly serial?: string } = {},
): Uint8Array {
  const page = list(toPage(report))
  const evidence = {
    attestation_report: { magic: list(text('ATTESTATION_EXT', 16)), flags: 1, data: page },
    cert_chain: {
      hsk_cek: { hsk: authorityJson(makeAuthority(HSK)), cek: certificateJson(makeCek()) },
      pek: certificateJson(bend.pek ?? makePek()),
    },
    serial_number: list(text(bend.serial ?? CHIP, 64)),
    cc_eventlog: null,
  }
  return new TextEncoder().encode(JSON.stringify(evidence))
}

/** A report padded to its page. */
export function toPage(report: Uint8Array): Uint8Array {
  return joinBytes([report, zeros(SIZE.page - report.length)])
}

/** The mask number changed to another, with the bytes behind the signature masked anew: what nothing signs. */
export function withOtherMask(report: Uint8Array, change: number): Uint8Array {
  const out = report.slice()
  const by = le(change, 4)
  const flip = (from: number, to: number) => {
    for (let i = from; i < to; i++) out[i] = (out[i] ?? 0) ^ (by[i % 4] ?? 0)
  }
  flip(180, ANONCE_AT + 4)
  flip(V1_TAIL_AT, SIZE.v1 - 32)
  return out
}
