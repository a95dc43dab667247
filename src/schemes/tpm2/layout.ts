import { bytes, mapped, rest, struct, u16be, u16le, u32be, u32le, u64be, u8, array, type Bytes, type Layout, type Struct } from '../../bytes/layout.ts'
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

const sized = (id: string) => struct(id)
  .field('size', u16be(), 'size')
  .field('buffer', (q) => bytes(q.size.value), 'buffer')

const YES_NO: Readonly<Record<number, string>> = { 0: 'NO', 1: 'YES' }

/** The clock of the TPM: it says order, not the time of day. */
const clockInfo = struct('tpmClockInfo')
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

/** What an attestation is about: PCRs in a quote, other things in the other types. */
export interface Attested { readonly quote: QuoteInfo | undefined }

const statedDigest = sized('tpmStatedDigest')

/** What the other types state: each has a form of its own, so that where a statement ends is known for all of them. */
const OTHERS: Readonly<Record<number, Layout<unknown>>> = {
  0x8014: struct('tpmNvCertifyInfo').field('indexName', sized('tpmName'), 'indexName').field('offset', u16be(), 'offset').field('nvContents', sized('tpmNvContents'), 'nvContents'),
  0x8015: struct('tpmCommandAuditInfo').field('auditCounter', u64be(), 'auditCounter').field('digestAlg', u16be(ALGORITHM), 'digestAlg').field('auditDigest', statedDigest, 'auditDigest').field('commandDigest', statedDigest, 'commandDigest'),
  0x8016: struct('tpmSessionAuditInfo').field('exclusiveSession', u8(YES_NO), 'exclusiveSession').field('sessionDigest', statedDigest, 'sessionDigest'),
  0x8017: struct('tpmCertifyInfo').field('name', sized('tpmName'), 'name').field('qualifiedName', sized('tpmName'), 'qualifiedName'),
  0x8019: struct('tpmTimeAttestInfo').field('time', u64be(), 'time').field('clockInfo', clockInfo, 'clockInfo').field('firmwareVersion', u64be(), 'firmwareVersion'),
  0x801a: struct('tpmCreationInfo').field('objectName', sized('tpmName'), 'objectName').field('creationHash', statedDigest, 'creationHash'),
  0x801c: struct('tpmNvDigestInfo').field('indexName', sized('tpmName'), 'indexName').field('nvDigest', statedDigest, 'nvDigest'),
}

const attested = (type: number): Layout<Attested> => (type === QUOTE
  ? mapped(quoteInfo, (value): Attested => ({ quote: { count: value.count, selections: value.pcrSelections.items, digest: value.pcrDigest.buffer } }))
  : mapped(OTHERS[type] ?? (rest() as Layout<unknown>), (): Attested => ({ quote: undefined })))

/** TPMS_ATTEST. */
export const attest = struct('tpmAttest')
  .field('magic', u32be({ [TPM_GENERATED]: 'TPM_GENERATED_VALUE' }), 'magic')
  .field('type', u16be(ATTEST_TYPE), 'type')
  .field('qualifiedSigner', sized('tpmName'), 'qualifiedSigner')
  .field('extraData', sized('tpmExtraData'), 'extraData')
  .field('clockInfo', clockInfo, 'clockInfo')
  .field('firmwareVersion', u64be(), 'firmwareVersion')
  .field('attested', (q) => attested(q.type.value), 'attested')

/** TPM2B_ATTEST: the same behind its length. */
export const sizedAttest = struct('tpmSizedAttest')
  .field('size', u16be(), 'size')
  .field('attest', attest, 'attestationData')

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

/** What TPM2_Quote answers: the statement behind its length, and the signature right behind it. */
export const quoteResponse = struct('tpmQuoteResponse')
  .field('quoted', sizedAttest, 'quoted')
  .field('signature', signature, 'signature')

/** TPM_ALG_NULL: no algorithm chosen, and no parameters behind it. */
const NONE = 0x0010
const PUBLIC_ALGORITHM: Readonly<Record<number, string>> = { ...ALGORITHM, [NONE]: 'NULL', 0x0001: 'RSA', 0x0006: 'AES', 0x0023: 'ECC', 0x0015: 'RSAES', 0x0017: 'OAEP' }
/** TPM_ECC_CURVE values that occur here. */
export const CURVE: Readonly<Record<number, 'P-256' | 'P-384' | 'P-521'>> = { 0x0003: 'P-256', 0x0004: 'P-384', 0x0005: 'P-521' }

