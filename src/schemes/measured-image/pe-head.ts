import type { Slice } from '../../core/place.ts'
import { ascii } from '../../envelope/characters.ts'
import { holds, le32 } from './guid-table.ts'

/** The head of a program that firmware starts: "Microsoft PE and COFF Specification" 3. */

const HEADER = 40
const MOST = 96

const le16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256

export interface CoffHead {
  /** Where the header stands, and the optional one and the sections behind it. */
  readonly at: number
  readonly optional: number
  readonly sections: number
  readonly count: number
  /** A kernel with its command line and initrd in one program. */
  readonly isUki: boolean
}

/** Undefined for what is no such program. Looks at its headers only. */
export function coffAt({ bytes, start, end }: Slice): CoffHead | undefined {
  if (end - start < 0x40 || bytes[start] !== 0x4d || bytes[start + 1] !== 0x5a) return undefined
  const at = start + le32(bytes, start + 0x3c)
  if (at + 24 > end || le32(bytes, at) !== 0x4550) return undefined
  const count = le16(bytes, at + 6)
  const optional = at + 24
  const sections = optional + le16(bytes, at + 20)
  if (count > MOST || sections + HEADER * count > end) return undefined
  const has = (name: string) => {
    for (let i = 0; i < count; i++) {
      const own = sections + HEADER * i
      if (bytes[own + name.length] === 0 && holds(bytes, own, ascii(name))) return true
    }
    return false
  }
  return { at, optional, sections, count, isUki: has('.linux') && has('.osrel') }
}
