import { joinBytes } from './join.ts'

/** Writers of CBOR for demonstration material, shortest forms (RFC 8949 section 4.2). Every one returns a whole item. */

/** Head of a major type with its argument. */
export function cborHead(major: number, argument: number | bigint): Uint8Array<ArrayBuffer> {
  const value = BigInt(argument)
  const width = value < 24n ? 0 : value <= 0xffn ? 1 : value <= 0xffffn ? 2 : value <= 0xffffffffn ? 4 : 8
  const out = new Uint8Array(1 + width)
  out[0] = (major << 5) | (width === 0 ? Number(value) : 24 + Math.log2(width))
  for (let i = 0; i < width; i++) out[width - i] = Number((value >> BigInt(8 * i)) & 0xffn)
  return out
}

/** An integer of either sign. */
export function cborInt(value: number | bigint): Uint8Array<ArrayBuffer> {
  const wide = BigInt(value)
  return wide < 0n ? cborHead(1, -1n - wide) : cborHead(0, wide)
}

export function cborBytes(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return joinBytes([cborHead(2, content.length), content])
}

export function cborText(text: string): Uint8Array<ArrayBuffer> {
  const content = new TextEncoder().encode(text)
  return joinBytes([cborHead(3, content.length), content])
}

export function cborArray(...items: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joinBytes([cborHead(4, items.length), ...items])
}

/** Keys in the order given; an integer or text key is encoded, anything else must be an item already. */
export function cborMap(
  ...entries: readonly (readonly [number | string | Uint8Array, Uint8Array])[]
): Uint8Array<ArrayBuffer> {
  return joinBytes([
    cborHead(5, entries.length),
    ...entries.flatMap(([key, value]) => [
      typeof key === 'number' ? cborInt(key) : typeof key === 'string' ? cborText(key) : key,
      value,
    ]),
  ])
}

export function cborTag(tag: number | bigint, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return joinBytes([cborHead(6, tag), content])
}

export function cborNull(): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(0xf6)
}

export function cborBool(value: boolean): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(value ? 0xf5 : 0xf4)
}
