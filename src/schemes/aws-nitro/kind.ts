import type { CborEntry } from '../../bytes/cbor.ts'
import { valueAt } from '../../envelope/cose.ts'
import { QINGTIAN_MODULE } from './formats.ts'

/** `qingtian`: Huawei's enclaves write documents of the same structure. */
export type NitroKind = 'enclave' | 'tpm' | 'qingtian'

/** Whose document it is, by the keys of its map. Never by words found somewhere in it: user_data and nonce are the enclave's to choose. */
export function kindOf(entries: readonly CborEntry[]): NitroKind {
  if (valueAt(entries, 'pcrs') === undefined && valueAt(entries, 'nitrotpm_pcrs') !== undefined) return 'tpm'
  const module = valueAt(entries, 'module_id')
  return valueAt(entries, 'pubkey') !== undefined || (module?.kind === 'text' && QINGTIAN_MODULE.test(module.text))
    ? 'qingtian'
    : 'enclave'
}
