import type { Slice } from '../core/place.ts'
import type { Detector } from '../core/scheme.ts'
import { readCbor, type CborReading } from './cbor.ts'

/** Detectors look at this much and no more. */
export const HEAD = 65_536
/** Enough to tell text from structures: these have zeros early on. */
const GLANCE = 64

interface Look {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  readonly kind: 'text' | 'bytes' | 'either'
  text: string | undefined
}

// Every detector is shown the same bytes in turn, so the last look is kept.
let last: Look | undefined

function lookAt({ bytes, start, end }: Slice): Look {
  if (last && last.bytes === bytes && last.start === start && last.end === end) return last
  last = { bytes, start, end, kind: kindOf(bytes, start, Math.min(end, start + GLANCE)), text: undefined }
  return last
}

function kindOf(bytes: Uint8Array, start: number, end: number): Look['kind'] {
  let isPlain = end - start === GLANCE
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) return 'bytes'
    if (byte >= 0x7f) isPlain = false
  }
  return isPlain ? 'text' : 'either'
}

/** Looks anew: bytes may have been changed in place since they were last shown to detectors. */
export function lookAgain(): void {
  last = undefined
  lastCbor = undefined
}

/** The first 64 KiB as text, one character a byte: made once for all detectors that search in it. */
export function headText(slice: Slice): string {
  const look = lookAt(slice)
  return (look.text ??= LATIN1.decode(look.bytes.subarray(look.start, Math.min(look.end, look.start + HEAD))))
}
const LATIN1 = new TextDecoder('latin1')

let lastCbor: { readonly slice: Slice; readonly reading: CborReading } | undefined

/** The bytes as CBOR, read once for all detectors that ask. */
export function cborOf(slice: Slice): CborReading {
  const known = lastCbor?.slice
  if (
    lastCbor &&
    known &&
    known.bytes === slice.bytes &&
    known.start === slice.start &&
    known.end === slice.end &&
    known.space === slice.space
  )
    return lastCbor.reading
  const reading = readCbor(slice)
  lastCbor = { slice, reading }
  return reading
}

/** A detector of written formats: not asked about bytes that begin as no text does. */
export function onText(detect: Detector): Detector {
  return (slice) => (lookAt(slice).kind === 'bytes' ? undefined : detect(slice))
}

/** A detector that speaks only where magic and structure agree: fit to be among the `sure` ones. */
export function onlyWhole(detect: Detector): Detector {
  return (slice) => {
    const detection = detect(slice)
    return detection && detection.score >= 1 ? detection : undefined
  }
}

/** A detector of binary formats: not asked about what begins with a line of plain ASCII. */
export function onBytes(detect: Detector): Detector {
  return (slice) => (lookAt(slice).kind === 'text' ? undefined : detect(slice))
}
