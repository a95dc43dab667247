import { joinBytes } from '../bytes/join.ts'
import { deflateSync, Inflate } from 'fflate'
import { sameBytes } from '../bytes/layout.ts'
import { readSegments, writeSegments } from './compact-segments.ts'

/**
 * Bytes made small for a link, and back, byte-exactly. Text that stands for other bytes (PEM, base64, hex) is carried as those bytes when writing it again gives the very
 * same text, also inside each other; the whole is deflated against a fixed dictionary of public certificates. The caller keeps old dictionaries, so that old links open.
 */

/** Most layers of text in text that are taken off. The first byte of the packed form says how many were. */
const DEEPEST = 3

/** Packs in the smallest way that unpacks to the same bytes. */
export function pack(bytes: Uint8Array, dictionary: Uint8Array): Uint8Array {
  let best = withFirst(0, deflate(bytes, dictionary))
  let layer: Uint8Array | undefined = bytes
  for (let depth = 1; depth <= DEEPEST; depth++) {
    layer = writeSegments(layer)
    if (!layer) break
    const packed = withFirst(depth, deflate(layer, dictionary))
    if (packed.length >= best.length) continue
    const back = unpack(packed, dictionary, Math.max(bytes.length, layer.length))
    if (back.bytes && sameBytes(back.bytes, bytes)) best = packed
  }
  return best
}

/** Limits for what arrives in a link: decided before anything is allocated. */
export const UNPACK_LIMIT = 256 * 1024
export const PACKED_LIMIT = 64 * 1024
const MAX_RATIO = 100
/** Below this size the ratio says nothing: a page of zeros is not an attack. */
const RATIO_FLOOR = 16 * 1024

export type Unpacked =
  | { readonly bytes: Uint8Array; readonly why?: undefined }
  | { readonly bytes?: undefined; readonly why: 'too-large' | 'ratio' | 'damaged' | 'unknown-form' }

/** Unpacks at most `limit` bytes; stops in the stream when more come. Never throws. */
export function unpack(packed: Uint8Array, dictionary: Uint8Array, limit = UNPACK_LIMIT): Unpacked {
  const depth = packed[0]
  if (depth === undefined || depth > DEEPEST) return { why: 'unknown-form' }
  if (packed.length > PACKED_LIMIT) return { why: 'too-large' }
  let layer = inflate(packed.subarray(1), dictionary, limit)
  for (let left = depth; left > 0 && layer.bytes; left--) layer = readSegments(layer.bytes, limit)
  return layer
}

function withFirst(first: number, rest: Uint8Array): Uint8Array {
  const out = new Uint8Array(rest.length + 1)
  out[0] = first
  out.set(rest, 1)
  return out
}

function deflate(bytes: Uint8Array, dictionary: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 9, mem: 6, ...(dictionary.length > 0 ? { dictionary } : {}) })
}

class Stop extends Error {}

/** Whether a stream has its end in these bytes. Asked without the last byte: an end there means that something stands behind it, which no packing writes. */
function isWhole(bytes: Uint8Array, dictionary: Uint8Array): boolean {
  try {
    new Inflate(dictionary.length > 0 ? { dictionary } : {}, () => undefined).push(bytes, true)
    return true
  } catch {
    return false
  }
}

function inflate(bytes: Uint8Array, dictionary: Uint8Array, limit: number): Unpacked {
  const chunks: Uint8Array[] = []
  let size = 0
  let isDone = false
  let why: 'too-large' | 'ratio' | undefined
  const stream = new Inflate(dictionary.length > 0 ? { dictionary } : {}, (chunk, final) => {
    size += chunk.length
    if (size > limit) {
      why = 'too-large'
      throw new Stop()
    }
    if (size > RATIO_FLOOR && size > bytes.length * MAX_RATIO) {
      why = 'ratio'
      throw new Stop()
    }
    chunks.push(chunk)
    isDone = final
  })
  try {
    // Small steps, so that a bomb is stopped after at most one step's output.
    for (let at = 0; at < bytes.length || at === 0; at += 1024)
      stream.push(bytes.subarray(at, at + 1024), at + 1024 >= bytes.length)
  } catch {
    return { why: why ?? 'damaged' }
  }
  if (!isDone || isWhole(bytes.subarray(0, -1), dictionary)) return { why: 'damaged' }
  return { bytes: joinBytes(chunks) }
}
