import { say } from '../core/saying.ts'
import { derToP1363 } from './ecdsa-der.ts'
import { CURVES } from './keys.ts'
import { readSpki } from './spki.ts'
import type { VerifyResult } from './types.ts'

/**
 * ECDSA over a digest (FIPS 186-5 section 6.4.2), for signatures whose message is not here: WebCrypto hashes what it is given.
 * Public values only, so nothing here needs constant time.
 */

interface Curve {
  readonly p: bigint
  readonly b: bigint
  readonly n: bigint
  readonly x: bigint
  readonly y: bigint
  readonly bytes: number
}

const hex = (text: string) => BigInt(`0x${text}`)

// SEC 2 sections 2.4.2 and 2.5.1; a = −3 in both.
const PARAMETERS: Readonly<Record<'P-256' | 'P-384', Curve>> = {
  'P-256': {
    p: hex('ffffffff00000001000000000000000000000000ffffffffffffffffffffffff'),
    b: hex('5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b'),
    n: hex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
    x: hex('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296'),
    y: hex('4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5'),
    bytes: 32,
  },
  'P-384': {
    p: hex('fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff'),
    b: hex('b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef'),
    n: hex('ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973'),
    x: hex('aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7'),
    y: hex('3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f'),
    bytes: 48,
  },
}

/** Jacobian coordinates; z = 0 is the point at infinity. */
interface Point {
  readonly x: bigint
  readonly y: bigint
  readonly z: bigint
}
const INFINITY: Point = { x: 1n, y: 1n, z: 0n }

const mod = (value: bigint, m: bigint) => ((value % m) + m) % m

function inverse(value: bigint, m: bigint): bigint {
  let [a, b, u, v] = [mod(value, m), m, 1n, 0n]
  while (a > 1n) {
    const q = b / a
    ;[a, b] = [b - q * a, a]
    ;[u, v] = [v - q * u, u]
  }
  return mod(u, m)
}

function double({ x, y, z }: Point, { p }: Curve): Point {
  if (z === 0n || y === 0n) return INFINITY
  const delta = (z * z) % p
  const gamma = (y * y) % p
  const beta = (x * gamma) % p
  const alpha = (3n * (x - delta) * (x + delta)) % p
  const x3 = mod(alpha * alpha - 8n * beta, p)
  return {
    x: x3,
    y: mod(alpha * (4n * beta - x3) - 8n * gamma * gamma, p),
    z: mod((y + z) ** 2n - gamma - delta, p),
  }
}

function add(a: Point, b: Point, curve: Curve): Point {
  if (a.z === 0n) return b
  if (b.z === 0n) return a
  const { p } = curve
  const [az, bz] = [(a.z * a.z) % p, (b.z * b.z) % p]
  const [u1, u2] = [(a.x * bz) % p, (b.x * az) % p]
  const [s1, s2] = [(a.y * bz * b.z) % p, (b.y * az * a.z) % p]
  const h = mod(u2 - u1, p)
  const r = mod(s2 - s1, p)
  if (h === 0n) return r === 0n ? double(a, curve) : INFINITY
  const hh = (h * h) % p
  const hhh = (h * hh) % p
  const v = (u1 * hh) % p
  const x = mod(r * r - hhh - 2n * v, p)
  return { x, y: mod(r * (v - x) - s1 * hhh, p), z: mod(h * a.z * b.z, p) }
}

/** Both products in one run of doublings. */
function twice(k: bigint, g: Point, l: bigint, q: Point, curve: Curve): Point {
  const both = add(g, q, curve)
  let sum = INFINITY
  for (let bit = curve.bytes * 8 - 1; bit >= 0; bit--) {
    sum = double(sum, curve)
    const one = (k >> BigInt(bit)) & 1n
    const other = (l >> BigInt(bit)) & 1n
    const term = one === 1n ? (other === 1n ? both : g) : other === 1n ? q : undefined
    if (term) sum = add(sum, term, curve)
  }
  return sum
}

const numberOf = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : hex(Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''))

/** Verifies a DER signature over a digest that is given instead of a message. The digest must be that of the curve's own hash or shorter than its order. */
export function verifyDigest(spki: Uint8Array, digest: Uint8Array, signature: Uint8Array): VerifyResult {
  const key = readSpki(spki)
  if (key.kind !== 'ec' || (key.curve !== 'P-256' && key.curve !== 'P-384'))
    return { result: 'unsupported', because: say('crypto.unsupported', { name: 'signature over a digest' }) }
  const curve = PARAMETERS[key.curve]
  const raw = derToP1363(signature, CURVES[key.curve].bytes)
  if (!raw) return { result: 'invalid', because: say('signature.not-der') }
  const r = numberOf(raw.subarray(0, curve.bytes))
  const s = numberOf(raw.subarray(curve.bytes))
  const { n, p } = curve
  if (r <= 0n || r >= n || s <= 0n || s >= n) return { result: 'invalid', because: say('signature.range') }
  const q = {
    x: numberOf(key.point.subarray(1, 1 + curve.bytes)),
    y: numberOf(key.point.subarray(1 + curve.bytes)),
    z: 1n,
  }
  if (q.x >= p || q.y >= p || mod(q.y * q.y - (q.x ** 3n - 3n * q.x + curve.b), p) !== 0n)
    return { result: 'invalid', because: say('crypto.bad-key') }
  const e = numberOf(digest.subarray(0, curve.bytes))
  const w = inverse(s, n)
  const sum = twice(mod(e * w, n), { x: curve.x, y: curve.y, z: 1n }, mod(r * w, n), q, curve)
  if (sum.z === 0n) return { result: 'invalid', because: say('signature.mismatch', {}, 'signature') }
  const z = inverse(sum.z, p)
  return mod(mod(sum.x * z * z, p), n) === r
    ? { result: 'valid', because: say('signature.holds') }
    : { result: 'invalid', because: say('signature.mismatch', {}, 'signature') }
}