const nothing = bytes(0) as Layout<unknown>
const symmetric = struct('tpmSymmetric')
  .field('algorithm', u16be(PUBLIC_ALGORITHM), 'algorithm')
  .field('details', (q) => (q.algorithm.value === NONE ? nothing : bytes(4) as Layout<unknown>), 'keyBits, mode')
const scheme = struct('tpmKeyScheme')
  .field('scheme', u16be(PUBLIC_ALGORITHM), 'scheme')
  .field('details', (q) => (q.scheme.value === NONE || q.scheme.value === 0x0015 ? nothing : bytes(2) as Layout<unknown>), 'hashAlg')

export interface PublicParts { readonly rsa?: { readonly exponent: number; readonly modulus: Uint8Array }; readonly ecc?: { readonly curve: number; readonly x: Uint8Array; readonly y: Uint8Array } }

const rsaPublic = struct('tpmRsaPublic')
  .field('symmetric', symmetric, 'symmetric').field('scheme', scheme, 'scheme').field('keyBits', u16be(), 'keyBits').field('exponent', u32be(), 'exponent').field('modulus', sized('tpmPublicNumber'), 'unique')
const eccPublic = struct('tpmEccPublic')
  .field('symmetric', symmetric, 'symmetric').field('scheme', scheme, 'scheme').field('curve', u16be(CURVE), 'curveID').field('kdf', scheme, 'kdf').field('x', sized('tpmPublicNumber'), 'unique.x').field('y', sized('tpmPublicNumber'), 'unique.y')
const publicParts = (type: number): Layout<PublicParts> => (type === 0x0001
  ? mapped(rsaPublic, (value): PublicParts => ({ rsa: { exponent: value.exponent.value === 0 ? 65_537 : value.exponent.value, modulus: value.modulus.buffer.value } }))
  : type === 0x0023 ? mapped(eccPublic, (value): PublicParts => ({ ecc: { curve: value.curve.value, x: value.x.buffer.value, y: value.y.buffer.value } }))
    : mapped(rest(), (): PublicParts => ({})))

/** TPMT_PUBLIC: a public key with what it may be used for. */
export const publicArea = struct('tpmPublic')
  .field('type', u16be(PUBLIC_ALGORITHM), 'type')
  .field('nameAlg', u16be(ALGORITHM), 'nameAlg')
  .field('objectAttributes', u32be(), 'objectAttributes')
  .field('authPolicy', sized('tpmAuthPolicy'), 'authPolicy')
  .field('key', (q) => publicParts(q.type.value), 'parameters, unique')

/** TPM2B_PUBLIC: the same behind its length. */
export const sizedPublic = struct('tpmSizedPublic')
  .field('size', u16be(), 'size')
  .field('area', publicArea, 'publicArea')

/** Room for banks, and for digests in one list, in the memory of tpm2-tools. */
const BANKS = 16
const DIGESTS = 8
const pcrFileBank = struct('tpmPcrFileBank')
  .field('hash', u16le(ALGORITHM), 'hash')
  .field('sizeofSelect', u8(), 'sizeofSelect')
  .field('pcrSelect', bytes(4), 'pcrSelect')
  .field('filler', u8(), 'filler')
const pcrFileDigest = struct('tpmPcrFileDigest')
  .field('size', u16le(), 'size')
  .field('buffer', bytes(64), 'buffer')
const pcrFileList = struct('tpmPcrFileList')
  .field('count', u32le(), 'count')
  .field('digests', array(DIGESTS, pcrFileDigest), 'digests')

/** PCR values as tpm2-tools keeps them beside a quote: its memory as it stands, little-endian, with all the room that is not used. */
export const pcrFile = struct('tpmPcrFile')
  .field('count', u32le(), 'count')
  .field('banks', array(BANKS, pcrFileBank), 'pcrSelections')
  .field('lists', u32le(), 'lists')
  .field('values', (q) => array(Math.min(q.lists.value, 4 * BANKS), pcrFileList), 'values')

/** A name of a TPM object as an algorithm and a digest. */
export const objectName = struct('tpmObjectName').field('nameAlg', u16be(ALGORITHM), 'nameAlg').field('digest', rest(), 'digest')

/** Bytes of one value in a file of all 24 PCRs of one bank, by the file's size. */
export const BANK_SIZES: Readonly<Record<number, number>> = { 480: 20, 768: 32, 1152: 48, 1536: 64 }

/** Values of PCRs, one after another, as the digest in a quote is computed over them. */
export const pcrValues = (count: number, size: number) => array(count, bytes(size))
