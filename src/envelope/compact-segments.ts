import { joinBytes } from '../bytes/join.ts'
import { toHex } from '../bytes/layout.ts'
import { toBase64, toBase64Url } from './base64.ts'

/**
 * Bytes cut into stretches, of which some are text that stands for other bytes (base64, hex, PEM) and are carried as those bytes: text hides their redundancy from
 * compression. A stretch is only carried so when writing it again gives the very same text. The numbers of the kinds are part of every link: add, never change.
 */

const RAW = 0
/** A PEM certificate as nearly everybody writes it: 64 characters a line, no newline after the last. */
const PEM: readonly (readonly [kind: number, newline: string])[] = [
  [1, '\n'],
  [2, '\r\n'],
]
const BEGIN = '-----BEGIN CERTIFICATE-----'
const END = '-----END CERTIFICATE-----'

/** Ways to write bytes as text on one line. */
const CODES = [
  { kind: 16, alphabet: 'A-Za-z0-9+/', encode: toBase64 },
  { kind: 32, alphabet: 'A-Za-z0-9_-', encode: toBase64Url },
  { kind: 48, alphabet: '0-9a-f', encode: toHex },
  { kind: 64, alphabet: '0-9A-F', encode: (bytes: Uint8Array) => toHex(bytes).toUpperCase() },
] as const
type Code = (typeof CODES)[number]
const [STANDARD, URL_SAFE, LOWER, UPPER] = CODES

/** Line widths and newlines of wrapped base64, `\n` as JSON writes it included. Style 0 is one line. */
const WRAPS: readonly (readonly [width: number, newline: string])[] = [64, 76].flatMap((width) =>
  ['\n', '\r\n', '\\n', '\\r\\n'].map((newline) => [width, newline] as const),
)

/** Shorter runs gain nothing. */
const SHORTEST_RUN = 48

interface Segment {
  readonly kind: number
  readonly bytes: Uint8Array
}
interface Found {
  readonly start: number
  readonly end: number
  readonly kind: number
  readonly bytes: Uint8Array
}

/** Cuts; undefined when nothing in it is text for other bytes. */
export function writeSegments(bytes: Uint8Array): Uint8Array | undefined {
  const text = latin1(bytes)
  const found = findAll(text)
  if (found.length === 0) return undefined
  const segments: Segment[] = []
  let done = 0
  for (const { start, end, kind, bytes: own } of found) {
    if (start > done) segments.push({ kind: RAW, bytes: bytes.subarray(done, start) })
    segments.push({ kind, bytes: own })
    done = end
  }
  if (done < bytes.length) segments.push({ kind: RAW, bytes: bytes.subarray(done) })
  return joinBytes(
    segments.flatMap(({ kind, bytes: own }) => [Uint8Array.from([kind, ...lengthBytes(own.length)]), own]),
  )
}

/** Puts together what was cut; at most `limit` bytes. */
export function readSegments(
  bytes: Uint8Array,
  limit: number,
):
  | { readonly bytes: Uint8Array; readonly why?: undefined }
  | { readonly bytes?: undefined; readonly why: 'damaged' | 'too-large' } {
  const parts: Uint8Array[] = []
  let size = 0
  let at = 0
  while (at < bytes.length) {
    const kind = bytes[at++] ?? RAW
    let length = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]
      if (byte === undefined || scale > 2 ** 28) return { why: 'damaged' }
      length += (byte & 0x7f) * scale
      if (byte < 128) break
    }
    if (length > bytes.length - at) return { why: 'damaged' }
    const own = bytes.subarray(at, at + length)
    at += length
    const part = kind === RAW ? own : textOf(kind, own)
    if (part === undefined) return { why: 'damaged' }
    size += part.length
    if (size > limit) return { why: 'too-large' }
    parts.push(typeof part === 'string' ? Uint8Array.from(part, (character) => character.charCodeAt(0)) : part)
  }
  return { bytes: joinBytes(parts) }
}

function textOf(kind: number, bytes: Uint8Array): string | undefined {
  const pem = PEM.find(([number]) => number === kind)
  if (pem) return pemOf(bytes, pem[1])
  const code = CODES.find((one) => one.kind === (kind & 0xf0))
  const style = kind & 0x0f
  if (!code) return undefined
  if (style === 0) return code.encode(bytes)
  const wrap = WRAPS[style - 1]
  return wrap && wrapped(code.encode(bytes), wrap)
}

function wrapped(text: string, [width, newline]: readonly [number, string]): string {
  const lines: string[] = []
  for (let at = 0; at < text.length; at += width) lines.push(text.slice(at, at + width))
  return lines.join(newline)
}

