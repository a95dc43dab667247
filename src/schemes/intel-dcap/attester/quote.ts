import { joinBytes } from '../../../bytes/der-writer.ts'
import { fromHex } from '../../../bytes/layout.ts'
import { readSpki } from '../../../crypto/spki.ts'
import { digest } from '../../../crypto/verify.ts'
import { encodePem } from '../../../envelope/pem.ts'
import { signWith, spkiOf } from '../../../pki/issue.ts'
import { attestationKey } from '../demo-keys.ts'
import { INTEL_QE_VENDOR } from '../marks.ts'
import { ECDSA_RAW } from './pki.ts'

/** Little-endian integer. */
export function le(width: number, value: number | bigint): Uint8Array {
  return Uint8Array.from({ length: width }, (_, i) => Number((BigInt(value) >> BigInt(8 * i)) & 0xffn))
}

/** Exactly `length` bytes: cut, or filled with zeros behind. */
export function fixed(length: number, bytes: Uint8Array = new Uint8Array()): Uint8Array {
  const out = new Uint8Array(length)
  out.set(bytes.subarray(0, length))
  return out
}

/** What stands for a measurement: the digest of a text, so that every register has its own recognisable value. */
export async function measured(text: string, hash: 'SHA-256' | 'SHA-384' = 'SHA-384'): Promise<Uint8Array> {
  return digest(hash, new TextEncoder().encode(text))
}

/** An enclave's report: the one that a quote speaks of, or the quoting enclave's own. */
export interface EnclaveRecipe {
  readonly cpuSvn: Uint8Array
  readonly miscSelect: number
  readonly attributes: bigint
  readonly xfrm: bigint
  readonly mrEnclave: Uint8Array
  readonly mrSigner: Uint8Array
  readonly isvProdId: number
  readonly isvSvn: number
  readonly reportData: Uint8Array
}

/** Writes an enclave's report, field after field. */
export function enclaveBody(report: EnclaveRecipe): Uint8Array {
  return joinBytes([
    fixed(16, report.cpuSvn),
    le(4, report.miscSelect),
    fixed(12),
    fixed(16),
    le(8, report.attributes),
    le(8, report.xfrm),
    fixed(32, report.mrEnclave),
    fixed(32),
    fixed(32, report.mrSigner),
    fixed(32),
    fixed(64),
    le(2, report.isvProdId),
    le(2, report.isvSvn),
    le(2, 0),
    fixed(42),
    fixed(16),
    fixed(64, report.reportData),
  ])
}

/** A TD's report. The second half is written for bodies 1.5 and 1.5 extended only. */
export interface TdRecipe {
  readonly teeTcbSvn: readonly number[]
  readonly mrSeam: Uint8Array
  readonly mrSignerSeam: Uint8Array
  readonly seamAttributes: bigint
  readonly tdAttributes: bigint
  readonly xfam: bigint
  readonly mrTd: Uint8Array
  readonly mrConfigId: Uint8Array
  readonly mrOwner: Uint8Array
  readonly mrOwnerConfig: Uint8Array
  readonly rtmrs: readonly Uint8Array[]
  readonly reportData: Uint8Array
  readonly teeTcbSvn2: readonly number[]
  readonly mrServiceTd: Uint8Array
}

/** Kinds of TD reports. */
export type TdKind = 'td10' | 'td15' | 'td15ex'

/** Writes a TD's report, field after field. */
export function tdBody(kind: TdKind, report: TdRecipe): Uint8Array {
  const svn = (numbers: readonly number[]) => fixed(16, Uint8Array.from(numbers))
  const first = [
    svn(report.teeTcbSvn),
    fixed(48, report.mrSeam),
    fixed(48, report.mrSignerSeam),
    le(8, report.seamAttributes),
    le(8, report.tdAttributes),
    le(8, report.xfam),
    fixed(48, report.mrTd),
    fixed(48, report.mrConfigId),
    fixed(48, report.mrOwner),
    fixed(48, report.mrOwnerConfig),
    ...[0, 1, 2, 3].map((i) => fixed(48, report.rtmrs[i])),
    fixed(64, report.reportData),
  ]
  const second = [svn(report.teeTcbSvn2), fixed(48, report.mrServiceTd)]
  // VM_ID, TD_ID, DEVINFO, INIT_SERVTD_HASH and _ATTR, INIT_CPUSVN, INIT_TEE_TCB_SVN, INIT_TEE_FMSPC, CUR_SERVTD_HASH and _ATTR
  const third = [
    le(1, 0),
    fixed(32),
    fixed(48),
    fixed(48),
    fixed(8),
    fixed(16),
    svn(report.teeTcbSvn),
    fixed(12),
    fixed(48),
    fixed(8),
  ]
  return joinBytes(kind === 'td10' ? first : kind === 'td15' ? [...first, ...second] : [...first, ...second, ...third])
}

