import type { Cpuid, Mitigations, Tcb } from './layout.ts'
import type { Product } from './product.ts'
import type { Component } from './vcek.ts'

/**
 * Least security versions that fix known weaknesses. AMD signs no statement of what is current; these are numbers from bulletins, and where each was read is part of the row.
 * None was compared with AMD's own page: all are second-hand, so they can accuse and never acquit.
 */

/** When the rows were last gone through. */
export const FLOORS_DATED = '2026-11-24'

/** Where a number was read. `second-hand`: in public code or a mail that quotes the bulletin. */
export interface FloorSource {
  readonly class: 'vendor' | 'second-hand'
  /** What was read. */
  readonly read: string
}

/** What a row asks for. Microcode versions of different steppings cannot be compared, so those rows name one. */
export type FloorNeed =
  | {
      readonly kind: 'component'
      readonly component: Component
      readonly minimum: number
      readonly processor?: { readonly family: number; readonly model: number; readonly stepping: number }
    }
  | { readonly kind: 'mitigation'; readonly bit: number }

export interface Floor {
  readonly id: string
  readonly name: string
  /** AMD's bulletin. */
  readonly bulletin: string
  readonly cves: readonly string[]
  readonly product: Product
  readonly need: FloorNeed
  readonly source: FloorSource
  /** Set where public sources give different numbers; such a row is shown and accuses nobody. */
  readonly conflict?: string
}

const CODE = (bulletin: string): FloorSource => ({
  class: 'second-hand',
  read: `public verifier policies that quote ${bulletin}`,
})
const MAIL = (bulletin: string): FloorSource => ({
  class: 'second-hand',
  read: `linux-kernel mailing list, about ${bulletin}`,
})

const GENOA_B1 = { family: 0x19, model: 0x11, stepping: 1 }
const GENOA_X_B2 = { family: 0x19, model: 0x11, stepping: 2 }
const TURIN_C1 = { family: 0x1a, model: 0x02, stepping: 1 }

const snp = (minimum: number): FloorNeed => ({ kind: 'component', component: 'snp', minimum })
const microcode = (minimum: number, processor: typeof GENOA_B1): FloorNeed => ({
  kind: 'component',
  component: 'microcode',
  minimum,
  processor,
})

const BADRAM = { name: 'BadRAM', bulletin: 'AMD-SB-3015', cves: ['CVE-2024-21944'], source: CODE('AMD-SB-3015') }
const IOMMU = {
  name: 'IOMMU write buffer',
  bulletin: 'AMD-SB-3016',
  cves: ['CVE-2023-20585'],
  source: CODE('AMD-SB-3016'),
}
const ENTRYSIGN = {
  name: 'EntrySign',
  bulletin: 'AMD-SB-3019',
  cves: ['CVE-2024-56161', 'CVE-2024-36347'],
  source: CODE('AMD-SB-3019'),
}
const RMPOCALYPSE = {
  name: 'RMPocalypse',
  bulletin: 'AMD-SB-3020',
  cves: ['CVE-2025-0033'],
  source: CODE('AMD-SB-3020'),
}
const SB3023 = {
  name: 'CVE-2025-48514',
  bulletin: 'AMD-SB-3023',
  cves: ['CVE-2025-48514'],
  source: MAIL('AMD-SB-3023'),
}
const STACKWARP = { name: 'StackWarp', bulletin: 'AMD-SB-3027', cves: ['CVE-2025-29943'], source: CODE('AMD-SB-3027') }
const BREAKFAST = {
  name: 'BreakFAST',
  bulletin: 'AMD-SB-3030',
  cves: ['CVE-2025-61971', 'CVE-2025-61972', 'CVE-2024-36315'],
  source: CODE('AMD-SB-3030'),
}
const FABRICKED = { name: 'Fabricked', bulletin: 'AMD-SB-3034', cves: ['CVE-2025-54510'], source: CODE('AMD-SB-3034') }

