import type { CborEntry, CborItem } from '../../bytes/cbor.ts'
import { byteCount, faultsOf, type ClaimFault, type Fault } from '../../envelope/claim-rules.ts'
import { valueAt } from '../../envelope/cose.ts'

// AWS writes 512 for user_data and nonce in one place and 1024 in its CDDL; the enclave's device takes 512. The wider bound is used.
const LIMIT = 1024
// AWS's text wants a public_key of one byte at least; its module signs an empty one when it is handed an empty one.
const REGISTER_SIZES = [32, 48, 64]
/** Huawei's own CDDL for QingTian's documents. */
const QINGTIAN_LIMIT = 4096

type Kind = 'enclave' | 'tpm' | 'qingtian'

/** Rules for the members of a document (aws-nitro-enclaves-nsm-api, "attestation process", 3.2.2.2 and its CDDL). Null stands for an absent optional member, as in every real document. */
export function fieldFaults(entries: readonly CborEntry[], kind: Kind = 'enclave'): ClaimFault[] {
  return faultsOf('nitro.format', (fault) => members(entries, kind, fault))
}

function members(entries: readonly CborEntry[], kind: Kind, fault: Fault): void {
  const most = kind === 'qingtian' ? QINGTIAN_LIMIT : LIMIT
  const need = (name: string): CborItem | undefined => {
    const item = valueAt(entries, name)
    if (!item) fault(name, 'present', 'absent')
    return item
  }
  const id = need('module_id')
  if (id && !(id.kind === 'text' && id.text !== '')) fault('module_id', 'tstr', kindOf(id), id)
  const digest = need('digest')
  if (digest && !(digest.kind === 'text' && digest.text === 'SHA384'))
    fault('digest', '"SHA384"', digest.kind === 'text' ? digest.text.slice(0, 40) : digest.kind, digest)
  const timestamp = need('timestamp')
  if (timestamp && !(timestamp.kind === 'int' && timestamp.value > 0n && timestamp.value < 2n ** 53n))
    fault('timestamp', 'uint > 0', timestamp.kind === 'int' ? String(timestamp.value) : timestamp.kind, timestamp)
  registers(valueAt(entries, 'pcrs') ?? valueAt(entries, 'nitrotpm_pcrs'), fault)
  const certificate = need('certificate')
  if (certificate) sized('certificate', certificate, 1, most, fault)
  const bundle = need('cabundle')
  if (bundle?.kind === 'array' && bundle.items.length > 0)
    bundle.items.forEach((item, i) => sized(`cabundle[${i}]`, item, 1, most, fault))
  else if (bundle) fault('cabundle', '[+ bstr]', kindOf(bundle), bundle)
  for (const name of ['public_key', 'pubkey', 'user_data', 'nonce']) {
    if (name === 'pubkey' && kind !== 'qingtian') continue
    const item = valueAt(entries, name)
    if (item && !(item.kind === 'simple' && item.value === 22)) sized(name, item, 0, most, fault)
  }
}

function registers(item: CborItem | undefined, fault: Fault): void {
  if (!item) {
    fault('pcrs', 'present', 'absent')
    return
  }
  if (item.kind !== 'map') {
    fault('pcrs', 'map', item.kind, item)
    return
  }
  if (item.entries.length < 1 || item.entries.length > 32) fault('pcrs', '1..32', String(item.entries.length), item)
  for (const { key, value } of item.entries.slice(0, 64)) {
    if (key.kind !== 'int' || key.value < 0n || key.value > 31n)
      fault('pcrs', '0..31', key.kind === 'int' ? String(key.value) : key.kind, key)
    else if (!REGISTER_SIZES.includes(byteCount(value) ?? -1))
      fault(`PCR${key.value}`, '32 / 48 / 64', String(byteCount(value) ?? value.kind), value)
  }
}

function sized(name: string, item: CborItem, least: number, most: number, fault: Fault): void {
  const size = byteCount(item)
  if (size === undefined) fault(name, 'bstr', kindOf(item), item)
  else if (size < least || size > most) fault(name, `${least}..${most}`, String(size), item)
}

function kindOf(item: CborItem): string {
  return item.kind === 'simple' && item.value === 22 ? 'null' : item.kind
}
