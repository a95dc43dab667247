import type { Space, SpaceId } from '../../src/core/place.ts'

/** A byte that the reader changed, where the reader saw it, and what that is in the file. */
export interface Edit {
  /** Id of the file as it was opened. */
  readonly file: string
  readonly space: SpaceId
  readonly offset: number
  readonly before: number
  readonly after: number
  /** The same change in the file's own bytes: one byte of a certificate in base64 is two characters. */
  readonly changes: readonly Change[]
  /** Changes that were made together, and are undone together. */
  readonly group?: number
}

export interface Change {
  readonly offset: number
  readonly to: number
}

/** The file with its edits, always a copy. */
export function edited(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const copy = bytes.slice()
  for (const edit of edits)
    for (const change of edit.changes) if (change.offset < copy.length) copy[change.offset] = change.to
  return copy
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const sixBits = (char: number): number =>
  char === 0x2b || char === 0x2d ? 62 : char === 0x2f || char === 0x5f ? 63 : BASE64.indexOf(String.fromCharCode(char))
const charOf = (value: number, isUrl: boolean): number =>
  value < 62 ? BASE64.charCodeAt(value) : value === 62 ? (isUrl ? 0x2d : 0x2b) : isUrl ? 0x5f : 0x2f
const hexChar = (value: number, like: number): number =>
  '0123456789abcdef'.charCodeAt(value) - (value > 9 && like >= 0x41 && like <= 0x46 ? 32 : 0)

/**
 * What must change in the file so that one byte of a space reads differently; undefined where that is not possible
 * (inflated bytes, a character that its text could not hold).
 */
export function changesFor(
  spaces: readonly Space[],
  space: SpaceId,
  offset: number,
  to: number,
): readonly Change[] | undefined {
  const byId = new Map(spaces.map((one) => [one.id, one]))
  const overlay = new Map<SpaceId, Map<number, number>>()
  const read = (id: SpaceId, at: number) => overlay.get(id)?.get(at) ?? byId.get(id)?.bytes[at] ?? 0

  const write = (id: SpaceId, at: number, value: number, depth: number): boolean => {
    const one = byId.get(id)
    if (!one || at < 0 || at >= one.bytes.length || value < 0 || value > 255 || depth > 16) return false
    const before = read(id, at)
    if (value === before) return true
    overlay.set(id, (overlay.get(id) ?? new Map<number, number>()).set(at, value))
    if (id === '') return true
    const piece = one.pieces.find((candidate) => at >= candidate.at && at < candidate.at + candidate.length)
    const source = piece?.source ?? one.parent
    if (one.map === 'opaque' || !piece || source === undefined) return false
    const width = piece.sourceEnd - piece.sourceStart
    const inPiece = at - piece.at
    switch (one.via) {
      case 'file':
        return true
      case 'slice':
      case 'concat':
      case 'zip':
        return width === piece.length && write(source, piece.sourceStart + inPiece, value, depth + 1)
      case 'xor': {
        const from = piece.sourceStart + inPiece
        return width === piece.length && write(source, from, read(source, from) ^ before ^ value, depth + 1)
      }
      case 'hex': {
        if (width !== 2 * piece.length) return false
        const from = piece.sourceStart + 2 * inPiece
        return (
          write(source, from, hexChar(value >> 4, read(source, from)), depth + 1) &&
          write(source, from + 1, hexChar(value & 15, read(source, from + 1)), depth + 1)
        )
      }
      case 'base64': {
        // Whole groups advance four characters for three bytes; a group that a line break splits maps byte by byte, each to its two characters and what is between.
        const each = width / piece.length
        const isRun = each < 2
        const first = isRun ? piece.sourceStart + Math.floor((inPiece * 4) / 3) : piece.sourceStart + inPiece * each
        const second = isRun ? first + 1 : first + each - 1
        const [a, b] = [read(source, first), read(source, second)]
        const [high, low] = [sixBits(a), sixBits(b)]
        if (high < 0 || low < 0) return false
        const isUrl =
          byId
            .get(source)
            ?.bytes.subarray(piece.sourceStart, piece.sourceEnd)
            .some((char) => char === 0x2d || char === 0x5f) === true
        const put = (x: number, y: number) =>
          write(source, first, charOf(x, isUrl), depth + 1) && write(source, second, charOf(y, isUrl), depth + 1)
        switch (at % 3) {
          case 0:
            return put(value >> 2, (low & 15) | ((value & 3) << 4))
          case 1:
            return put((high & 48) | (value >> 4), (low & 3) | ((value & 15) << 2))
          default:
            return put((high & 60) | (value >> 6), value & 63)
        }
      }
      case 'json-unescape':
      case 'url-unescape': {
        const isPlain = value >= 0x20 && value < 0x7f && !'"\\%&+=#<>'.includes(String.fromCharCode(value))
        return isPlain && width === piece.length && write(source, piece.sourceStart + inPiece, value, depth + 1)
      }
      case 'inflate':
      case 'c14n':
      case 'decimal-array':
        return false
    }
  }
  if (!write(space, offset, to, 0)) return undefined
  return [...(overlay.get('') ?? [])].map(([at, value]) => ({ offset: at, to: value }))
}

/** A byte as it shows in one space. */
export interface Seen {
  readonly space: SpaceId
  readonly start: number
  readonly end: number
}

/** Everywhere a byte of the file shows: in the file, and in every space derived from it. */
export function seenIn(spaces: readonly Space[], offset: number): readonly Seen[] {
  const found: Seen[] = [{ space: '', start: offset, end: offset + 1 }]
  for (let i = 0; i < found.length && found.length < 1000; i++) {
    const here = found[i]
    if (!here) break
    for (const space of spaces) {
      if (space.id === '' || found.some((one) => one.space === space.id)) continue
      for (const piece of space.pieces) {
        if (
          (piece.source ?? space.parent) !== here.space ||
          here.end <= piece.sourceStart ||
          here.start >= piece.sourceEnd
        )
          continue
        const width = piece.sourceEnd - piece.sourceStart
        const at = (source: number) => ((source - piece.sourceStart) * piece.length) / width
        const isWhole = space.map === 'opaque'
        const start = isWhole ? piece.at : piece.at + Math.floor(at(Math.max(here.start, piece.sourceStart)))
        const end = isWhole ? piece.at + piece.length : piece.at + Math.ceil(at(Math.min(here.end, piece.sourceEnd)))
        found.push({ space: space.id, start, end: Math.max(end, start + 1) })
        break
      }
    }
  }
  return found
}
