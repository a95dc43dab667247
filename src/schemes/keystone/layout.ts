import { bytes, struct, u64le } from '../../bytes/layout.ts'

/** Most bytes that an enclave can have signed with a report (`ATTEST_DATA_MAXLEN`). */
export const DATA_MOST = 1024

const used = (claimed: bigint) => (claimed > BigInt(DATA_MOST) ? DATA_MOST : Number(claimed))

/** `struct enclave_report`. The array always has 1024 bytes; only those that `data_len` counts are signed, and the others are split off here. */
const enclave = struct('keystoneEnclave')
  .field('hash', bytes(64), 'hash')
  .field('dataLen', u64le(), 'data_len')
  .field('data', ({ dataLen }) => bytes(used(dataLen.value)), 'data')
  .field('unsigned', ({ dataLen }) => bytes(DATA_MOST - used(dataLen.value)), 'data (behind data_len)')
  .field('signature', bytes(64), 'signature')

/** `struct sm_report`. */
const monitor = struct('keystoneMonitor')
  .field('hash', bytes(64), 'hash')
  .field('publicKey', bytes(32), 'public_key')
  .field('signature', bytes(64), 'signature')

/** `struct report`, as the security monitor writes it (`sm/src/enclave.h`). */
export const report = struct('keystoneReport')
  .field('enclave', enclave, 'enclave')
  .field('sm', monitor, 'sm')
  .field('devPublicKey', bytes(32), 'dev_public_key')
