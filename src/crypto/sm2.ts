import { joinBytes } from '../bytes/join.ts'
import { sm3 } from './sm3.ts'

/** SM2 signatures (GB/T 32918.2-2016) on the curve of GB/T 32918.5, which WebCrypto does not know. Public values only on the verifying side, so nothing here needs constant time. */

const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn
const A = P - 3n
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const GX = 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n
const GY = 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n

/** Jacobian coordinates; z = 0 is the point at infinity. */
interface Point {
  readonly x: bigint
  readonly y: bigint
  readonly z: bigint
}
const INFINITY: Point = { x: 1n, y: 1n, z: 0n }
const G: Point = { x: GX, y: GY, z: 1n }

function mod(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus
  return rest < 0n ? rest + modulus : rest
}

function double(p: Point): Point {
  if (p.z === 0n) return p
  const zz = (p.z * p.z) % P
  const yy = (p.y * p.y) % P
  const s = (4n * p.x * yy) % P
  // a = -3, so 3x² + az⁴ = 3(x - z²)(x + z²).
  const m = mod(3n * (p.x - zz) * (p.x + zz), P)
  const x = mod(m * m - 2n * s, P)
  return { x, y: mod(m * (s - x) - 8n * yy * yy, P), z: (2n * p.y * p.z) % P }
}

function add(p: Point, q: Point): Point {
  if (p.z === 0n) return q
  if (q.z === 0n) return p
  const pz = (p.z * p.z) % P
  const qz = (q.z * q.z) % P
  const u1 = (p.x * qz) % P
  const u2 = (q.x * pz) % P
  const s1 = (p.y * qz * q.z) % P
  const s2 = (q.y * pz * p.z) % P
  if (u1 === u2) return s1 === s2 ? double(p) : INFINITY
  const h = mod(u2 - u1, P)
  const r = mod(s2 - s1, P)
  const hh = (h * h) % P
  const hhh = (h * hh) % P
  const v = (u1 * hh) % P
  const x = mod(r * r - hhh - 2n * v, P)
  return { x, y: mod(r * (v - x) - s1 * hhh, P), z: (p.z * q.z * h) % P }
}

/** [a]G + [b]Q in one pass over the bits. */
function multiplyAdd(a: bigint, b: bigint, q: Point): Point {
  const both = add(G, q)
  let sum = INFINITY
  for (let bit = 255n; bit >= 0n; bit--) {
    sum = double(sum)
    const inA = ((a >> bit) & 1n) === 1n
    const inB = ((b >> bit) & 1n) === 1n
    if (inA) sum = add(sum, inB ? both : G)
    else if (inB) sum = add(sum, q)
  }
  return sum
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [r0, r1] = [mod(value, modulus), modulus]
  let [t0, t1] = [1n, 0n]
  while (r1 !== 0n) {
    const q = r0 / r1
    ;[r0, r1] = [r1, r0 - q * r1]
    ;[t0, t1] = [t1, t0 - q * t1]
  }
  return mod(t0, modulus)
}

function affine(p: Point): { readonly x: bigint; readonly y: bigint } | undefined {
  if (p.z === 0n) return undefined
  const z = inverse(p.z, P)
  const zz = (z * z) % P
  return { x: (p.x * zz) % P, y: (p.y * zz * z) % P }
}

function isOnCurve(x: bigint, y: bigint): boolean {
  return x < P && y < P && mod(y * y - (x * x * x + A * x + B), P) === 0n
}

function numberOf(bytes: Uint8Array): bigint {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return value
}

function bytes32(value: bigint): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(32)
  let rest = value
  for (let i = 31; i >= 0; i--) {
    out[i] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return out
}

/** Section 5.5: Z = SM3(ENTL ‖ ID ‖ a ‖ b ‖ G ‖ key). The user id is part of what is signed, so it is always named, never assumed. */
export function sm2Z(key: Uint8Array, userId: Uint8Array): Uint8Array<ArrayBuffer> {
  const bits = userId.length * 8
  return sm3(
    joinBytes([Uint8Array.of(bits >> 8, bits & 0xff), userId, bytes32(A), bytes32(B), bytes32(GX), bytes32(GY), key]),
  )
}

/** Verifies r ‖ s (32 bytes each, big-endian) by the key x ‖ y over the message. A key off the curve verifies nothing. */
export function sm2Verify(key: Uint8Array, userId: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return (
    key.length === 64 &&
    userId.length <= 8191 &&
    verifyOver(key, numberOf(sm3(joinBytes([sm2Z(key, userId), message]))), signature)
  )
}

/**
 * The same over the message alone, without Z: what TPM 2.0 makes of its SM2 scheme. A signature of the one kind is none of the other,
 * so a caller has to know which it has; nothing here tries both.
 */
export function sm2VerifyWithoutZ(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return key.length === 64 && verifyOver(key, numberOf(sm3(message)), signature)
}

function verifyOver(key: Uint8Array, e: bigint, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false
  const r = numberOf(signature.subarray(0, 32))
  const s = numberOf(signature.subarray(32))
  if (r < 1n || r >= N || s < 1n || s >= N) return false
  const x = numberOf(key.subarray(0, 32))
  const y = numberOf(key.subarray(32))
  if (!isOnCurve(x, y)) return false
  const t = (r + s) % N
  if (t === 0n) return false
  const point = affine(multiplyAdd(s, t, { x, y, z: 1n }))
  return point !== undefined && (e + point.x) % N === r
}

/** The public key x ‖ y of a private one. */
export function sm2PublicKey(privateKey: Uint8Array): Uint8Array<ArrayBuffer> {
  const point = affine(multiplyAdd(numberOf(privateKey), 0n, G))
  return joinBytes([bytes32(point?.x ?? 0n), bytes32(point?.y ?? 0n)])
}

/**
 * Signs, for demonstration keys only: not in constant time, and `nonce` (the k of the standard) is given by the caller.
 * Undefined when this nonce makes no signature.
 */
export function sm2Sign(
  privateKey: Uint8Array,
  userId: Uint8Array,
  message: Uint8Array,
  nonce: Uint8Array,
): Uint8Array<ArrayBuffer> | undefined {
  return signOver(privateKey, numberOf(sm3(joinBytes([sm2Z(sm2PublicKey(privateKey), userId), message]))), nonce)
}

/** The same without Z, as a TPM signs. */
export function sm2SignWithoutZ(
  privateKey: Uint8Array,
  message: Uint8Array,
  nonce: Uint8Array,
): Uint8Array<ArrayBuffer> | undefined {
  return signOver(privateKey, numberOf(sm3(message)), nonce)
}

function signOver(privateKey: Uint8Array, e: bigint, nonce: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const d = numberOf(privateKey)
  const k = numberOf(nonce) % N
  const point = affine(multiplyAdd(k, 0n, G))
  if (!point) return undefined
  const r = (e + point.x) % N
  if (r === 0n || r + k === N) return undefined
  const s = mod(inverse(1n + d, N) * (k - r * d), N)
  return s === 0n ? undefined : joinBytes([bytes32(r), bytes32(s)])
}
