import type { Slice } from '../../core/place.ts'

/** The table of GUIDs at the end of OVMF's firmware (edk2, OvmfPkg/ResetVector): entries from the end towards the front, each data, length, GUID. */

const FOOTER = '96b582de-1fb2-45f7-baea-a366c55a082d'
/** Bytes behind the footer, where the first instruction stands. */
const RESET_VECTOR = 32
const HEAD = 18
/** Longest table that is read. */
const LONGEST = 4096

/** A GUID as it is printed: the first three parts are little-endian. */
function guidAt(bytes: Uint8Array, at: number): string {
  const hex = (...order: number[]) => order.map((i) => (bytes[at + i] ?? 0).toString(16).padStart(2, '0')).join('')
  return `${hex(3, 2, 1, 0)}-${hex(5, 4)}-${hex(7, 6)}-${hex(8, 9)}-${hex(10, 11, 12, 13, 14, 15)}`
}

/** True where the table's own entry stands. Looks at its sixteen bytes only. */
export function hasGuidTable({ bytes, start, end }: Slice): boolean {
  return end - start >= 1024 && (end - start) % 1024 === 0 && guidAt(bytes, end - RESET_VECTOR - 16) === FOOTER
}

export interface TableEntry {
  readonly start: number
  readonly end: number
}

/** Entries by GUID; empty where there is no table. */
export function guidTable(slice: Slice): ReadonlyMap<string, TableEntry> {
  const found = new Map<string, TableEntry>()
  if (!hasGuidTable(slice)) return found
  const { bytes } = slice
  const top = slice.end - RESET_VECTOR
  const length = (at: number) => (bytes[at - HEAD] ?? 0) + (bytes[at - HEAD + 1] ?? 0) * 256
  const lowest = Math.max(slice.start, top - Math.min(LONGEST, length(top)))
  for (let at = top - HEAD; at - HEAD >= lowest && found.size < 64;) {
    const size = length(at)
    if (size < HEAD || at - size < lowest) break
    found.set(guidAt(bytes, at - 16), { start: at - size, end: at - HEAD })
    at -= size
  }
  return found
}

/** A little-endian number of four bytes. */
export function le32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256 + (bytes[at + 2] ?? 0) * 65_536 + (bytes[at + 3] ?? 0) * 16_777_216
  )
}

/** A little-endian number of eight bytes; one beyond exact numbers becomes Infinity. */
export function le64(bytes: Uint8Array, at: number): number {
  const high = le32(bytes, at + 4)
  return high > 0x1f_ffff ? Infinity : high * 4_294_967_296 + le32(bytes, at)
}

/** True where exactly these bytes stand. */
export function holds(bytes: Uint8Array, at: number, wanted: readonly number[] | Uint8Array): boolean {
  return wanted.every((byte: number, i: number) => bytes[at + i] === byte)
}