function pemOf(der: Uint8Array, newline: string): string {
  return `${BEGIN}${newline}${wrapped(toBase64(der), [64, newline])}${newline}${END}`
}

/** Everything that writes back the same, in order, without overlaps. */
function findAll(text: string): Found[] {
  const found: Found[] = []
  let done = 0
  const take = (one: Found | undefined) => {
    if (!one || one.start < done) return
    found.push(one)
    done = one.end
  }
  const candidates = /-----BEGIN CERTIFICATE-----|[A-Za-z0-9+/_-]{48,}/g
  for (let match = candidates.exec(text); match; match = candidates.exec(text)) {
    // The letter of an escape (`\n` in JSON) is not part of what follows it.
    const skip = text[match.index - 1] === '\\' && /^[nrt]/.test(match[0]) ? 1 : 0
    const start = match.index + skip
    take(match[0] === BEGIN ? pemAt(text, start) : (wrappedAt(text, start) ?? runAt(match[0].slice(skip), start)))
    candidates.lastIndex = Math.max(candidates.lastIndex, done)
  }
  return found
}

function pemAt(text: string, start: number): Found | undefined {
  const at = text.indexOf(END, start)
  if (at < 0) return undefined
  const end = at + END.length
  const block = text.slice(start, end)
  const bytes = decodeBase64(block.slice(BEGIN.length, -END.length).replace(/[\r\n]/g, ''))
  const kind = bytes && PEM.find(([, newline]) => pemOf(bytes, newline) === block)?.[0]
  return bytes && kind !== undefined ? { start, end, kind, bytes } : undefined
}

/** Base64 in lines of one width: at least one full line and its newline. */
function wrappedAt(text: string, start: number): Found | undefined {
  for (const [index, [width, newline]] of WRAPS.entries()) {
    let at = start
    let end = start
    const lines: string[] = []
    for (;;) {
      const line = /^[A-Za-z0-9+/]*={0,2}/.exec(text.slice(at, at + width))?.[0] ?? ''
      if (line === '') break
      lines.push(line)
      end = at + line.length
      at = end + newline.length
      if (line.length < width || line.endsWith('=') || !text.startsWith(newline, end)) break
    }
    if (lines.length < 2) continue
    const found = decoded(lines.join(''), STANDARD, start)
    if (!found) continue
    const kind = STANDARD.kind + 1 + index
    if (textOf(kind, found.bytes) === text.slice(start, end)) return { start, end, kind, bytes: found.bytes }
  }
  return undefined
}

/** One line of hex or base64. A short odd head (`0x`) stays as it is. */
function runAt(run: string, start: number): Found | undefined {
  if (run.length < SHORTEST_RUN) return undefined
  for (const code of [LOWER, UPPER]) {
    const match = new RegExp(`[${code.alphabet}]{${SHORTEST_RUN},}`).exec(run)
    if (match && match[0].length >= run.length - 8) return decoded(match[0], code, start + match.index)
  }
  return decoded(run, /[_-]/.test(run) ? URL_SAFE : STANDARD, start)
}

function decoded(run: string, code: Code, start: number): Found | undefined {
  const isHex = code === LOWER || code === UPPER
  // Whole groups only; what is left over stays text. Base64url without padding writes back whole.
  const whole = isHex ? run.length - (run.length % 2) : run.endsWith('=') ? run.length : run.length - (run.length % 4)
  const own = run.slice(0, whole)
  const bytes = isHex
    ? Uint8Array.from(own.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    : decodeBase64(code === URL_SAFE ? own.replaceAll('-', '+').replaceAll('_', '/') : own)
  return bytes && code.encode(bytes) === own ? { start, end: start + whole, kind: code.kind, bytes } : undefined
}

const VALUES = new Map(
  Array.from(
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
    (character, value) => [character, value] as const,
  ),
)

/** Whole, padded base64 only: what does not write back the same is no use here. */
function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length === 0 || text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const out = new Uint8Array((text.length / 4) * 3 - padding)
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let word = 0
    for (let k = 0; k < 4; k++) {
      const character = text[i + k] ?? ''
      const value = character === '=' && i + k >= text.length - padding ? 0 : VALUES.get(character)
      if (value === undefined) return undefined
      word = word * 64 + value
    }
    for (const byte of [word >> 16, (word >> 8) & 255, word & 255]) if (at < out.length) out[at++] = byte
  }
  return out
}

function lengthBytes(length: number): number[] {
  const out: number[] = []
  let rest = length
  while (rest >= 128) {
    out.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return [...out, rest]
}

function latin1(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return parts.join('')
}
