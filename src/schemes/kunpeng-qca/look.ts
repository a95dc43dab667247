import type { Slice } from '../../core/place.ts'

/** Sizes of what stands before the parameters, and where the numbers that tell a list are. Kept apart from the layouts, which are loaded later. */
export const HEAD = { report: 100, ak: 48 } as const

function le32({ bytes, start, end }: Slice, at: number): number {
  const from = start + at
  return from + 4 > end
    ? -1
    : ((bytes[from] ?? 0) |
        ((bytes[from + 1] ?? 0) << 8) |
        ((bytes[from + 2] ?? 0) << 16) |
        ((bytes[from + 3] ?? 0) << 24)) >>>
        0
}

/** Where a structure would end whose parameters begin at `head`: behind the last byte string that they name, even if the bytes end earlier. Undefined where they are no such list. */
export function claimedEnd(slice: Slice, head: number): number | undefined {
  const count = le32(slice, head - 4)
  if (count < 3 || count > 16 || le32(slice, 0) !== 1) return undefined
  let end = head + 12 * count
  for (let i = 0; i < count; i++) {
    const at = head + 12 * i
    const tag = le32(slice, at)
    if (tag >= 0x10000000 && tag <= 0x10000002) continue
    const from = le32(slice, at + 8)
    if (tag < 0x20000000 || tag > 0x20000009 || from < head + 12 * count || from > 1 << 20) return undefined
    end = Math.max(end, from + le32(slice, at + 4))
  }
  return end > 1 << 20 ? undefined : slice.start + end
}

/** A report names its scenario before the parameters; whatever it may be, it is a small number. */
export function claimedReportEnd(slice: Slice): number | undefined {
  return le32(slice, 92) <= 2 ? claimedEnd(slice, HEAD.report) : undefined
}
