import { bytes, rest, struct, u16be, u16le, u32be, u32le } from '../../bytes/layout.ts'
import type { Layout } from '../../bytes/layout.ts'

/** What the TPM says: TPMS_ATTEST with SM3 names and digests, 147 bytes (TPM 2.0 Part 2, 10.12.12). */
const attest = struct('hyperEnclaveAttest')
  .field('magic', u32be(), 'magic')
  .field('type', u16be(), 'type')
  .field('qualifiedSigner', bytes(36), 'qualifiedSigner')
  .field('extraData', bytes(36), 'extraData')
  .field('clockInfo', bytes(17), 'clockInfo')
  .field('firmwareVersion', bytes(8), 'firmwareVersion')
  .field('selection', bytes(10), 'pcrSelect')
  .field('pcrDigestSize', u16be(), 'pcrDigest.size')
  .field('pcrDigest', bytes(32), 'pcrDigest')

const signature = struct('hyperEnclaveSignature')
  .field('enclaveSig', bytes(64), 'enclave_sig')
  .field('hvAttKeyPub', bytes(64), 'hv_att_key_pub')
  .field('platformAttest', attest, 'platform_attest')
  .field('platformSig', bytes(64), 'platform_sig')
  .field('certificate', rest(), 'cert')

/** A quote of HyperEnclave: the head of SGX's EPID quotes, and behind its length two signatures, the hypervisor's key, what the TPM says and a certificate. As jinzhao reads it. */
export const hyperEnclaveQuote = struct('hyperEnclaveQuote')
  .field('version', u16le(), 'version')
  .field('signType', u16le(), 'sign_type')
  .field('head', bytes(44), 'epid_group_id … basename')
  .field('reportBody', bytes(384), 'report_body')
  .field('signatureLength', u32le(), 'signature_len')
  .field('signature', signature, 'signature')

/** What the layout makes of it. */
export type HyperEnclaveQuote = typeof hyperEnclaveQuote extends Layout<infer T> ? T : never
