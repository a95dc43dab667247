import { TAG } from './der.ts'
import { joinBytes } from './join.ts'

/** Writers of DER for demonstration material. Every one returns a whole element. */

export { joinBytes }

/** Tag byte, shortest length, content. */
export function tlv(tagByte: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const length: number[] = []
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256)
  const head = content.length < 0x80 ? [tagByte, content.length] : [tagByte, 0x80 | length.length, ...length]
  return joinBytes([Uint8Array.from(head), content])
}

/** SEQUENCE of whole elements. */
export function sequence(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return tlv(0x30, joinBytes(parts))
}

/** SET OF: members in the order of their bytes. */
export function set(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const order = (a: Uint8Array, b: Uint8Array): number => {
    const at = a.findIndex((byte, i) => byte !== b[i])
    return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1)
  }
  return tlv(0x31, joinBytes(parts.toSorted(order)))
}

/** INTEGER from a number, or from the big-endian bytes of a non-negative one. */
export function integer(value: number | bigint | Uint8Array): Uint8Array<ArrayBuffer> {
  return tlv(TAG.integer, integerContent(value))
}

/** Content bytes of an INTEGER. */
export function integerContent(value: number | bigint | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof value === 'object') {
    const from = value.findIndex((byte) => byte !== 0)
    const digits = from < 0 ? Uint8Array.of(0) : value.subarray(from)
    return (digits[0] ?? 0) >= 0x80 ? joinBytes([Uint8Array.of(0), digits]) : joinBytes([digits])
  }
  const out: number[] = []
  let rest = BigInt(value)
  do {
    out.unshift(Number(rest & 0xffn))
    rest >>= 8n
  } while (!((rest === 0n && (out[0] ?? 0) < 0x80) || (rest === -1n && (out[0] ?? 0) >= 0x80)))
  return Uint8Array.from(out)
}

/** ENUMERATED. */
export function enumerated(value: number): Uint8Array<ArrayBuffer> {
  return tlv(TAG.enumerated, integerContent(value))
}

export function boolean(value: boolean): Uint8Array<ArrayBuffer> {
  return tlv(TAG.boolean, Uint8Array.of(value ? 0xff : 0))
}

/** NULL. */
export function nothing(): Uint8Array<ArrayBuffer> {
  return tlv(TAG.null, new Uint8Array())
}

/** OBJECT IDENTIFIER from its dotted form. */
export function oid(dotted: string): Uint8Array<ArrayBuffer> {
  return tlv(TAG.oid, oidContent(dotted))
}

/** Content bytes of an OBJECT IDENTIFIER. */
export function oidContent(dotted: string): Uint8Array<ArrayBuffer> {
  const [top = 0n, second = 0n, ...rest] = dotted.split('.').map((arc) => BigInt(arc))
  const out: number[] = []
  for (const arc of [top * 40n + second, ...rest]) {
    const groups = [Number(arc & 0x7fn)]
    for (let left = arc >> 7n; left > 0n; left >>= 7n) groups.unshift(Number(left & 0x7fn) | 0x80)
    out.push(...groups)
  }
  return Uint8Array.from(out)
}

export function octetString(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return tlv(TAG.octetString, content)
}

/** BIT STRING of whole bytes, or with so many unused bits at the end. */
export function bitString(content: Uint8Array, unused = 0): Uint8Array<ArrayBuffer> {
  return tlv(TAG.bitString, joinBytes([Uint8Array.of(unused), content]))
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return tlv(TAG.utf8, new TextEncoder().encode(text))
}

/** PrintableString; the caller keeps to its letters. */
export function printable(text: string): Uint8Array<ArrayBuffer> {
  return tlv(TAG.printable, new TextEncoder().encode(text))
}

/** IA5String: ASCII. */
export function ia5(text: string): Uint8Array<ArrayBuffer> {
  return tlv(TAG.ia5, new TextEncoder().encode(text))
}

/** UTCTime before 2050, GeneralizedTime from then on, as RFC 5280 wants it. Milliseconds since 1970. */
export function time(at: number): Uint8Array<ArrayBuffer> {
  const digits = new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '')
  const isUtc = digits >= '1950' && digits < '2050'
  return tlv(
    isUtc ? TAG.utcTime : TAG.generalizedTime,
    new TextEncoder().encode(`${isUtc ? digits.slice(2) : digits}Z`),
  )
}

/** `[number] EXPLICIT`. */
export function explicit(number: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return tlv(0xa0 | number, content)
}

/** `[number] IMPLICIT` of a primitive type: content bytes only. */
export function implicit(number: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return tlv(0x80 | number, content)
}

/** `[number] IMPLICIT` of a SEQUENCE or SET: its members. */
export function implicitConstructed(number: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return tlv(0xa0 | number, joinBytes(parts))
}
