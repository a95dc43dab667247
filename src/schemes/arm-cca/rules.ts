import type { CborEntry } from '../../bytes/cbor.ts'
import { byteCount, faultsOf, type ClaimFault, type Fault } from '../../envelope/claim-rules.ts'
import { valueAt } from '../../envelope/cose.ts'
import { bindingClaim } from './layout.ts'

const HASHES = [32, 48, 64]

const collect = (run: (fault: Fault) => void) => faultsOf('cca.format', run)

function sized(entries: readonly CborEntry[], key: number, name: string, sizes: readonly number[], fault: Fault): void {
  const item = valueAt(entries, key)
  if (!item) fault(name, 'present', 'absent')
  else if (item.kind !== 'bytes') fault(name, 'bstr', item.kind, item)
  else if (sizes.length > 0 && !sizes.includes(byteCount(item) ?? -1))
    fault(name, sizes.join(' / '), String(byteCount(item)), item)
}

function text(entries: readonly CborEntry[], key: number, name: string, fault: Fault): void {
  const item = valueAt(entries, key)
  if (!item) fault(name, 'present', 'absent')
  else if (item.kind !== 'text') fault(name, 'tstr', item.kind, item)
}

/** RMM specification A7.2.3. */
export function platformFaults(entries: readonly CborEntry[]): ClaimFault[] {
  return collect((fault) => {
    text(entries, 265, 'cca-platform-profile', fault)
    const profile = valueAt(entries, 265)
    const binding = bindingClaim(profile?.kind === 'text' ? profile.text : '')
    if (binding?.key === 2408) sized(entries, 2408, 'cca-platform-workload-binding', HASHES, fault)
    else sized(entries, 10, 'cca-platform-challenge', HASHES, fault)
    sized(entries, 2396, 'cca-platform-implementation-id', [32], fault)
    sized(entries, 256, 'cca-platform-instance-id', [33], fault)
    sized(entries, 2401, 'cca-platform-config', [], fault)
    text(entries, 2402, 'cca-platform-hash-algo-id', fault)
    const lifecycle = valueAt(entries, 2395)
    if (!(lifecycle?.kind === 'int' && lifecycle.value >= 0n && lifecycle.value <= 0xffffn))
      fault('cca-platform-lifecycle', '0..65535', lifecycle?.kind ?? 'absent', lifecycle)
    const components = valueAt(entries, 2399)
    if (components?.kind !== 'array' || components.items.length === 0)
      fault('cca-platform-sw-components', '[+ map]', components?.kind ?? 'absent', components)
    else
      components.items.slice(0, 256).forEach((item, i) => {
        if (item.kind !== 'map') fault(`cca-platform-sw-components[${i}]`, 'map', item.kind, item)
        else {
          sized(item.entries, 2, `cca-platform-sw-components[${i}].measurement-value`, HASHES, fault)
          sized(item.entries, 5, `cca-platform-sw-components[${i}].signer-id`, HASHES, fault)
        }
      })
  })
}

/** RMM specification A7.2.4. */
export function realmFaults(entries: readonly CborEntry[]): ClaimFault[] {
  return collect((fault) => {
    sized(entries, 10, 'cca-realm-challenge', [64], fault)
    sized(entries, 44235, 'cca-realm-personalization-value', [64], fault)
    sized(entries, 44237, 'cca-realm-public-key', [], fault)
    sized(entries, 44238, 'cca-realm-initial-measurement', HASHES, fault)
    text(entries, 44236, 'cca-realm-hash-algo-id', fault)
    text(entries, 44240, 'cca-realm-public-key-hash-algo-id', fault)
    const extensible = valueAt(entries, 44239)
    const sizes = extensible?.kind === 'array' ? extensible.items.map((item) => byteCount(item) ?? -1) : []
    if (extensible?.kind !== 'array' || sizes.length !== 4 || sizes.some((size) => !HASHES.includes(size)))
      fault(
        'cca-realm-extensible-measurements',
        '[4*4 bstr]',
        extensible?.kind === 'array' ? String(sizes.length) : (extensible?.kind ?? 'absent'),
        extensible,
      )
  })
}
