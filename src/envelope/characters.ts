/** Bytes as characters, for readers of text that must not be decoded first. */

/** 0..15 for a hex digit, −1 otherwise. */
export function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/** Space, tab, CR, LF. */
export function isWhite(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** Whether ASCII `text` stands at `at`, before `end`. */
export function isTextAt(bytes: Uint8Array, at: number, end: number, text: string): boolean {
  if (at < 0 || at + text.length > end) return false
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false
  return true
}

/** Offset of ASCII `text` in `bytes[from..end)`, or −1. */
export function findText(bytes: Uint8Array, from: number, end: number, text: string): number {
  const within = bytes.subarray(0, end)
  const first = text.charCodeAt(0)
  for (let at = within.indexOf(first, from); at >= 0; at = within.indexOf(first, at + 1)) {
    if (isTextAt(within, at, end, text)) return at
  }
  return -1
}

/** Bytes as text, one character a byte. */
export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return LATIN1.decode(bytes.subarray(start, end))
}
const LATIN1 = new TextDecoder('latin1')

/** Text whose characters are all below 256 as bytes, one a character. */
export function ascii(text: string): Uint8Array {
  const out = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i)
  return out
}
