import type { CborEntry, CborItem } from '../../bytes/cbor.ts'
import { byteCount, faultsOf, type ClaimFault, type Fault } from '../../envelope/claim-rules.ts'
import { valueAt } from '../../envelope/cose.ts'
import { CLAIMS } from './layout.ts'

const HASHES = [32, 48, 64]
const BOOT_SEED = Array.from({ length: 25 }, (_, i) => i + 8)

type Profile = 'rfc9783' | 'first'

/** RFC 9783 section 4; for the first profile the same with its own keys, and with a claim that says that nothing was measured. */
export function fieldFaults(entries: readonly CborEntry[], profile: Profile): ClaimFault[] {
  return faultsOf('psa.format', (fault) => claims(entries, profile, fault))
}

function claims(entries: readonly CborEntry[], profile: Profile, fault: Fault): void {
  const find = (name: string) => {
    const claim = CLAIMS.find((one) => one.name === name)
    const key = profile === 'first' ? claim?.first : claim?.rfc
    return { label: claim?.label ?? name, item: key === undefined ? undefined : valueAt(entries, key) }
  }
  const kind = (name: string, wanted: 'text' | 'int', isNeeded: boolean) => {
    const { label, item } = find(name)
    if (item ? item.kind !== wanted : isNeeded)
      fault(label, wanted === 'text' ? 'tstr' : 'int', item?.kind ?? 'absent', item)
  }
  const sized = (name: string, sizes: readonly number[], isNeeded: boolean) => {
    const { label, item } = find(name)
    const size = byteCount(item) ?? -1
    if (item ? !sizes.includes(size) : isNeeded)
      fault(
        label,
        sizes.length > 3 ? `${sizes[0]}..${sizes.at(-1)}` : sizes.join(' / '),
        String(byteCount(item) ?? item?.kind ?? 'absent'),
        item,
      )
  }
  kind('profile', 'text', profile === 'rfc9783')
  kind('clientId', 'int', true)
  sized('implementationId', [32], true)
  sized('instanceId', [33], true)
  sized('nonce', HASHES, true)
  sized('bootSeed', profile === 'first' ? [32] : BOOT_SEED, profile === 'first')
  kind('serviceIndicator', 'text', false)
  kind('certificationReference', 'text', false)
  kind('hardwareVersion', 'text', false)
  const lifecycle = find('lifecycle')
  if (!(lifecycle.item?.kind === 'int' && lifecycle.item.value >= 0n && lifecycle.item.value <= 0xffffn))
    fault(lifecycle.label, '0..65535', lifecycle.item?.kind ?? 'absent', lifecycle.item)
  components(find('swComponents'), find('noSwMeasurement').item, fault)
}

function components(
  { label, item }: { readonly label: string; readonly item: CborItem | undefined },
  none: CborItem | undefined,
  fault: Fault,
): void {
  if (!item && none?.kind === 'int' && none.value === 1n) return
  if (item?.kind !== 'array' || item.items.length === 0) {
    fault(label, '[+ map]', item?.kind === 'array' ? '[]' : (item?.kind ?? 'absent'), item)
    return
  }
  item.items.slice(0, 256).forEach((one, i) => {
    for (const [key, name] of [
      [2, 'measurement-value'],
      [5, 'signer-id'],
    ] as const) {
      const value = one.kind === 'map' ? valueAt(one.entries, key) : undefined
      const size = byteCount(value) ?? -1
      if (!HASHES.includes(size))
        fault(
          `${label}[${i}].${name}`,
          HASHES.join(' / '),
          String(byteCount(value) ?? value?.kind ?? 'absent'),
          value ?? one,
        )
    }
  })
}
