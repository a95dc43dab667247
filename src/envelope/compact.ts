import { deflateSync, Inflate } from 'fflate'
import { sameBytes } from '../bytes/layout.ts'

/**
 * Bytes made small for a link, and back, byte-exactly. PEM certificates are carried as DER (base64 hides their redundancy from deflate) when writing them again gives
 * the very same text; the whole is deflated against a fixed dictionary of public certificates. The caller keeps old dictionaries, so that old links open.
 */

/** First byte of the packed form. */
const PLAIN = 0
const SEGMENTS = 1

/** How a stretch of bytes is carried. */
const KIND = { raw: 0, pemLf: 1, pemCrLf: 2 } as const
type SegmentKind = (typeof KIND)[keyof typeof KIND]
interface Segment { readonly kind: SegmentKind; readonly bytes: Uint8Array }

const BEGIN = '-----BEGIN CERTIFICATE-----'
const END = '-----END CERTIFICATE-----'

/** Packs; the result is checked to unpack to the same bytes, else the plain form is used. */
export function pack(bytes: Uint8Array, dictionary: Uint8Array): Uint8Array {
  const plain = withFirst(PLAIN, deflate(bytes, dictionary))
  const segmented = withFirst(SEGMENTS, deflate(writeSegments(segmentsOf(bytes)), dictionary))
  if (segmented.length >= plain.length) return plain
  const back = unpack(segmented, dictionary, bytes.length)
  return back.bytes && sameBytes(back.bytes, bytes) ? segmented : plain
}

/** Limits for what arrives in a link: decided before anything is allocated. */
export const UNPACK_LIMIT = 256 * 1024
export const PACKED_LIMIT = 64 * 1024
const MAX_RATIO = 100
/** Below this size the ratio says nothing: a page of zeros is not an attack. */
const RATIO_FLOOR = 16 * 1024

export type Unpacked = { readonly bytes: Uint8Array; readonly why?: undefined } | { readonly bytes?: undefined; readonly why: 'too-large' | 'ratio' | 'damaged' | 'unknown-form' }

/** Unpacks at most `limit` bytes; stops in the stream when more come. Never throws. */
export function unpack(packed: Uint8Array, dictionary: Uint8Array, limit = UNPACK_LIMIT): Unpacked {
  const form = packed[0]
  if (form !== PLAIN && form !== SEGMENTS) return { why: 'unknown-form' }
  if (packed.length > PACKED_LIMIT) return { why: 'too-large' }
  const inflated = inflate(packed.subarray(1), dictionary, limit)
  if (!inflated.bytes || form === PLAIN) return inflated
  return readSegments(inflated.bytes, limit)
}

function withFirst(first: number, rest: Uint8Array): Uint8Array {
  const out = new Uint8Array(rest.length + 1)
  out[0] = first
  out.set(rest, 1)
  return out
}

function deflate(bytes: Uint8Array, dictionary: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 9, mem: 12, ...(dictionary.length > 0 ? { dictionary } : {}) })
}

class Stop extends Error {}

function inflate(bytes: Uint8Array, dictionary: Uint8Array, limit: number): Unpacked {
  const chunks: Uint8Array[] = []
  let size = 0
  let isDone = false
  let why: 'too-large' | 'ratio' | undefined
  const stream = new Inflate(dictionary.length > 0 ? { dictionary } : {}, (chunk, final) => {
    size += chunk.length
    if (size > limit) { why = 'too-large'; throw new Stop() }
    if (size > RATIO_FLOOR && size > bytes.length * MAX_RATIO) { why = 'ratio'; throw new Stop() }
    chunks.push(chunk)
    isDone = final
  })
  try {
    // Small steps, so that a bomb is stopped after at most one step's output.
    for (let at = 0; at < bytes.length || at === 0; at += 1024) stream.push(bytes.subarray(at, at + 1024), at + 1024 >= bytes.length)
  } catch {
    return { why: why ?? 'damaged' }
  }
  if (!isDone) return { why: 'damaged' }
  const out = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) { out.set(chunk, at); at += chunk.length }
  return { bytes: out }
}

