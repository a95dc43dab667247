import type { Problem } from '../core/field.ts'
import { sliceOf, type Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { later } from '../bytes/later.ts'
import { hexOffset } from '../bytes/layout.ts'
import { native } from '../bytes/native.ts'
import { pieceWriter } from '../bytes/pieces.ts'
import { isWhite, latin1 } from './characters.ts'
import { derive } from './derive.ts'
import { DECODED_LIMIT, type Unwrapped } from './types.ts'

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const PAD = 0x3d

const VALUES = new Int8Array(256).fill(-1)
for (let i = 0; i < 64; i++) {
  VALUES[STANDARD.charCodeAt(i)] = i
  VALUES[URL_SAFE.charCodeAt(i)] = i
}

// Digits that both alphabets share. The others are read one by one, as it matters which of them occurs.
const GROUP = VALUES.map((value) => (value < 62 ? value : -1))

/**
 * Reads base64 or base64url (RFC 4648) over the whole slice; undefined when it is neither. White space may stand anywhere, padding may be missing.
 * What is unusual is a problem. `url: true` takes the URL alphabet only. Nothing may follow the padding.
 */
export function readBase64(slice: Slice, options: { readonly url?: boolean } = {}): Unwrapped | undefined {
  return (options.url === true ? undefined : readFaultless(slice)) ?? readSlowly(slice, options)
}

/** The same of a text, which nobody will point into. */
export function base64Text(text: string, options: { readonly url?: boolean } = {}): Unwrapped | undefined {
  return readBase64(sliceOf('', new TextEncoder().encode(text)), options)
}

/** Base64 that the platform takes at its strictest: there is nothing to say about it. Where each byte was said is worked out when somebody asks. */
function readFaultless(slice: Slice): Unwrapped | undefined {
  const { start, end, bytes } = slice
  if (
    !native.fromBase64 ||
    end - start < 64 ||
    end - start > DECODED_LIMIT ||
    bytes[start + 8] === undefined ||
    (VALUES[bytes[start + 8] ?? 0] ?? -1) < 0
  )
    return undefined
  const text = latin1(bytes, start, end)
  // The platform takes a form feed for white space; we do not.
  if (text.includes('\f')) return undefined
  try {
    const out = native.fromBase64(text, { alphabet: 'base64', lastChunkHandling: 'strict' })
    if (out.length === 0) return undefined
    return derive(
      slice,
      'base64',
      out,
      later(() => readSlowly(slice, {})?.space.pieces),
    )
  } catch {
    return undefined
  }
}

/** As `readBase64`, character by character, with a word on everything odd. */
function readSlowly(slice: Slice, options: { readonly url?: boolean }): Unwrapped | undefined {
  const { bytes, space } = slice
  const out = new Uint8Array(Math.min(DECODED_LIMIT + 3, Math.ceil(((slice.end - slice.start) * 3) / 4)))
  const pieces = pieceWriter()
  let size = 0
  let held = 0
  const at: [number, number, number, number] = [0, 0, 0, 0]
  let count = 0
  let padding = 0
  let padAt = slice.end
  let usesStandard = false
  let usesUrl = false
  let last = slice.start
  for (let i = slice.start; i < slice.end; i++) {
    if (count === 0 && padding === 0) {
      // Whole groups without anything between them, which is nearly all there is.
      const runStart = i
      const runSize = size
      while (i + 4 <= slice.end && size + 3 <= DECODED_LIMIT) {
        const word = GROUP[bytes[i] ?? 0] ?? -1
        const second = GROUP[bytes[i + 1] ?? 0] ?? -1
        const third = GROUP[bytes[i + 2] ?? 0] ?? -1
        const fourth = GROUP[bytes[i + 3] ?? 0] ?? -1
        if ((word | second | third | fourth) < 0) break
        out[size] = (word << 2) | (second >> 4)
        out[size + 1] = (second << 4) | (third >> 2)
        out[size + 2] = (third << 6) | fourth
        size += 3
        i += 4
      }
      if (i > runStart) {
        pieces.add(runSize, size - runSize, runStart, i)
        last = i - 1
      }
      if (i >= slice.end) break
    }
    const byte = bytes[i] ?? 0
    const value = VALUES[byte] ?? -1
    if (value < 0) {
      if (byte === PAD && count >= 2 - padding) {
        if (padding++ === 0) padAt = i
        continue
      }
      if (isWhite(byte)) continue
      return undefined
    }
    if (padding > 0) return undefined
    if (value >= 62) {
      if (byte === 0x2b || byte === 0x2f) usesStandard = true
      else usesUrl = true
    }
    at[count++] = i
    last = i
    held = (held << 6) | value
    if (count < 4) continue
    if (size + 3 > DECODED_LIMIT) return undefined
    out[size] = held >> 16
    out[size + 1] = (held >> 8) & 255
    out[size + 2] = held & 255
    if (at[3] - at[0] === 3) pieces.add(size, 3, at[0], i + 1)
    else for (let k = 0; k < 3; k++) pieces.add(size + k, 1, at[k] ?? i, (at[k + 1] ?? i) + 1)
    size += 3
    count = 0
    held = 0
  }
  const isPaddingWrong = padding > 0 && count + padding !== 4
  if (count === 1 || (size === 0 && count === 0) || isPaddingWrong || (options.url === true && usesStandard))
    return undefined
  const problems: Problem[] = []
  const complain = (text: string, start: number, end: number) =>
    problems.push({ because: say(text, { at: hexOffset(start) }, 'text-damage'), range: { space, start, end } })
  if (count > 0) {
    const tail = count - 1
    if (size + tail > DECODED_LIMIT) return undefined
    // The last character says more bits than the last byte takes; RFC 4648 section 3.5 wants them zero.
    const spare = count === 2 ? 4 : 2
    if ((held & ((1 << spare) - 1)) !== 0) complain('base64.spare-bits', last, last + 1)
    const whole = held >> spare
    for (let k = 0; k < tail; k++) out[size + k] = (whole >> (8 * (tail - 1 - k))) & 255
    if (last - at[0] === count - 1) pieces.add(size, tail, at[0], last + 1)
    else for (let k = 0; k < tail; k++) pieces.add(size + k, 1, at[k] ?? last, (at[k + 1] ?? last) + 1)
    size += tail
    if (padding === 0 && usesStandard) complain('base64.no-padding', last, last + 1)
  }
  if (padding > 0 && options.url === true) complain('base64.padding', padAt, slice.end)
  if (usesStandard && usesUrl) complain('base64.mixed-alphabets', slice.start, slice.end)
  return derive(slice, 'base64', out.subarray(0, size), pieces.done(), problems)
}

/** Base64 with padding, on one line. */
export function toBase64(bytes: Uint8Array): string {
  return encode(bytes, STANDARD, '=')
}

/** Base64url without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE, '')
}

function encode(bytes: Uint8Array, alphabet: string, pad: string): string {
  const parts: string[] = []
  let part = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const a = bytes[i] ?? 0
    const b = bytes[i + 1] ?? 0
    const c = bytes[i + 2] ?? 0
    const left = bytes.length - i
    part += `${alphabet[a >> 2]}${alphabet[((a & 3) << 4) | (b >> 4)]}${left > 1 ? alphabet[((b & 15) << 2) | (c >> 6)] : pad}${left > 2 ? alphabet[c & 63] : pad}`
    if (part.length > 8192) {
      parts.push(part)
      part = ''
    }
  }
  parts.push(part)
  return parts.join('')
}
