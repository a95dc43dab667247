import { bytes, mapped, rest, struct, u16be, u32be, u64be, u8, array, type Bytes, type Layout, type Struct } from '../../bytes/layout.ts'
import type { Located } from '../../core/place.ts'

/** TPM 2.0 attestation structures: TPM 2.0 Library, part 2, section 10.12. All numbers are big-endian. */

/** TPM_GENERATED_VALUE: a TPM signs nothing of its caller's that starts like this. */
export const TPM_GENERATED = 0xff544347

/** TPM_ST values of attestation structures. */
export const ATTEST_TYPE: Readonly<Record<number, string>> = {
  0x8014: 'TPM_ST_ATTEST_NV', 0x8015: 'TPM_ST_ATTEST_COMMAND_AUDIT', 0x8016: 'TPM_ST_ATTEST_SESSION_AUDIT', 0x8017: 'TPM_ST_ATTEST_CERTIFY', 0x8018: 'TPM_ST_ATTEST_QUOTE', 0x8019: 'TPM_ST_ATTEST_TIME', 0x801a: 'TPM_ST_ATTEST_CREATION', 0x801c: 'TPM_ST_ATTEST_NV_DIGEST',
}
export const QUOTE = 0x8018

/** TPM_ALG_ID values that occur here. */
export const ALGORITHM: Readonly<Record<number, string>> = { 0x0004: 'SHA-1', 0x000b: 'SHA-256', 0x000c: 'SHA-384', 0x000d: 'SHA-512', 0x0012: 'SM3', 0x0014: 'RSASSA', 0x0016: 'RSAPSS', 0x0018: 'ECDSA', 0x001b: 'SM2' }

export const sized = (id: string) => struct(id)
  .field('size', u16be(), 'size')
  .field('buffer', (q) => bytes(q.size.value), 'buffer')

export const YES_NO: Readonly<Record<number, string>> = { 0: 'NO', 1: 'YES' }

/** The clock of the TPM: it says order, not the time of day. */
export const clockInfo = struct('tpmClockInfo')
  .field('clock', u64be(), 'clock')
  .field('resetCount', u32be(), 'resetCount')
  .field('restartCount', u32be(), 'restartCount')
  .field('safe', u8(YES_NO), 'safe')

/** Which PCRs of one bank a quote covers. */
const pcrSelection = struct('tpmPcrSelection')
  .field('hash', u16be(ALGORITHM), 'hash')
  .field('sizeofSelect', u8(), 'sizeofSelect')
  .field('pcrSelect', (q) => selected(q.sizeofSelect.value), 'pcrSelect')

/** A bit map with the numbers that it names as its symbol. */
function selected(size: number): Layout<Bytes> {
  return mapped(bytes(size), (value) => value, (node, value) => ({ ...node, symbol: pcrsOf(value.value).join(', ') }))
}

/** Numbers of the PCRs in a bit map: bit 0 of the first byte is PCR 0. */
export function pcrsOf(map: Uint8Array): number[] {
  return Array.from({ length: map.length * 8 }, (_, pcr) => pcr).filter((pcr) => (((map[pcr >> 3] ?? 0) >> (pcr & 7)) & 1) === 1)
}

/** More banks than any TPM has. */
const MOST_BANKS = 16

const quoteInfo = struct('tpmQuoteInfo')
  .field('count', u32be(), 'count')
  .field('pcrSelections', (q) => array(Math.min(q.count.value, MOST_BANKS), pcrSelection), 'pcrSelections')
  .field('pcrDigest', sized('tpmDigest'), 'pcrDigest')

export interface QuoteInfo { readonly selections: readonly { readonly hash: Located<number>; readonly pcrSelect: Bytes }[]; readonly digest: Bytes; readonly count: Located<number> }

/** Forms of statements by type. */
export type Others = Readonly<Record<number, Layout<unknown>>>

/** What an attestation is about: PCRs in a quote, other things in the other types. */
export interface Attested { readonly quote: QuoteInfo | undefined }

const attested = (type: number, others: Others): Layout<Attested> => (type === QUOTE
  ? mapped(quoteInfo, (value): Attested => ({ quote: { count: value.count, selections: value.pcrSelections.items, digest: value.pcrDigest.buffer } }))
  : mapped(others[type] ?? (rest() as Layout<unknown>), (): Attested => ({ quote: undefined })))

/** TPMS_ATTEST, with the forms of those types other than a quote that are to be read to their end. */
export const attestWith = (others: Others) => struct('tpmAttest')
  .field('magic', u32be({ [TPM_GENERATED]: 'TPM_GENERATED_VALUE' }), 'magic')
  .field('type', u16be(ATTEST_TYPE), 'type')
  .field('qualifiedSigner', sized('tpmName'), 'qualifiedSigner')
  .field('extraData', sized('tpmExtraData'), 'extraData')
  .field('clockInfo', clockInfo, 'clockInfo')
  .field('firmwareVersion', u64be(), 'firmwareVersion')
  .field('attested', (q) => attested(q.type.value, others), 'attested')

/** TPM2B_ATTEST: the same behind its length. */
export const sizedAttestWith = (others: Others) => struct('tpmSizedAttest')
  .field('size', u16be(), 'size')
  .field('attest', attestWith(others), 'attestationData')

/** Enough to tell what it is: part of the first view, so that the other forms are left out. */
export const attest = attestWith({})
export const sizedAttest = sizedAttestWith({})

export type Attest = typeof attest extends Layout<infer T> ? T : never

/** TPMT_SIGNATURE: with RSA one number, with ECDSA two. */
export interface SignatureParts { readonly rsa: Bytes | undefined; readonly r: Bytes | undefined; readonly s: Bytes | undefined }

const isRsa = (algorithm: number) => algorithm === 0x0014 || algorithm === 0x0016
const ecdsaParts = struct('tpmEcdsaSignature').field('signatureR', sized('tpmEccNumber'), 'signatureR').field('signatureS', sized('tpmEccNumber'), 'signatureS')
const parts = (algorithm: number): Layout<SignatureParts> => (isRsa(algorithm)
  ? mapped(sized('tpmRsaSignature'), (value): SignatureParts => ({ rsa: value.buffer, r: undefined, s: undefined }))
  : mapped(ecdsaParts, (value): SignatureParts => ({ rsa: undefined, r: value.signatureR.buffer, s: value.signatureS.buffer })))

export const signature = struct('tpmSignature')
  .field('sigAlg', u16be(ALGORITHM), 'sigAlg')
  .field('hash', u16be(ALGORITHM), 'hash')
  .field('signature', (q) => parts(q.sigAlg.value), 'signature')

export type Signature = Struct<{ readonly sigAlg: Located<number>; readonly hash: Located<number>; readonly signature: SignatureParts }>

/** Bytes of one value in a file of all 24 PCRs of one bank, by the file's size. */
export const BANK_SIZES: Readonly<Record<number, number>> = { 480: 20, 768: 32, 1152: 48, 1536: 64 }
