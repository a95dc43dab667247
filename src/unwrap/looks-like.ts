import type { Problem } from '../core/field.ts'
import { rangeOf, type Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { isLogLine, printedIn, vendorCodeIn } from './printed.ts'
import { isToBeSigned, toBeSignedIn } from './cose-parts.ts'
import { parseJson } from '../bytes/json.ts'
import { hexOffset } from '../bytes/layout.ts'
import { findText, hexDigit, isTextAt, isWhite, latin1 } from '../envelope/characters.ts'
import { readCompactJws } from '../envelope/jws.ts'

/** Beginnings that people know. */
const SIGNATURES: readonly { readonly name: string; readonly bytes: readonly number[]; readonly at?: number }[] = [
  { name: 'png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { name: 'jpeg', bytes: [0xff, 0xd8, 0xff] },
  { name: 'gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  { name: 'webp', bytes: [0x57, 0x45, 0x42, 0x50], at: 8 },
  { name: 'pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { name: 'elf', bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { name: 'exe', bytes: [0x4d, 0x5a] },
  { name: 'macho', bytes: [0xcf, 0xfa, 0xed, 0xfe] },
  { name: 'wasm', bytes: [0x00, 0x61, 0x73, 0x6d] },
  { name: 'java-class', bytes: [0xca, 0xfe, 0xba, 0xbe] },
  { name: 'gzip', bytes: [0x1f, 0x8b] },
  { name: 'zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { name: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: 'bzip2', bytes: [0x42, 0x5a, 0x68] },
  { name: 'tar', bytes: [0x75, 0x73, 0x74, 0x61, 0x72], at: 257 },
  { name: 'sqlite', bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65] },
  { name: 'pcap', bytes: [0xd4, 0xc3, 0xb2, 0xa1] },
  { name: 'pcapng', bytes: [0x0a, 0x0d, 0x0d, 0x0a] },
  { name: 'ibm-se-exchange', bytes: [0x70, 0x76, 0x61, 0x74, 0x74, 0x65, 0x73, 0x74] },
  { name: 'ibm-se-header', bytes: [0x49, 0x42, 0x4d, 0x53, 0x65, 0x63, 0x45, 0x78] },
]

/** What people and programs write where they leave something out, at the end of a value or alone on the next line (`…` as its three bytes). */
export const LEFT_OUT =
  /^[ \t]*(?:\r?\n\*[ \t]*\r?\n|(?:\r?\n[ \t]*)?[[(<]?(?:\.{2,}|\u00e2\u0080\u00a6|(?:snip|snipped|truncated|cut|elided|redacted)\b))/i
/** The same behind a long value, anywhere. */
const LEFT_OUT_SOMEWHERE =
  /[0-9A-Za-z+/=_-]{32}[ \t]*(?:\r?\n[ \t]*)?[[(<]?(?:\.{2,}|\u00e2\u0080\u00a6|(?:snip|snipped|truncated|cut|elided|redacted)\b)|(?:\b[0-9a-f]{2} |\d,\s{0,4}){8}[ \t]*\.{3} ?\d+ more/i

/** How much of a long text is searched for its fault. */
const MIDDLE = 256 * 1024

/** How much is looked at to tell text from other bytes. */
const TEXT_HEAD = 4096

/** Whether the head of a slice is text: no control characters, and UTF-8 where it is not ASCII. `all` looks at all of it, NUL at its end aside. */
export function isText(slice: Slice, how: 'head' | 'all' = 'head'): boolean {
  const { bytes, start } = slice
  let { end } = slice
  if (how === 'all') while (end > start && bytes[end - 1] === 0) end--
  const stop = how === 'all' ? end : Math.min(end, start + TEXT_HEAD)
  if (stop <= start) return false
  for (let at = start; at < stop;) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) {
      if (byte === 0x7f || (byte < 0x20 && !isWhite(byte) && byte !== 0x0c)) return false
      at++
      continue
    }
    const more =
      byte >= 0xc2 && byte <= 0xdf ? 1 : byte >= 0xe0 && byte <= 0xef ? 2 : byte >= 0xf0 && byte <= 0xf4 ? 3 : 0
    if (more === 0) return false
    for (let k = 1; k <= more; k++) if (at + k < stop && ((bytes[at + k] ?? 0) & 0xc0) !== 0x80) return false
    at += more + 1
  }
  return true
}

/** Whether a value inside other text is long enough to be more than a digest or a nonce: over 64 bytes, in hex or in base64. */
export function isWorthwhile(slice: Slice): boolean {
  const { bytes, start, end } = slice
  if (end - start <= 88) return false
  if (end - start > 160) return true
  let digits = 0
  for (let at = start; at < end; at++) if (hexDigit(bytes[at]) >= 0) digits++
  return digits < end - start || digits > 128
}

/** Marks of files packed by something that is not opened here: nothing is looked for inside. */
const PACKED = ['xz', 'zstd', 'bzip2', 'png', 'jpeg', 'gif']

/** Whether the bytes begin with such a mark. */
export function isPacked({ bytes, start, end }: Slice): boolean {
  return SIGNATURES.some(
    (one) => PACKED.includes(one.name) && one.bytes.every((byte, i) => start + i < end && bytes[start + i] === byte),
  )
}

/** Why nothing was recognised: what the bytes look like instead, and from which byte on. `inner` is where the layers along `path` ended. */
export function whyNot(slice: Slice, inner: Slice, path: readonly string[]): Problem[] {
  const range = rangeOf(slice)
  const problems: Problem[] =
    path.length === 0 ? [] : [{ because: say('unwrap.layers-ended', { path: path.join(' → ') }), range }]
  const code = path.length === 0 ? undefined : codeOf(slice)
  if (code !== undefined) return [{ because: say(`unwrap.looks-like.${code}`, { at: hexOffset(slice.start) }), range }]
  const typing = path.length === 0 ? -1 : notHexAt(slice)
  if (typing >= 0)
    return [
      {
        because: say('unwrap.looks-like.broken-hex', { at: hexOffset(typing) }),
        range: { space: slice.space, start: typing, end: slice.end },
      },
    ]
  const { reason, params, at } = lookOf(inner)
  const own =
    inner.space === slice.space ? { space: inner.space, start: Math.min(at, inner.end), end: inner.end } : range
  return [
    ...problems,
    { because: say(reason, { at: hexOffset(at), size: inner.end - inner.start, ...params }), range: own },
  ]
}

/** Ways of writing bytes that are not read here; their letters are base64 or hex too. */
function codeOf({ bytes, start, end }: Slice): 'uuencode' | 'base32' | 'bits' | undefined {
  const head = latin1(bytes, start, Math.min(end, start + MIDDLE)).trim()
  if (/^begin [0-7]{3} \S/.test(head)) return 'uuencode'
  if (head.length < 64) return undefined
  if (/^[01\s]+$/.test(head)) return 'bits'
  return /^[A-Z2-7\s]+=*\s*$/.test(head) && /[2-7]/.test(head) ? 'base32' : undefined
}

/** Hex with a slip in it (an O for a 0) is base64 too: where the slip is, when nearly all the rest are hex digits; −1 otherwise. */
function notHexAt({ bytes, start, end }: Slice): number {
  const stop = Math.min(end, start + MIDDLE)
  let digits = 0
  let others = 0
  let first = -1
  for (let at = start; at < stop; at++) {
    if (hexDigit(bytes[at]) >= 0) digits++
    else if (!isWhite(bytes[at])) {
      others++
      if (first < 0) first = at
    }
  }
  return digits >= 64 && others > 0 && others * 100 <= digits ? first : -1
}

interface Look {
  readonly reason: string
  readonly params: Readonly<Record<string, string | number>>
  readonly at: number
}

function lookOf(slice: Slice): Look {
  const { bytes, start, end } = slice
  const look = (name: string, at = start, params: Look['params'] = {}): Look => ({
    reason: `unwrap.looks-like.${name}`,
    params,
    at,
  })
  if (end <= start) return look('empty')
  const known = SIGNATURES.find((one) =>
    one.bytes.every((byte, i) => start + (one.at ?? 0) + i < end && bytes[start + (one.at ?? 0) + i] === byte),
  )
  if (known) return look(known.name, start + (known.at ?? 0))
  const lost = lostIn(slice)
  if (lost.count >= 8) return look('bytes-lost', lost.at, { count: lost.count })
  if (isText(slice, 'all')) return lookOfText(slice)
  if (isToBeSigned(slice)) return look('to-be-signed')
  const first = bytes[start] ?? 0
  if (bytes.subarray(start, end).every((byte) => byte === first))
    return look(first === 0 ? 'zeros' : 'one-byte', start, { byte: hexOffset(first) })
  if (first === 0x30 && (bytes[start + 1] ?? 0) >= 0x80) return look('der')
  return look(isEven(slice) ? 'random' : 'binary', start, {
    head: Array.from(bytes.subarray(start, Math.min(end, start + 8)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join(''),
  })
}

/** Replacement characters, which stand for bytes that were no text. */
function lostIn({ bytes, start, end }: Slice): { readonly count: number; readonly at: number } {
  let count = 0
  let first = start
  for (
    let at = findText(bytes, start, end, '\u00ef\u00bf\u00bd');
    at >= 0;
    at = findText(bytes, at + 3, end, '\u00ef\u00bf\u00bd')
  )
    if (count++ === 0) first = at
  return { count, at: first }
}

function lookOfText(slice: Slice): Look {
  const { bytes, end } = slice
  let start = slice.start
  while (start < end && isWhite(bytes[start])) start++
  const look = (name: string, at = start, params: Look['params'] = {}): Look => ({
    reason: `unwrap.looks-like.${name}`,
    params,
    at,
  })
  if (start === end) return look('blank', slice.start)
  const head = latin1(bytes, start, Math.min(end, start + 512)).toLowerCase()
  if (head.startsWith('<!doctype html') || head.startsWith('<html')) return look('html')
  if (head.startsWith('<svg')) return look('svg')
  if (head.startsWith('<?xml') || /^<[a-z]/.test(head)) return look('xml')
  const code = codeOf(slice)
  if (code !== undefined) return look(code)
  const printed = printedIn(latin1(bytes, start, Math.min(end, start + MIDDLE)))
  if (printed !== undefined) return look(printed)
  const first = bytes[start]
  // `[2026-02-10T07:27:59Z …`, `[info] …`: lines of a log.
  if (isLogLine(head)) {
    const code = vendorCodeIn(latin1(bytes, start, Math.min(end, start + MIDDLE)))
    return code ? look('log-code', start + code.at, { code: code.code, meaning: code.meaning }) : look('log')
  }
  if (first === 0x7b || first === 0x5b) {
    const own = { ...slice, start }
    const { value, problems } = parseJson(own)
    const apart = value ? toBeSignedIn(latin1(bytes, start, Math.min(end, start + MIDDLE))) : -1
    if (apart >= 0) return look('to-be-signed', start + apart)
    if (value) return look('json')
    const problem = problems.at(-1)
    return problem && problem.because.code !== 'no-value'
      ? look('broken-json', problem.range.start)
      : look(problem && problem.range.start > start + 1 ? 'broken-json' : 'text', problem?.range.start ?? start)
  }
  const leftOut = LEFT_OUT_SOMEWHERE.exec(latin1(bytes, start, Math.min(end, start + MIDDLE)))
  if (leftOut)
    return look(
      'left-out',
      start +
        leftOut.index +
        (/[ \t\r\n]*[[(<]?(?:\.{2,}|\u00e2\u0080\u00a6|[a-z]+$).*$/is.exec(leftOut[0])?.index ?? 0),
    )
  const repeated = /[0-9a-f]{2}[ \t]*\r?\n(?=\*[ \t]*\r?\n)/i.exec(latin1(bytes, start, Math.min(end, start + MIDDLE)))
  if (repeated) return look('repeated-lines', start + repeated.index + repeated[0].length)
  if (findText(bytes, start, Math.min(end, start + 65_536), '-----BEGIN ') >= 0)
    return look('broken-pem', findText(bytes, start, end, '-----BEGIN '))
  const { firstNotHex, digits } = hexUntil(slice, start)
  if (firstNotHex === end && digits % 2 === 1) return look('odd-hex', start, { digits })
  if (digits >= 64 && firstNotHex < end) return look('broken-hex', firstNotHex)
  if (head.startsWith('ey') && readCompactJws(trimmed(slice, start))) return look('jwt')
  const firstNotBase64 = base64Until(slice, start)
  if (firstNotBase64 - start >= 64) return firstNotBase64 < end ? look('broken-base64', firstNotBase64) : look('base64')
  const value = /(?:[0-9A-Fa-f]{2}){32,}|[0-9A-Za-z+/]{64,}/.exec(latin1(bytes, start, Math.min(end, start + MIDDLE)))
  const broken = value ? start + value.index + value[0].length : end
  if (
    value &&
    broken < end &&
    !isWhite(bytes[broken]) &&
    (bytes[broken] ?? 0x80) > 0x20 &&
    !/[\s"'`,;:<>()[\]{}|=&\\.]/.test(latin1(bytes, broken, broken + 1))
  )
    return look('broken-value', broken, { from: hexOffset(start + value.index) })
  if (isTextAt(bytes, start, end, 'http://') || isTextAt(bytes, start, end, 'https://')) return look('url')
  return look('text')
}

function trimmed(slice: Slice, start: number): Slice {
  let { end } = slice
  while (end > start && (isWhite(slice.bytes[end - 1]) || slice.bytes[end - 1] === 0)) end--
  return { ...slice, start, end }
}

/** Where hex with white space ends, and how many digits there were. */
function hexUntil(slice: Slice, from: number): { readonly firstNotHex: number; readonly digits: number } {
  const { bytes, end } = slice
  let digits = 0
  let at = isTextAt(bytes, from, end, '0x') ? from + 2 : from
  for (; at < end; at++) {
    if (hexDigit(bytes[at]) >= 0) digits++
    else if (!isWhite(bytes[at])) break
  }
  return { firstNotHex: at, digits }
}

function base64Until(slice: Slice, from: number): number {
  const { bytes, end } = slice
  for (let at = from; at < end; at++) {
    const byte = bytes[at] ?? 0
    const isValue =
      (byte >= 0x30 && byte <= 0x39) ||
      (byte >= 0x41 && byte <= 0x5a) ||
      (byte >= 0x61 && byte <= 0x7a) ||
      byte === 0x2b ||
      byte === 0x2f ||
      byte === 0x2d ||
      byte === 0x5f ||
      byte === 0x3d
    // A space is no line break: words are not base64.
    if (!isValue && byte !== 0x0a && byte !== 0x0d) return at
  }
  return end
}

/** Whether all byte values occur about equally often, as in encrypted, compressed or random bytes. */
function isEven(slice: Slice): boolean {
  const { bytes, start } = slice
  const end = Math.min(slice.end, start + 65_536)
  const size = end - start
  if (size < 1024) return false
  const counts = new Uint32Array(256)
  for (let at = start; at < end; at++) counts[bytes[at] ?? 0] = (counts[bytes[at] ?? 0] ?? 0) + 1
  const expected = size / 256
  let chiSquare = 0
  for (const count of counts) chiSquare += (count - expected) ** 2 / expected
  // 255 degrees of freedom: random bytes stay below this but for one time in millions.
  return chiSquare < 380
}
