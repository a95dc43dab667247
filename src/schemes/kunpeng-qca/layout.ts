import { array, bytes, struct, u32le, u64le } from '../../bytes/layout.ts'

/** QCA's binary form, as the attestation TA of iTrustee writes it and kunpengsecl's verifier reads it. All numbers are little-endian. */

/** Most parameters of one list. */
export const MOST_PARAMETERS = 64

/** What a parameter is. Those from 0x20000000 on are byte strings that stand behind the list. */
export const TAG: Readonly<Record<number, string>> = {
  0x10000000: 'sign_alg',
  0x10000001: 'hash_alg',
  0x10000002: 'curve',
  0x20000000: 'qta_img',
  0x20000001: 'ta_img',
  0x20000002: 'qta_mem',
  0x20000003: 'ta_mem',
  0x20000004: 'reserved',
  0x20000005: 'ak_pub',
  0x20000006: 'sign_drk',
  0x20000007: 'sign_ak',
  0x20000008: 'cert_drk',
  0x20000009: 'cert_ak',
}
export const FIRST_BYTES_TAG = 0x20000000

/** Values of `sign_alg` and `hash_alg`. */
export const ALGORITHM: Readonly<Record<number, string>> = { 0x20001: 'RSA-4096', 0x20002: 'SHA-256' }

const SCENARIO: Readonly<Record<number, string>> = { 0: 'sce_no_as', 1: 'sce_as_no_daa', 2: 'sce_as_with_daa' }

const parameter = struct('qcaParameter')
  .field('tag', u32le(TAG), 'tags')
  .field('value', u32le(ALGORITHM), 'integer / data_len')
  .field('offset', u32le(), 'data_offset')

const parameters = (count: number) => array(Math.min(count, MOST_PARAMETERS), parameter)

/** Head of a report: 100 bytes, then the parameters. */
export const reportHead = struct('qcaReport')
  .field('version', u32le(), 'version')
  .field('timestamp', u64le(), 'ts')
  .field('nonce', bytes(64), 'nonce')
  .field('uuid', bytes(16), 'uuid')
  .field('scenario', u32le(SCENARIO), 'scenario')
  .field('count', u32le(), 'param_count')
  .field('parameters', (head) => parameters(head.count.value), 'params')

/** Head of an attestation key's certificate: 48 bytes, then the parameters. */
export const akHead = struct('qcaAkCertificate')
  .field('version', u32le(), 'version')
  .field('timestamp', u64le(), 'ts')
  .field('purpose', bytes(32), 'purpose')
  .field('count', u32le(), 'param_count')
  .field('parameters', (head) => parameters(head.count.value), 'params')
