import { integer, sequence } from '../bytes/der-writer.ts'

/** Ecdsa-Sig-Value (RFC 3279 2.2.3) to r ‖ s, strictly: every encoding but the one canonical DER form is refused, because lenient readers have accepted forgeries. */
export function derToP1363(signature: Uint8Array, width: number): Uint8Array | undefined {
  if (signature[0] !== 0x30) return undefined
  const outer = lengthAt(signature, 1)
  if (!outer || outer.next + outer.length !== signature.length) return undefined
  const r = integerAt(signature, outer.next, width)
  if (!r) return undefined
  const s = integerAt(signature, r.next, width)
  if (!s || s.next !== signature.length) return undefined
  const out = new Uint8Array(2 * width)
  out.set(r.value, width - r.value.length)
  out.set(s.value, 2 * width - s.value.length)
  return out
}

function lengthAt(bytes: Uint8Array, at: number): { readonly length: number; readonly next: number } | undefined {
  const first = bytes[at]
  if (first === undefined) return undefined
  if (first < 0x80) return { length: first, next: at + 1 }
  // Long form only where the short one cannot say it; P-521 needs one length byte.
  const second = bytes[at + 1]
  if (first !== 0x81 || second === undefined || second < 0x80) return undefined
  return { length: second, next: at + 2 }
}

function integerAt(
  bytes: Uint8Array,
  at: number,
  width: number,
): { readonly value: Uint8Array; readonly next: number } | undefined {
  if (bytes[at] !== 0x02) return undefined
  const size = lengthAt(bytes, at + 1)
  if (!size || size.length === 0 || size.next + size.length > bytes.length) return undefined
  const content = bytes.subarray(size.next, size.next + size.length)
  const first = content[0] ?? 0
  const second = content[1]
  if (first >= 0x80) return undefined
  if (first === 0 && (second === undefined || second < 0x80)) return undefined
  const value = first === 0 ? content.subarray(1) : content
  return value.length > width ? undefined : { value, next: size.next + size.length }
}

/** The DER form of r ‖ s. */
export function p1363ToDer(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2
  return sequence(integer(signature.subarray(0, half)), integer(signature.subarray(half)))
}