function segmentsOf(bytes: Uint8Array): Segment[] {
  const text = new TextDecoder('latin1').decode(bytes)
  const segments: Segment[] = []
  let done = 0
  for (let begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, begin + BEGIN.length)) {
    const end = text.indexOf(END, begin)
    if (end < 0) break
    const stop = end + END.length
    const block = text.slice(begin, stop)
    const der = decodeBase64(block.slice(BEGIN.length, -END.length).replace(/[\r\n]/g, ''))
    const kind = der === undefined ? undefined : block === pemOf(der, '\n') ? KIND.pemLf : block === pemOf(der, '\r\n') ? KIND.pemCrLf : undefined
    if (der === undefined || kind === undefined) continue
    if (begin > done) segments.push({ kind: KIND.raw, bytes: bytes.subarray(done, begin) })
    segments.push({ kind, bytes: der })
    done = stop
  }
  if (done < bytes.length) segments.push({ kind: KIND.raw, bytes: bytes.subarray(done) })
  return segments
}

/** As every vendor writes it: 64 characters a line, no newline after the last. */
function pemOf(der: Uint8Array, newline: string): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? []
  return [BEGIN, ...lines, END].join(newline)
}

function writeSegments(segments: readonly Segment[]): Uint8Array {
  const out: number[] = []
  for (const { kind, bytes } of segments) {
    out.push(kind)
    for (let rest = bytes.length; ; rest = Math.floor(rest / 128)) {
      if (rest < 128) { out.push(rest); break }
      out.push((rest % 128) + 128)
    }
    for (const byte of bytes) out.push(byte)
  }
  return Uint8Array.from(out)
}

function readSegments(bytes: Uint8Array, limit: number): Unpacked {
  const parts: Uint8Array[] = []
  let size = 0
  let at = 0
  while (at < bytes.length) {
    const kind = bytes[at++]
    let length = 0
    let scale = 1
    for (;;) {
      const byte = bytes[at++]
      if (byte === undefined || scale > 2 ** 28) return { why: 'damaged' }
      length += (byte & 0x7f) * scale
      scale *= 128
      if (byte < 128) break
    }
    if (length > bytes.length - at) return { why: 'damaged' }
    const own = bytes.subarray(at, at + length)
    at += length
    const part = kind === KIND.raw ? own : kind === KIND.pemLf ? latin1(pemOf(own, '\n')) : kind === KIND.pemCrLf ? latin1(pemOf(own, '\r\n')) : undefined
    if (!part) return { why: 'damaged' }
    size += part.length
    if (size > limit) return { why: 'too-large' }
    parts.push(part)
  }
  const out = new Uint8Array(size)
  let position = 0
  for (const part of parts) { out.set(part, position); position += part.length }
  return { bytes: out }
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUE = new Map([...ALPHABET].map((character, value) => [character, value]))

function encodeBase64(bytes: Uint8Array): string {
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] ?? 0, b = bytes[i + 1] ?? 0, c = bytes[i + 2] ?? 0
    const left = bytes.length - i
    out += `${ALPHABET[a >> 2]}${ALPHABET[((a & 3) << 4) | (b >> 4)]}${left > 1 ? ALPHABET[((b & 15) << 2) | (c >> 6)] : '='}${left > 2 ? ALPHABET[c & 63] : '='}`
  }
  return out
}

/** Whole, padded base64 only: what does not write back the same is no use here. */
function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length === 0 || text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const out = new Uint8Array((text.length / 4) * 3 - padding)
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let word = 0
    for (let k = 0; k < 4; k++) {
      const character = text[i + k] ?? ''
      const value = character === '=' && i + k >= text.length - padding ? 0 : VALUE.get(character)
      if (value === undefined) return undefined
      word = word * 64 + value
    }
    for (const byte of [word >> 16, (word >> 8) & 255, word & 255]) if (at < out.length) out[at++] = byte
  }
  return out
}
