import { subSlice, type Slice } from '../../core/place.ts'
import type { Mark } from '../../core/scheme.ts'
import { leAt } from '../../bytes/extent.ts'
import { fromHex } from '../../bytes/layout.ts'
import { GUIDS, startsTable, tableEnd } from './formats/table.ts'
import { tableEntry } from './layout.ts'
import { REPORT_SIZE, reportLikeness } from './sniff.ts'

/** Reports have no magic: SIGNATURE_ALGO is 1, and a small VERSION and a POLICY with its bit 17 stand before it. */
const report: Mark = {
  bytes: [1, 0, 0, 0],
  behind: 0x34,
  end(slice) {
    const version = leAt(slice, 0, 4)
    const fits =
      slice.end - slice.start >= REPORT_SIZE &&
      version >= 1 &&
      version <= 6 &&
      leAt(slice, 0x0c, 4) === 0 &&
      reportLikeness({ ...slice, end: slice.start + REPORT_SIZE }).score > 0.8
    if (!fits) return undefined
    const behind = subSlice(slice, REPORT_SIZE)
    return startsTable(behind) ? tableEnd(behind) : slice.start + REPORT_SIZE
  },
}

function namesItsOwn(slice: Slice): boolean {
  const entry = tableEntry.read(slice, '')
  const offset = entry.value?.offset.value ?? 0
  return offset >= entry.end - slice.start && offset + (entry.value?.length.value ?? 0) <= slice.end - slice.start
}

/** A table of certificates begins with the GUID of one. The same GUIDs stand before certificates in lists of another make, where no offset follows. */
const tables: readonly Mark[] = GUIDS.map((guid) => ({
  bytes: [...(fromHex(guid) ?? [])],
  behind: 0,
  end: (slice) => (namesItsOwn(slice) ? tableEnd(slice) : undefined),
}))

export const marks: readonly Mark[] = [report, ...tables]