/** How the quote is put together around its body. Everything here has a good value; tests change one thing at a time. */
export interface EnvelopeRecipe {
  readonly version: 3 | 4 | 5
  readonly bodyKind: 'sgx' | TdKind
  readonly vendorId: Uint8Array
  readonly userData: Uint8Array
  /** Key that signs the quote. */
  readonly signer: JsonWebKey
  /** Key that stands in the quote and is bound by the QE report. */
  readonly attestationKey: JsonWebKey
  /** Key that signs the QE report. */
  readonly qeSigner: JsonWebKey
  readonly qeAuthData: Uint8Array
  readonly qe: Omit<EnclaveRecipe, 'reportData'>
  /** What the QE report binds instead of the key and authentication data of the quote. */
  readonly qeReportData?: Uint8Array
  /** Type and bytes of the certification data. */
  readonly certification: { readonly type: number; readonly data: Uint8Array }
  /** Bytes behind the signature data. */
  readonly trailing: Uint8Array
}

const BODY_TYPE = { sgx: 1, td10: 2, td15: 3, td15ex: 4 } as const

/** Header and body as they are signed. */
export function signedPart(
  recipe: Pick<EnvelopeRecipe, 'version' | 'bodyKind' | 'vendorId' | 'userData'>,
  body: Uint8Array,
): Uint8Array {
  const tee = recipe.bodyKind === 'sgx' ? 0 : 0x81
  const svns = recipe.version === 3 ? [le(2, 8), le(2, 13)] : [le(2, 0), le(2, 0)]
  const header = [
    le(2, recipe.version),
    le(2, 2),
    le(4, tee),
    ...svns,
    fixed(16, recipe.vendorId),
    fixed(20, recipe.userData),
  ]
  return joinBytes([
    ...header,
    ...(recipe.version === 5 ? [le(2, BODY_TYPE[recipe.bodyKind]), le(4, body.length)] : []),
    body,
  ])
}

/** Signs a body and wraps it into a quote. */
export async function makeQuoteBytes(recipe: EnvelopeRecipe, body: Uint8Array): Promise<Uint8Array> {
  const signed = signedPart(recipe, body)
  const point = pointOf(recipe.attestationKey)
  const binding = recipe.qeReportData ?? (await digest('SHA-256', joinBytes([point, recipe.qeAuthData])))
  const qeReport = enclaveBody({ ...recipe.qe, reportData: binding })
  const inner = joinBytes([
    qeReport,
    await signWith(recipe.qeSigner, ECDSA_RAW, qeReport),
    le(2, recipe.qeAuthData.length),
    recipe.qeAuthData,
    le(2, recipe.certification.type),
    le(4, recipe.certification.data.length),
    recipe.certification.data,
  ])
  const wrapped = recipe.version === 3 ? inner : joinBytes([le(2, 6), le(4, inner.length), inner])
  const data = joinBytes([await signWith(recipe.signer, ECDSA_RAW, signed), point, wrapped])
  return joinBytes([signed, le(4, data.length), data, recipe.trailing])
}

/** x ‖ y of a key. */
export function pointOf(jwk: JsonWebKey): Uint8Array {
  const key = readSpki(spkiOf(jwk))
  return key.kind === 'ec' ? key.point.subarray(1) : new Uint8Array()
}

/** PEM chain as it stands in quotes: certificates one after another and a NUL at the end. */
export function chainData(certificates: readonly Uint8Array[]): Uint8Array {
  return new TextEncoder().encode(`${certificates.map((der) => encodePem('CERTIFICATE', der)).join('')}\0`)
}

/** Intel's vendor id. Demonstration quotes carry it, because other vendors' rules are not known here. */
export const VENDOR_ID: Uint8Array = fromHex(INTEL_QE_VENDOR) ?? new Uint8Array(16)

/** Authentication data as Intel's quoting enclave writes it: 00 to 1f. */
export const AUTH_DATA: Uint8Array = Uint8Array.from({ length: 32 }, (_, i) => i)

/** Signs and stands in quotes unless a recipe says otherwise. */
export const DEFAULT_ATTESTATION_KEY: JsonWebKey = attestationKey
