import type { Piece } from '../core/place.ts'

/** More pieces than this are not kept: the space then maps back only as a whole. */
export const PIECE_LIMIT = 1 << 18

interface OpenPiece {
  at: number
  length: number
  sourceStart: number
  sourceEnd: number
}

/** Collects where derived bytes came from, joining runs that advance at the same pace. */
export interface PieceWriter {
  /** `length` bytes from `at` on are said by `start..end` of the parent. Calls come in order of `at`. */
  add(at: number, length: number, start: number, end: number): void
  /** Undefined when there were more than are kept. */
  done(): readonly Piece[] | undefined
}

/** Starts an empty list of pieces. */
export function pieceWriter(): PieceWriter {
  const pieces: OpenPiece[] = []
  let isOver = false
  return {
    add(at, length, start, end) {
      if (length === 0 || isOver) return
      const last = pieces.at(-1)
      const isSameRun =
        last &&
        last.sourceEnd === start &&
        last.at + last.length === at &&
        (last.sourceEnd - last.sourceStart) * length === (end - start) * last.length
      if (isSameRun) {
        last.length += length
        last.sourceEnd = end
      } else if (pieces.length >= PIECE_LIMIT) isOver = true
      else pieces.push({ at, length, sourceStart: start, sourceEnd: end })
    },
    done: () => (isOver ? undefined : pieces),
  }
}
