import type { Mark } from '../../core/scheme.ts'
import { ascii } from '../../envelope/characters.ts'
import { readTcg } from './tcg.ts'

/** Register, type, digest and length stand before the name of the form in the first event. */
const HEADER = 32

/** A crypto-agile log: as far as its events go. */
export const marks: readonly Mark[] = [
  {
    bytes: [...ascii('Spec ID Event03\0')],
    behind: HEADER,
    end(slice) {
      const { form, end, stopped } = readTcg(slice)
      // Where reading stopped the rest is still the log's.
      return form !== 'tcg2' ? undefined : stopped === undefined ? end : slice.end
    },
  },
]
