import { joinBytes } from '../bytes/join.ts'
import { readSpki } from './spki.ts'
import type { HashName } from './types.ts'
import { digest } from './verify.ts'

/** Bytes of the digests that signatures with MGF1 are made with here. */
const SIZES: Readonly<Partial<Record<HashName, number>>> = { 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 }
/** Widest public exponent: the work grows with it. */
const MOST_EXPONENT_BITS = 64

/**
 * The salt length that an RSASSA-PSS signature was made with, for formats that leave it open (RFC 8017 section 9.1.2 steps 4 to 10, the same hash throughout).
 * WebCrypto asks for it and cannot find it. Nothing is verified here; undefined where the signature is none of this key.
 */
export async function pssSaltLength(
  spki: Uint8Array,
  hash: HashName,
  signature: Uint8Array,
): Promise<number | undefined> {
  const key = readSpki(spki)
  const size = SIZES[hash]
  if (key.kind !== 'rsa' || size === undefined || signature.length !== key.modulus.length) return undefined
  const exponent = numberOf(key.exponent)
  if (exponent >> BigInt(MOST_EXPONENT_BITS) !== 0n) return undefined
  const modulus = numberOf(key.modulus)
  const number = numberOf(signature)
  if (number >= modulus) return undefined
  // emBits is one less than the modulus has, so that the message may be one byte shorter than the key.
  const length = Math.ceil((key.bits - 1) / 8)
  const message = bytesOfNumber(power(number, exponent, modulus), length)
  if (message?.at(-1) !== 0xbc) return undefined
  const masked = message.subarray(0, length - size - 1)
  const mask = await mgf1(message.subarray(length - size - 1, length - 1), masked.length, hash)
  const block = masked.map((byte, i) => byte ^ (mask[i] ?? 0))
  block[0] = (block[0] ?? 0) & (0xff >> (8 * length - (key.bits - 1)))
  const one = block.findIndex((byte) => byte !== 0)
  return one >= 0 && block[one] === 1 ? block.length - one - 1 : undefined
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.length === 0
    ? 0n
    : BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`)
}

function bytesOfNumber(number: bigint, length: number): Uint8Array | undefined {
  const digits = number.toString(16).padStart(2 * length, '0')
  return digits.length === 2 * length
    ? Uint8Array.from({ length }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16))
    : undefined
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

async function mgf1(seed: Uint8Array, length: number, hash: HashName): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for (let counter = 0; size < length; counter++) {
    const part = await digest(hash, joinBytes([seed, Uint8Array.of(0, 0, counter >> 8, counter & 255)]))
    parts.push(part)
    size += part.length
  }
  return joinBytes(parts).subarray(0, length)
}
