import { say } from '../../core/saying.ts'
import { sameBytes } from '../../bytes/layout.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { sha3of512 } from './sha3.ts'

/**
 * Ed25519 as Keystone has it: RFC 8032 with SHA3-512 in the place of SHA-512 (`sm/src/ed25519/sign.c`, `sdk/src/verifier/ed25519/verify.c`).
 * A report that somebody posted shows the same from outside (issue 361): under a key of zeros s is the nonce, and it is SHA3-512 of 32 zeros, hash, length and data, mod the order.
 * No library of signatures makes or takes such signatures, WebCrypto and OpenSSL included.
 * Public values only on the verifying side, so nothing here needs constant time; the signing side is for demonstrations.
 */

const P = 2n ** 255n - 19n
const L = 2n ** 252n + 27742317777372353535851937790883648493n
const D = mod(-121665n * power(121666n, P - 2n))
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n)

function mod(value: bigint, modulus = P): bigint {
  const rest = value % modulus
  return rest < 0n ? rest + modulus : rest
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, mod(base)]
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % P
    square = (square * square) % P
  }
  return result
}

/** Extended coordinates: x = X/Z, y = Y/Z, T = XY/Z. */
interface Point {
  readonly x: bigint
  readonly y: bigint
  readonly z: bigint
  readonly t: bigint
}
const NEUTRAL: Point = { x: 0n, y: 1n, z: 1n, t: 0n }

/** One formula for every pair of points, equal ones and the neutral one too (RFC 8032, 5.1.4). */
function add(p: Point, q: Point): Point {
  const a = mod((p.y - p.x) * (q.y - q.x))
  const b = mod((p.y + p.x) * (q.y + q.x))
  const c = mod(2n * D * p.t * q.t)
  const d = mod(2n * p.z * q.z)
  const [e, f, g, h] = [b - a, d - c, d + c, b + a]
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) }
}

function times(scalar: bigint, point: Point): Point {
  let [sum, double] = [NEUTRAL, point]
  for (let left = scalar; left > 0n; left >>= 1n) {
    if (left & 1n) sum = add(sum, double)
    double = add(double, double)
  }
  return sum
}

const number = (bytes: Uint8Array) => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)

function bytesOf32(value: bigint): Uint8Array {
  const out = new Uint8Array(32)
  for (let i = 0, left = value; i < 32; i++, left >>= 8n) out[i] = Number(left & 0xffn)
  return out
}

/** A point from its 32 bytes; undefined for what is none (RFC 8032, 5.1.3). */
function pointOf(bytes: Uint8Array): Point | undefined {
  const all = number(bytes)
  const y = all & (2n ** 255n - 1n)
  if (bytes.length !== 32 || y >= P) return undefined
  const u = mod(y * y - 1n)
  const v = mod(D * y * y + 1n)
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n))
  if (mod(v * x * x) === mod(-u)) x = mod(x * ROOT_OF_MINUS_ONE)
  if (mod(v * x * x) !== u) return undefined
  const sign = all >> 255n
  if (x === 0n && sign === 1n) return undefined
  if ((x & 1n) !== sign) x = P - x
  return { x, y, z: 1n, t: mod(x * y) }
}

function encoded({ x, y, z }: Point): Uint8Array {
  const inverse = power(z, P - 2n)
  return bytesOf32(mod(y * inverse) | ((mod(x * inverse) & 1n) << 255n))
}

const isSame = (p: Point, q: Point) => mod(p.x * q.z - q.x * p.z) === 0n && mod(p.y * q.z - q.y * p.z) === 0n

/** y = 4/5, and the even x. */
const BASE = pointOf(bytesOf32(mod(4n * power(5n, P - 2n)))) ?? NEUTRAL

const VALID: VerifyResult = { result: 'valid', because: say('signature.holds') }
const invalid = (text: string, code: 'signature' | 'key-weak'): VerifyResult => ({
  result: 'invalid',
  because: say(text, {}, code),
})

/**
 * Whether this key signed exactly these bytes. Stricter than Keystone's own verifier in two ways: s is below the order of the base point (RFC 8032, 5.1.7),
 * so that no second signature can be made from a first, and a key of small order, for which anybody can sign, is refused.
 */
export function verify(publicKey: Uint8Array, data: Uint8Array, signature: Uint8Array): VerifyResult {
  const key = pointOf(publicKey)
  if (!key) return invalid('keystone.no-key', 'key-weak')
  if (isSame(times(8n, key), NEUTRAL)) return invalid('keystone.weak-key', 'key-weak')
  const r = signature.subarray(0, 32)
  const s = number(signature.subarray(32))
  if (signature.length !== 64 || s >= L) return invalid('signature.range', 'signature')
  const challenge = number(sha3of512(r, publicKey, data)) % L
  const back = add(times(s, BASE), times(L - challenge, key))
  return sameBytes(encoded(back), r) ? VALID : invalid('signature.mismatch', 'signature')
}

/** The two halves of a private key: the number, and what makes the nonces. */
export interface PrivateKey {
  readonly scalar: bigint
  readonly prefix: Uint8Array
  readonly publicKey: Uint8Array
}

function clamped(hash: Uint8Array): { readonly scalar: bigint; readonly prefix: Uint8Array } {
  const halves = hash.slice()
  halves[0] = (halves[0] ?? 0) & 0xf8
  halves[31] = ((halves[31] ?? 0) & 0x3f) | 0x40
  return { scalar: number(halves.subarray(0, 32)), prefix: halves.subarray(32) }
}

/** A key pair from the 64 bytes that a hash made of its seed. */
export function keyFromHash(hash: Uint8Array): PrivateKey {
  const halves = clamped(hash)
  return { ...halves, publicKey: encoded(times(halves.scalar, BASE)) }
}

/** A key pair from 32 bytes. */
export const keyFrom = (seed: Uint8Array): PrivateKey => keyFromHash(sha3of512(seed))

/** Signs; deterministic. */
export function sign({ scalar, prefix, publicKey }: PrivateKey, data: Uint8Array): Uint8Array {
  const nonce = number(sha3of512(prefix, data)) % L
  const out = new Uint8Array(64)
  out.set(encoded(times(nonce, BASE)))
  const challenge = number(sha3of512(out.subarray(0, 32), publicKey, data)) % L
  out.set(bytesOf32((nonce + challenge * scalar) % L), 32)
  return out
}

/** Multiples 1..15 of each 16ⁱ·B: with them a public key costs 64 additions. Made when first asked for. */
let windows: readonly (readonly Point[])[] | undefined
function windowsOfBase(): readonly (readonly Point[])[] {
  if (windows) return windows
  const made: Point[][] = []
  let step = BASE
  for (let i = 0; i < 64; i++) {
    const row: Point[] = [NEUTRAL]
    for (let k = 1; k < 16; k++) row.push(add(row[k - 1] ?? NEUTRAL, step))
    made.push(row)
    step = add(row[15] ?? NEUTRAL, step)
  }
  windows = made
  return made
}

/** Whether a public key comes from one of some seeds; which, or −1. */
export function seedOf(publicKey: Uint8Array, seeds: readonly Uint8Array[]): number {
  const key = pointOf(publicKey)
  if (!key) return -1
  const base = windowsOfBase()
  return seeds.findIndex((seed) => {
    let sum = NEUTRAL
    for (let i = 0, left = clamped(sha3of512(seed)).scalar; left > 0n; i++, left >>= 4n)
      sum = add(sum, base[i]?.[Number(left & 15n)] ?? NEUTRAL)
    return isSame(sum, key)
  })
}
