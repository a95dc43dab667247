import { array, bytes, mapped, rest, struct, u16be, u16le, u32be, u32le, u64be, u8, type Layout } from '../../bytes/layout.ts'
import { ALGORITHM, attestWith, clockInfo, signature, sized, sizedAttestWith, YES_NO, type Others } from './layout.ts'

/** What is not needed to tell a format: the forms of statements that are no quotes, public keys, and what tools write. */

const statedDigest = sized('tpmStatedDigest')

/** What the other types state: each has a form of its own, so that where a statement ends is known for all of them. */
const OTHERS: Others = {
  0x8014: struct('tpmNvCertifyInfo').field('indexName', sized('tpmName'), 'indexName').field('offset', u16be(), 'offset').field('nvContents', sized('tpmNvContents'), 'nvContents'),
  0x8015: struct('tpmCommandAuditInfo').field('auditCounter', u64be(), 'auditCounter').field('digestAlg', u16be(ALGORITHM), 'digestAlg').field('auditDigest', statedDigest, 'auditDigest').field('commandDigest', statedDigest, 'commandDigest'),
  0x8016: struct('tpmSessionAuditInfo').field('exclusiveSession', u8(YES_NO), 'exclusiveSession').field('sessionDigest', statedDigest, 'sessionDigest'),
  0x8017: struct('tpmCertifyInfo').field('name', sized('tpmName'), 'name').field('qualifiedName', sized('tpmName'), 'qualifiedName'),
  0x8019: struct('tpmTimeAttestInfo').field('time', u64be(), 'time').field('clockInfo', clockInfo, 'clockInfo').field('firmwareVersion', u64be(), 'firmwareVersion'),
  0x801a: struct('tpmCreationInfo').field('objectName', sized('tpmName'), 'objectName').field('creationHash', statedDigest, 'creationHash'),
  0x801c: struct('tpmNvDigestInfo').field('indexName', sized('tpmName'), 'indexName').field('nvDigest', statedDigest, 'nvDigest'),
}

/** TPMS_ATTEST and TPM2B_ATTEST, every type to its end. */
export const wholeAttest = attestWith(OTHERS)
export const wholeSizedAttest = sizedAttestWith(OTHERS)

/** What TPM2_Quote answers: the statement behind its length, and the signature right behind it. */
export const quoteResponse = struct('tpmQuoteResponse')
  .field('quoted', wholeSizedAttest, 'quoted')
  .field('signature', signature, 'signature')

/** TPM_ALG_NULL: no algorithm chosen, and no parameters behind it. */
const NONE = 0x0010
const PUBLIC_ALGORITHM: Readonly<Record<number, string>> = { ...ALGORITHM, [NONE]: 'NULL', 0x0001: 'RSA', 0x0006: 'AES', 0x0023: 'ECC', 0x0015: 'RSAES', 0x0017: 'OAEP' }
/** TPM_ECC_CURVE values that occur here. */
export const CURVE: Readonly<Record<number, 'P-256' | 'P-384' | 'P-521' | 'SM2'>> = { 0x0003: 'P-256', 0x0004: 'P-384', 0x0005: 'P-521', 0x0020: 'SM2' }

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
const pcrFileOf = (u16: typeof u16le, u32: typeof u32le) => {
  const bank = struct('tpmPcrFileBank')
    .field('hash', u16(ALGORITHM), 'hash')
    .field('sizeofSelect', u8(), 'sizeofSelect')
    .field('pcrSelect', bytes(4), 'pcrSelect')
    .field('filler', u8(), 'filler')
  const digest = struct('tpmPcrFileDigest')
    .field('size', u16(), 'size')
    .field('buffer', bytes(64), 'buffer')
  const list = struct('tpmPcrFileList')
    .field('count', u32(), 'count')
    .field('digests', array(DIGESTS, digest), 'digests')
  return struct('tpmPcrFile')
    .field('count', u32(), 'count')
    .field('banks', array(BANKS, bank), 'pcrSelections')
    .field('lists', u32(), 'lists')
    .field('values', (q) => array(Math.min(q.lists.value, 4 * BANKS), list), 'values')
}

/** PCR values as tpm2-tools keeps them beside a quote: its memory as it stands, with all the room that is not used; little-endian nearly everywhere. */
export const pcrFile = pcrFileOf(u16le, u32le)
/** The same from a machine that is big-endian. */
export const pcrFileBig = pcrFileOf(u16be, u32be)

/** Values of PCRs, one after another, as the digest in a quote is computed over them. */
export const pcrValues = (count: number, size: number) => array(count, bytes(size))
