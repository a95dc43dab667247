import { describe, expect, it } from 'vitest'
import { joinBytes } from '../../bytes/der-writer.ts'
import { toHex } from '../../bytes/layout.ts'
import { digest } from '../../crypto/verify.ts'
import { toBase64, toBase64Url } from '../../envelope/base64.ts'
import { DEMO_AT, filesOf, makeCase, type Recipe } from '../../schemes/intel-dcap/attester.ts'
import { AUTH_DATA, chainData, fixed } from '../../schemes/intel-dcap/attester/quote.ts'
import { attackerKey } from '../../schemes/intel-dcap/demo-keys.ts'
import { attackersCa, evilLeaf, lookAlikeRoot, subAuthority } from '../../schemes/intel-dcap/testing-hostile.ts'
import { effective } from '../tamper.ts'
import {
  complaints,
  faultsOf,
  flip,
  from,
  good,
  isAccepting,
  join,
  offsetsOf,
  over,
  pem,
  quoted,
  text,
  told,
  u32,
  view,
  type Row,
} from './kit.ts'
import { certificate, leafExtensions } from './mint.ts'

const T = offsetsOf('tdx4')
const S = offsetsOf('sgx3')
const SIGNATURES = [
  'intel.quote-signed-by-attestation-key',
  'intel.qe-report-signed-by-pck',
  'intel.attestation-key-bound-by-qe',
  'intel.pck-chain',
]

/** n of P-256, big-endian. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const big = (value: bigint) =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * (31 - i))) & 0xffn))
const numberAt = (bytes: Uint8Array, at: number) => BigInt(`0x${toHex(bytes.subarray(at, at + 32))}`)
const trailing = (bytes: Uint8Array): Recipe => ({ bend: { envelope: { trailing: bytes } } })
const pieces = async (recipe: Recipe, wrap: (quote: Uint8Array) => Uint8Array) => {
  const made = await makeCase(recipe)
  return filesOf({ ...made, quote: wrap(made.quote) })
}

/** A quote whose key type is honestly P-384: lengths, binding and chain are right, and nobody has rules for it. */
async function p384(): Promise<Uint8Array> {
  const key = new Uint8Array(96).fill(7)
  const { quote } = await makeCase({
    bend: { envelope: { qeReportData: await digest('SHA-256', joinBytes([key, AUTH_DATA])) } },
  })
  const data = join(new Uint8Array(96).fill(9), key, quote.subarray(T.outerType))
  return join(over(quote, 2, 3).subarray(0, T.signatureLength), Uint8Array.from(u32(data.length)), data)
}