export const FLOORS: readonly Floor[] = [
  { id: 'badram-milan', product: 'Milan', need: snp(0x17), ...BADRAM },
  { id: 'badram-genoa', product: 'Genoa', need: snp(0x16), ...BADRAM },
  { id: 'iommu-milan', product: 'Milan', need: snp(0x1b), ...IOMMU },
  { id: 'iommu-genoa', product: 'Genoa', need: snp(0x1b), ...IOMMU },
  { id: 'entrysign-genoa', product: 'Genoa', need: snp(0x17), ...ENTRYSIGN },
  { id: 'entrysign-genoa-microcode', product: 'Genoa', need: microcode(0x54, GENOA_B1), ...ENTRYSIGN },
  { id: 'entrysign-genoa-x-microcode', product: 'Genoa', need: microcode(0x4f, GENOA_X_B2), ...ENTRYSIGN },
  { id: 'rmpocalypse-milan', product: 'Milan', need: { kind: 'mitigation', bit: 1 }, ...RMPOCALYPSE },
  { id: 'rmpocalypse-genoa', product: 'Genoa', need: snp(0x1b), ...RMPOCALYPSE },
  { id: 'rmpocalypse-genoa-microcode', product: 'Genoa', need: microcode(0x56, GENOA_B1), ...RMPOCALYPSE },
  { id: 'rmpocalypse-genoa-x-microcode', product: 'Genoa', need: microcode(0x51, GENOA_X_B2), ...RMPOCALYPSE },
  { id: 'rmpocalypse-turin', product: 'Turin', need: snp(0x04), ...RMPOCALYPSE },
  { id: 'rmpocalypse-turin-microcode', product: 'Turin', need: microcode(0x50, TURIN_C1), ...RMPOCALYPSE },
  { id: 'sb3023-milan', product: 'Milan', need: snp(0x1b), ...SB3023 },
  { id: 'stackwarp-genoa', product: 'Genoa', need: microcode(0x56, GENOA_B1), ...STACKWARP },
  { id: 'stackwarp-genoa-x', product: 'Genoa', need: microcode(0x51, GENOA_X_B2), ...STACKWARP },
  { id: 'stackwarp-turin', product: 'Turin', need: microcode(0x51, TURIN_C1), ...STACKWARP },
  { id: 'breakfast-milan', product: 'Milan', need: snp(0x1d), ...BREAKFAST },
  {
    id: 'fabricked-milan',
    product: 'Milan',
    need: { kind: 'mitigation', bit: 4 },
    ...FABRICKED,
    conflict: 'the same bit is named for AMD-SB-3030',
  },
  {
    id: 'fabricked-genoa',
    product: 'Genoa',
    need: snp(0x1c),
    ...FABRICKED,
    conflict: 'another source says that AMD removed the number',
  },
]

/** What the rows are compared with. */
export interface Level {
  readonly product: Product
  readonly tcb: Tcb
  readonly cpuid: Cpuid
  readonly mitigations: Mitigations
  readonly smtAllowed: boolean
}

/** How one row came out. `unknown`: the report does not say what the row asks about. */
export type FloorState = 'below' | 'met' | 'unknown' | 'conflicting'
export interface FloorResult {
  readonly floor: Floor
  readonly state: FloorState
  readonly found: number | undefined
}

/** Compares every row of the generation. */
export function compareFloors(level: Level, floors: readonly Floor[] = FLOORS): FloorResult[] {
  return floors
    .filter((floor) => floor.product === level.product && isForProcessor(floor, level.cpuid))
    .map((floor) => compare(floor, level))
}

/** A row for one stepping is left out for another; a report that names none keeps it, as unknown. */
function isForProcessor({ need }: Floor, cpuid: Cpuid): boolean {
  if (need.kind !== 'component' || !need.processor || !cpuid.known) return true
  return (
    cpuid.family?.value === need.processor.family &&
    cpuid.model?.value === need.processor.model &&
    cpuid.stepping?.value === need.processor.stepping
  )
}

function compare(floor: Floor, { tcb, cpuid, mitigations, smtAllowed }: Level): FloorResult {
  const { need } = floor
  const judged = (found: number | undefined, met: boolean): FloorResult => ({
    floor,
    found,
    state: found === undefined ? 'unknown' : met ? 'met' : floor.conflict === undefined ? 'below' : 'conflicting',
  })
  switch (need.kind) {
    case 'mitigation': {
      const vector = mitigations.current
      return vector
        ? judged(Number((vector.value >> BigInt(need.bit)) & 1n), ((vector.value >> BigInt(need.bit)) & 1n) === 1n)
        : judged(undefined, false)
    }
    case 'component': {
      const found = need.processor && !cpuid.known ? undefined : tcb[need.component]?.value
      // StackWarp needs two threads of one core.
      if (floor.name === STACKWARP.name && !smtAllowed) return judged(found ?? 0, true)
      return judged(found, (found ?? 0) >= need.minimum)
    }
  }
}

/** What the rows say together. One row read at second hand is enough to accuse and never enough to acquit. */
export function summaryOf(results: readonly FloorResult[]): 'below' | 'not-acquitted' | 'met' {
  if (results.some((one) => one.state === 'below')) return 'below'
  return results.length > 0 && results.every((one) => one.state === 'met' && one.floor.source.class === 'vendor')
    ? 'met'
    : 'not-acquitted'
}
