import { bytes, rest, struct, u16le, u32le } from '../../bytes/layout.ts'

/** Bytes of the TPM's statement in a HyperEnclave quote. */
export const ATTEST_SIZE = 147

const signature = struct('hyperEnclaveSignature')
  .field('enclaveSig', bytes(64), 'enclave_sig')
  .field('hvAttKeyPub', bytes(64), 'hv_att_key_pub')
  .field('platformAttest', bytes(ATTEST_SIZE), 'platform_attest')
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
