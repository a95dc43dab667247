import type { ByteRange } from '../../core/place.ts'
import { say, type Saying } from '../../core/saying.ts'
import type { CborEntry, CborItem } from '../../bytes/cbor.ts'
import { valueAt } from '../../envelope/cose.ts'
import { CLAIMS } from './layout.ts'

/** A claim that breaks a rule of its profile. */
export interface FieldFault {
  readonly because: Saying
  readonly range: ByteRange | undefined
}

const HASHES = [32, 48, 64]
const BOOT_SEED = Array.from({ length: 25 }, (_, i) => i + 8)

/** RFC 9783 section 4; for the first profile the same with its own keys, and with a claim that says that nothing was measured. */
export function fieldFaults(entries: readonly CborEntry[], profile: 'rfc9783' | 'first'): FieldFault[] {
  const faults: FieldFault[] = []
  const fault = (field: string, rule: string, found: string, item?: CborItem) =>
    faults.push({ because: say('psa.format', { field, rule, found }), range: item?.range })
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
    const size = item?.kind === 'bytes' ? item.content.end - item.content.start : -1
    if (item ? !sizes.includes(size) : isNeeded)
      fault(
        label,
        sizes.length > 3 ? `${sizes[0]}..${sizes.at(-1)}` : sizes.join(' / '),
        item ? (item.kind === 'bytes' ? String(size) : item.kind) : 'absent',
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
  return faults
}

type Fault = (field: string, rule: string, found: string, item?: CborItem) => void

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
      const size = value?.kind === 'bytes' ? value.content.end - value.content.start : -1
      if (!HASHES.includes(size))
        fault(
          `${label}[${i}].${name}`,
          HASHES.join(' / '),
          value ? (value.kind === 'bytes' ? String(size) : value.kind) : 'absent',
          value ?? one,
        )
    }
  })
}
