import type { ByteRange, Slice } from '../core/place.ts'
import type { CborNotes } from './cbor-notes.ts'

export type { CborNotes } from './cbor-notes.ts'

/** Diagnostic notation and annotated hex of the CBOR item that a selection stands for. Loaded when first asked for. */
export const cborNotesAt = async (slice: Slice, selected: ByteRange): Promise<CborNotes | undefined> =>
  (await import('./cbor-notes.ts')).cborNotes(slice, selected)
