import type { Mark } from '../../core/scheme.ts'
import { ascii } from '../../envelope/characters.ts'
import { leAt } from '../../bytes/extent.ts'
import { HARDWARE_SIZE, MAGIC } from './layout.ts'

/** Lengths of the two headers. */
const HEADER = 32
const RUNTIME_HEADER = 20

/** A report of the paravisor: its runtime data say how long they are, as the last number of their header. */
const hcl: Mark = {
  bytes: [...ascii(MAGIC)],
  behind: 0,
  end(slice) {
    const { start } = slice
    const size = leAt(slice, HEADER + HARDWARE_SIZE + RUNTIME_HEADER - 4, 4)
    return Math.min(slice.end, start + HEADER + HARDWARE_SIZE + RUNTIME_HEADER + size)
  },
}

export const marks: readonly Mark[] = [hcl]
