import type { Problem } from '../core/field.ts'
import type { Slice, Via } from '../core/place.ts'
import { pieceWriter } from '../bytes/pieces.ts'
import { derive } from './derive.ts'
import type { Unwrapped } from './types.ts'

/** Writes down a text with parts of it left out or said differently, and where each byte was said. */
export interface Editor {
  /** Copies `from..to` of the source. */
  keep(from: number, to: number): void
  /** `byte` is said by `from..to` of the source. */
  put(byte: number, from: number, to: number): void
  /** Bytes written so far. */
  size(): number
  done(via: Via, problems?: readonly Problem[]): Unwrapped
}

/** An editor over a slice; calls come in order. */
export function editor(slice: Slice): Editor {
  let out = new Uint8Array(256)
  const pieces = pieceWriter()
  let size = 0
  const makeRoom = (more: number) => {
    if (size + more <= out.length) return
    const bigger = new Uint8Array(Math.max(out.length * 2, size + more))
    bigger.set(out.subarray(0, size))
    out = bigger
  }
  return {
    keep(from, to) {
      if (to <= from) return
      makeRoom(to - from)
      out.set(slice.bytes.subarray(from, to), size)
      pieces.add(size, to - from, from, to)
      size += to - from
    },
    put(byte, from, to) {
      makeRoom(1)
      out[size] = byte
      pieces.add(size++, 1, from, to)
    },
    size: () => size,
    done: (via, problems = []) => derive(slice, via, out.subarray(0, size), pieces.done(), problems),
  }
}