const rows: readonly Row[] = [
  { name: 'v3_sgx_ok', files: async () => filesOf(await good('sgx3')), headline: 'S5', mustNotFail: SIGNATURES },
  { name: 'v4_tdx_ok', files: async () => filesOf(await good()), headline: 'S5', mustNotFail: SIGNATURES },
  { name: 'v5_tdx15_ok', files: async () => filesOf(await good('td15')), headline: 'S5', mustNotFail: SIGNATURES },
  { name: 'v4_sgx_ok', files: from({ version: 4, bodyKind: 'sgx' }), headline: 'S5', mustNotFail: SIGNATURES },
  { name: 'v5_sgx_ok', files: from({ version: 5, bodyKind: 'sgx' }), headline: 'S5', mustNotFail: SIGNATURES },
  { name: 'v5_td10_ok', files: from({ version: 5, bodyKind: 'td10' }), headline: 'S5', mustNotFail: SIGNATURES },
  { name: 'v5_td15ex_ok', files: from({ version: 5, bodyKind: 'td15ex' }), headline: 'S5', mustNotFail: SIGNATURES },
  {
    name: 'hdr_version_6',
    files: quoted((quote) => over(quote, 0, 6)),
    headline: 'S4',
    mustFail: ['quote.version'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'hdr_attkey_type_3',
    files: async () => filesOf({ ...(await good()), quote: await p384() }),
    headline: 'S4',
    mustFail: ['quote.key-type-unsupported'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'hdr_attkey_type_4',
    files: quoted((quote) => over(quote, 2, 4)),
    headline: 'S4',
    mustFail: ['quote.key-type'],
  },
  {
    name: 'hdr_qe_vendor',
    files: from({ bend: { envelope: { vendorId: new Uint8Array(16).fill(1) } } }),
    headline: 'S1',
    mustFail: ['intel.qe-vendor', 'intel.qe-vendor.fails'],
    mustNotFail: SIGNATURES,
  },
  { name: 'hdr_tee_type_mix: SGX header on a TD', files: quoted((quote) => over(quote, 4, 0)), headline: 'S1' },
  {
    name: 'hdr_tee_type_mix: TDX header on an enclave in version 3',
    files: quoted((quote) => over(quote, 4, 0x81), 'sgx3'),
    headline: 'S1',
    mustFail: ['quote.tee-type', 'evidence.signature'],
  },
  {
    name: 'hdr_tee_type_mix: TDX header on an enclave in version 4',
    files: async () => pieces({ version: 4, bodyKind: 'sgx' }, (quote) => over(quote, 4, 0x81)),
    headline: 'S1',
  },
  {
    name: 'v5 body type 2 on a body of 648 bytes',
    files: quoted((quote) => over(quote, 48, 2), 'td15'),
    headline: 'S1',
    mustFail: ['quote.body-size'],
  },
  {
    name: 'v5 body type 1 under TDX',
    files: quoted((quote) => over(over(quote, 48, 1), 50, ...u32(384)), 'td15'),
    headline: 'S1',
    mustFail: ['quote.body-tee'],
  },
  {
    name: 'v5 body type 9',
    files: quoted((quote) => over(quote, 48, 9), 'td15'),
    headline: 'S1',
    mustFail: ['quote.body-type'],
  },
  {
    name: 'C8 body_bitflip_report_data',
    files: quoted((quote) => flip(quote, T.body + 520)),
    headline: 'S1',
    mustFail: ['evidence.signature'],
    mustNotFail: ['intel.qe-report-signed-by-pck', 'intel.pck-chain'],
  },
  {
    name: 'C8 body_bitflip_mrtd',
    files: quoted((quote) => flip(quote, T.body + 136)),
    headline: 'S1',
    mustFail: ['evidence.signature'],
  },
  {
    name: 'C8 reserved_bitflip',
    files: quoted((quote) => flip(quote, S.body + 100), 'sgx3'),
    headline: 'S1',
    mustFail: ['evidence.signature'],
  },
  {
    name: 'C1 sig_r_zero',
    files: quoted((quote) => over(quote, T.signature, ...new Uint8Array(32))),
    headline: 'S1',
    mustFail: ['intel.quote-signed-by-attestation-key'],
  },
  {
    name: 'C1 sig_s_zero',
    files: quoted((quote) => over(quote, T.signature + 32, ...new Uint8Array(32))),
    headline: 'S1',
    mustFail: ['intel.quote-signed-by-attestation-key'],
  },
  {
    name: 'C1 sig_s_ge_n',
    files: quoted((quote) => over(quote, T.signature + 32, ...new Uint8Array(32).fill(0xff))),
    headline: 'S1',
    mustFail: ['intel.quote-signed-by-attestation-key'],
  },
  {
    name: 'I2 attkey_replaced',
    files: from({
      bend: {
        envelope: { attestationKey: attackerKey, signer: attackerKey, qeReportData: new Uint8Array(32).fill(1) },
      },
    }),
    headline: 'S1',
    mustFail: ['intel.qe-binding'],
    mustNotFail: ['intel.quote-signed-by-attestation-key'],
  },
  {
    name: 'I2 attkey off the curve',
    files: quoted((quote) => over(quote, T.key, ...new Uint8Array(64).fill(1))),
    headline: 'S1',
    mustFail: ['intel.qe-binding'],
  },
  {
    name: 'I2 qe_report_bitflip',
    files: quoted((quote) => flip(quote, T.qeReport + 64)),
    headline: 'S1',
    mustFail: ['intel.qe-report-signed-by-pck.fails'],
  },
  {
    name: 'I2 qe_report signed by another key',
    files: from({ bend: { envelope: { qeSigner: attackerKey } } }),
    headline: 'S1',
    mustFail: ['intel.qe-report-signed-by-pck.fails'],
  },
  {
    name: 'I2 qe_report of another quote',
    files: async () => {
      const other = await makeCase({ bend: { envelope: { attestationKey: attackerKey } } })
      const own = await good()
      return filesOf({ ...own, quote: over(own.quote, T.qeReport, ...other.quote.subarray(T.qeReport, T.authLength)) })
    },
    headline: 'S1',
    mustFail: ['intel.qe-binding'],
    mustNotFail: ['intel.qe-report-signed-by-pck'],
  },
  {
    name: 'I2 qe_authdata_replaced',
    files: quoted((quote) => flip(quote, T.authLength + 5)),
    headline: 'S1',
    mustFail: ['intel.qe-binding'],
  },
  {
    name: 'I1 qe_mrsigner',
    files: from({ qe: { mrSigner: new Uint8Array(32).fill(3) } }),
    headline: 'S3',
    mustFail: ['intel.qe-identity'],
    mustNotFail: SIGNATURES,
  },
  { name: 'I1 qe_isvprodid', files: from({ qe: { isvProdId: 1 } }), headline: 'S3', mustFail: ['intel.qe-identity'] },
  {
    name: 'I1 qe_attributes outside the mask',
    files: from({ qe: { attributes: 0x5n } }),
    headline: 'S3',
    mustFail: ['intel.qe-identity'],
  },
  { name: 'I1 qe_miscselect', files: from({ qe: { miscSelect: 1 } }), headline: 'S3', mustFail: ['intel.qe-identity'] },
  {
    name: 'qe_isvsvn_low',
    files: from({ qe: { isvSvn: 6 } }),
    headline: 'S5w',
    mustFail: ['tcb.out-of-date'],
    mustNotFail: ['intel.qe-identity-matches'],
  },
  {
    name: 'qe_isvsvn below every level',
    files: from({ qe: { isvSvn: 1 } }),
    headline: 'S3',
    mustFail: ['tcb.not-supported'],
  },
  {
    name: 'I1 qe_debug',
    files: from({ qe: { attributes: 0x17n } }),
    headline: 'S3',
    mustFail: ['intel.qe-debug', 'intel.qe-identity'],
  },
  {
    name: 'I5 pck_other_platform_fmspc',
    files: from({ tcbInfo: { fmspc: 'd0e0f0000001' } }),
    headline: 'S4',
    mustFail: ['intel.fmspc'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'I5 pck_pceid',
    files: from({ tcbInfo: { pceId: '0001' } }),
    headline: 'S4',
    mustFail: ['intel.pceid'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'pck_expired_asof',
    files: from({ platform: { notAfter: '2026-06-15T11:59:59Z' } }),
    headline: 'S4',
    mustFail: ['cert.expired', 'intel.pck-chain-not-expired'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'pck not yet valid',
    files: from({ platform: { notBefore: '2026-06-15T12:00:01Z' } }),
    headline: 'S4',
    mustFail: ['cert.not-yet-valid'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'pck_ext_missing',
    files: async () => {
      const leaf = await certificate({ extensions: leafExtensions().slice(0, 2) })
      return filesOf(
        await makeCase({
          bend: {
            envelope: { qeSigner: attackerKey },
            certificates: ({ intermediate, root }) => [leaf, intermediate, root],
          },
        }),
      )
    },
    headline: 'S1',
    mustFail: ['pck.missing'],
  },
  {
    name: 'I8 pck_ext_svn_15_components',
    files: from({ platform: { components: [4, 4, 2, 2, 3, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0] } }),
    headline: 'S1',
    mustFail: ['intel.pck-profile'],
  },
  {
    name: 'I8 pck_ext_svn_17_components: the last one is PCESVN twice',
    files: from({ platform: { components: [4, 4, 2, 2, 3, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 255] } }),
    headline: 'S1',
    mustFail: ['intel.pck-profile'],
  },
  {
    name: 'I8 pck_ext svn 256',
    files: from({ platform: { components: [256, 4, 2, 2, 3, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0] } }),
    headline: 'S1',
    mustFail: ['pck.malformed'],
  },
  {
    name: 'I8 pck_ext svn -1',
    files: from({ platform: { components: [-1, 4, 2, 2, 3, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0] } }),
    headline: 'S1',
    mustFail: ['pck.malformed'],
  },
  {
    name: 'I10 sgx_debug',
    files: from({ version: 3, enclave: { attributes: 0x7n } }),
    headline: 'S3',
    mustFail: ['intel.debug'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'I10 tdx_debug',
    files: from({ td: { tdAttributes: (1n << 28n) | 1n } }),
    headline: 'S3',
    mustFail: ['intel.debug'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'I10 tdx bits beside debug',
    files: from({ td: { tdAttributes: (1n << 28n) | 2n } }),
    headline: 'S3',
    mustFail: ['tdx.under-debug'],
  },
  {
    name: 'I10 tdx_debug with collateral missing is still S3',
    files: async () => filesOf(await makeCase({ td: { tdAttributes: 1n } })).slice(0, 1),
    headline: 'S3',
    mustFail: ['intel.debug', 'intel.tcb-info-missing'],
  },
  {
    name: 'I11 tdx_module_mismatch',
    files: from({ td: { mrSignerSeam: new Uint8Array(48).fill(1) } }),
    headline: 'S3',
    mustFail: ['tdx.module'],
  },
  {
    name: 'I11 tdx seam attributes',
    files: from({ td: { seamAttributes: 1n } }),
    headline: 'S3',
    mustFail: ['tdx.module'],
  },
  {
    name: 'I11 tdx module of a version nobody lists',
    files: from({ td: { teeTcbSvn: [6, 2, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] } }),
    headline: 'S4',
    mustFail: ['tdx.module-no-entry'],
  },
  {
    name: 'I11 tdx_service_td',
    files: from({ version: 5, bodyKind: 'td15', td: { mrServiceTd: new Uint8Array(48).fill(1) } }),
    headline: 'S5w',
    mustFail: ['tdx.service-td'],
  },
  {
    name: 'tdx migratable',
    files: from({ td: { tdAttributes: (1n << 28n) | (1n << 29n) } }),
    headline: 'S5w',
    mustFail: ['tdx.migratable'],
  },
  {
    name: 'tdx perfmon',
    files: from({ td: { tdAttributes: (1n << 28n) | (1n << 63n) } }),
    headline: 'S5w',
    mustFail: ['tdx.perfmon'],
  },
  {
    name: 'I14 certdata_type1',
    files: from({ bend: { envelope: { certification: { type: 1, data: new Uint8Array(36) } } } }),
    headline: 'S4',
    mustFail: ['chain.no-certificate'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'I14 certdata_type2',
    files: from({ bend: { envelope: { certification: { type: 2, data: new Uint8Array(276) } } } }),
    headline: 'S4',
    mustFail: ['chain.no-certificate'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'I14 certdata_type3',
    files: from({ bend: { envelope: { certification: { type: 3, data: new Uint8Array(404) } } } }),
    headline: 'S4',
    mustFail: ['chain.no-certificate'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'I14 certdata_type3 with the chain beside it',
    files: async () => {
      const made = await makeCase({ bend: { envelope: { certification: { type: 3, data: new Uint8Array(404) } } } })
      return [...filesOf(made), { name: 'pck-chain.pem', bytes: pem(...made.certificates) }]
    },
    headline: 'S5',
    mustNotFail: SIGNATURES,
  },
  {
    name: 'I14 certdata_type3 with the chain of another platform beside it',
    files: async () => {
      const made = await makeCase({ bend: { envelope: { certification: { type: 3, data: new Uint8Array(404) } } } })
      return [
        ...filesOf(made),
        { name: 'pck-chain.pem', bytes: pem(await certificate(), ...made.certificates.slice(1)) },
      ]
    },
    headline: 'S4',
    mustFail: ['chain.no-certificate'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'I14 certdata_type5 that is empty',
    files: from({ bend: { envelope: { certification: { type: 5, data: new Uint8Array() } } } }),
    headline: 'S4',
    mustFail: ['chain.no-certificate'],
  },
  {
    name: 'I14 certdata_type7',
    files: from({ bend: { envelope: { certification: { type: 7, data: new Uint8Array(10) } } } }),
    headline: 'S1',
    mustFail: ['quote.certification-type'],
  },
  {
    name: 'I12 certdata_nested6',
    files: from({ bend: { envelope: { certification: { type: 6, data: new Uint8Array(600) } } } }),
    headline: 'S1',
    mustFail: ['quote.certification-type'],
  },
  {
    name: 'I12 certdata: the chain directly, where type 6 must stand',
    files: quoted((quote) => over(quote, T.outerType, 5)),
    headline: 'S1',
    mustFail: ['quote.certification-type'],
  },
  ...(
    [
      ['signature data', T.signatureLength],
      ['type 6', T.outerType + 2],
      ['chain', T.chainType + 2],
    ] as const
  ).flatMap(([what, at]) => [
    {
      name: `I12 len_u32_max: ${what}`,
      files: quoted((quote) => over(quote, at, ...u32(0xffffffff))),
      headline: 'S1' as const,
      mustFail: ['quote.length', 'intel.quote-well-formed'],
    },
    {
      name: `I12 len 0x80000000: ${what}`,
      files: quoted((quote) => over(quote, at, ...u32(0x80000000))),
      headline: 'S1' as const,
      mustFail: ['quote.length'],
    },
    {
      name: `I12 len_plus1: ${what}`,
      files: quoted((quote) =>
        over(quote, at, ...u32(new DataView(quote.buffer, quote.byteOffset).getUint32(at, true) + 1)),
      ),
      headline: 'S1' as const,
      mustFail: ['quote.length'],
    },
    {
      name: `I12 len 0: ${what}`,
      files: quoted((quote) => over(quote, at, 0, 0, 0, 0)),
      headline: what === 'chain' ? ('S4' as const) : ('S1' as const),
    },
  ]),
  {
    name: 'I12 len: authentication data 0xffff',
    files: quoted((quote) => over(quote, T.authLength, 0xff, 0xff)),
    headline: 'S1',
  },
  { name: 'I12 len: authentication data 0', files: quoted((quote) => over(quote, T.authLength, 0, 0)), headline: 'S1' },
  {
    name: 'I12 len_u32_max in version 3',
    files: quoted((quote) => over(quote, S.signatureLength, ...u32(0xffffffff)), 'sgx3'),
    headline: 'S1',
    mustFail: ['quote.length'],
  },
  {
    name: 'I13 trailing_16',
    files: from(trailing(new Uint8Array(16).fill(0x5a))),
    headline: 'S5',
    mustFail: ['quote.trailing'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'I13 zero_pad_ok',
    files: from(trailing(new Uint8Array(3065))),
    headline: 'S5',
    mustNotFail: ['intel.no-trailing-bytes'],
  },
  {
    name: 'I13 a second quote behind the first',
    files: async () => {
      const { quote } = await makeCase({ td: { reportData: fixed(64, text('other')) } })
      return filesOf(await makeCase(trailing(quote)))
    },
    // What stands behind is read as a quote of its own, and nothing ties the two.
    headline: 'S5w',
    mustFail: ['quote.trailing'],
  },
  {
    name: 'I13 unused room inside the signature data',
    files: quoted((quote) => {
      const length = new DataView(quote.buffer, quote.byteOffset).getUint32(T.signatureLength, true)
      return join(over(quote, T.signatureLength, ...u32(length + 16)), new Uint8Array(16).fill(0x5a))
    }),
    headline: 'S5',
    mustFail: ['quote.unused'],
  },
  {
    name: 'hex_upper_ok',
    files: quoted((quote) => text(toHex(quote).toUpperCase())),
    headline: 'S5',
    mustNotFail: SIGNATURES,
  },
  { name: 'hex of hex', files: quoted((quote) => text(toHex(text(toHex(quote))))), headline: 'S5' },
  { name: 'base64_ok', files: quoted((quote) => text(toBase64(quote))), headline: 'S5' },
  { name: 'base64url_ok', files: quoted((quote) => text(toBase64Url(quote))), headline: 'S5' },
  {
    name: 'JSON member',
    files: quoted((quote) => text(JSON.stringify({ verified: true, quote: toBase64(quote) }))),
    headline: 'S5',
  },
  {
    name: 'C3 high s (n − s): valid by definition',
    files: quoted((quote) => over(quote, T.signature + 32, ...big(ORDER - numberAt(quote, T.signature + 32)))),
    headline: 'S5',
    mustNotFail: SIGNATURES,
  },
  {
    name: 'C3 high s in the QE report signature',
    files: quoted((quote) => over(quote, T.qeSignature + 32, ...big(ORDER - numberAt(quote, T.qeSignature + 32)))),
    headline: 'S5',
  },
  {
    name: 'C1 r and s swapped',
    files: quoted((quote) =>
      over(
        quote,
        T.signature,
        ...quote.subarray(T.signature + 32, T.signature + 64),
        ...quote.subarray(T.signature, T.signature + 32),
      ),
    ),
    headline: 'S1',
    mustFail: ['evidence.signature'],
  },
  {
    name: 'C1 signature little-endian',
    files: quoted((quote) => over(quote, T.signature, ...quote.slice(T.signature, T.signature + 64).toReversed())),
    headline: 'S1',
    mustFail: ['evidence.signature'],
  },
  {
    name: 'C8 signature of another quote of the same key',
    files: async () => {
      const [own, other] = [await good(), await makeCase({ td: { reportData: fixed(64, text('other')) } })]
      return filesOf({
        ...own,
        quote: over(own.quote, T.signature, ...other.quote.subarray(T.signature, T.signature + 64)),
      })
    },
    headline: 'S1',
    mustFail: ['evidence.signature'],
  },
  {
    name: 'X1 everything by the attacker, under a look-alike root',
    files: async () => {
      const certificates = [await evilLeaf({ issuerKey: attackerKey }), await attackersCa(), await lookAlikeRoot()]
      return filesOf(
        await makeCase({
          bend: {
            certificates: () => certificates,
            envelope: { qeSigner: attackerKey, attestationKey: attackerKey, signer: attackerKey },
          },
        }),
      )
    },
    headline: 'S4',
    mustFail: ['collateral.other-root'],
    mustNotFail: SIGNATURES,
  },
  {
    name: 'X3 sub-authority below the platform authority',
    files: async () => {
      const evil = await evilLeaf({ issuerKey: attackerKey, issuer: 'sub' })
      const sub = await subAuthority()
      return filesOf(
        await makeCase({
          bend: {
            certificates: ({ intermediate, root }) => [evil, sub, intermediate, root],
            envelope: { qeSigner: attackerKey },
          },
        }),
      )
    },
    headline: 'S1',
    mustFail: ['chain.pathlen'],
  },
]

describe('what is done to a quote', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, row) =>
    expect(await faultsOf(row)).toEqual([]),
  )

  it('trunc_each: no shorter quote is accepted, and none crashes', async () => {
    const made = await good()
    const end = T.chain + chainData(made.certificates).length
    expect(end).toBe(made.quote.length)
    // The last byte is the NUL behind the chain: a certification block that is one short still lies about its length.
    for (let length = 0; length < made.quote.length; length += length < T.chain ? 29 : 211) {
      const result = await view(filesOf({ ...made, quote: made.quote.subarray(0, length) }))
      expect(isAccepting(result), `${length}: ${told(result)}`).toBe(false)
      expect(['S0', 'S1', 'S4', 'SN'], `${length}`).toContain(effective(result))
    }
    expect(effective(await view(filesOf({ ...made, quote: made.quote.subarray(0, made.quote.length - 1) })))).toBe('S1')
  }, 60_000)

  it('two quotes at once are two statements: at best S5w, and the worse one leads', async () => {
    const [one, other, debug] = [
      await good(),
      await makeCase({ td: { reportData: fixed(64, text('other')) } }),
      await makeCase({ td: { tdAttributes: (1n << 28n) | 1n } }),
    ]
    const both = await view([...filesOf(one), { name: 'second.bin', bytes: other.quote }])
    expect(both.subjects.map((subject) => subject.ifRootTrusted)).toEqual(['S5', 'S5'])
    expect(both.ifRootTrusted).toBe('S5w')
    // The same bytes again are the same statement, in whatever wrapping.
    for (const again of [one.quote, text(toHex(one.quote))])
      expect((await view([...filesOf(one), { name: 'again', bytes: again }])).ifRootTrusted).toBe('S5')
    const inJson = await view([
      ...filesOf(one).slice(1),
      { name: 'two.json', bytes: text(JSON.stringify({ quote: toHex(one.quote), backup: toHex(other.quote) })) },
    ])
    expect(inJson.subjects).toHaveLength(2)
    expect(inJson.ifRootTrusted).toBe('S5w')
    for (const files of [
      [...filesOf(one), { name: 'second.bin', bytes: debug.quote }],
      [{ name: 'second.bin', bytes: debug.quote }, ...filesOf(one)],
    ])
      expect((await view(files)).ifRootTrusted).toBe('S3')
  })

  it('every wrapping gives the answers of the bytes themselves', async () => {
    const made = await makeCase({ qe: { isvSvn: 6 } })
    const plain = await view(filesOf(made))
    const wraps: readonly ((quote: Uint8Array) => string)[] = [
      toHex,
      (quote) => `0x${toHex(quote).toUpperCase()}\n`,
      toBase64,
      toBase64Url,
      (quote) => `"${toBase64(quote)}"`,
      (quote) => (toBase64(quote).match(/.{1,64}/g) ?? []).join('\r\n'),
      (quote) => JSON.stringify({ a: { quote: toHex(quote) } }),
    ]
    for (const wrap of wraps) {
      const wrapped = await view(filesOf({ ...made, quote: text(wrap(made.quote)) }))
      expect(wrapped.subjects[0]?.answers).toEqual(plain.subjects[0]?.answers)
      expect(wrapped.ifRootTrusted).toBe('S5w')
    }
  })

  it('says where a lying length stands and what is there', async () => {
    const result = await view(await quoted((quote) => over(quote, T.signatureLength, ...u32(0xffffffff)))())
    const check = result.checks.find((one) => one.id === 'intel.quote-well-formed')
    expect(check?.because).toMatchObject({
      text: 'quote.length',
      params: { claimed: 0xffffffff, at: `0x${T.signature.toString(16)}` },
    })
    expect(complaints(result)).toContain('intel.quote-well-formed')
  })

  it('the instant is the one that was given', async () => {
    expect(Number.isNaN(Date.parse('never'))).toBe(true)
    await expect(view(filesOf(await good()), 'never')).rejects.toThrow(RangeError)
    expect(isAccepting(await view(filesOf(await good()), DEMO_AT))).toBe(true)
  })
})
