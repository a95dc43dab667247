import { sliceOf, bytesOf } from '../core/place.ts'
import { say, type Saying } from '../core/saying.ts'
import { bitStringOf, contentOf, isTag, oidOf, readDerStrict, sequenceOf, TAG, type DerElement } from '../bytes/der.ts'
import { CURVES, curveOf, OID_EC_KEY, OID_ED25519, OID_RSA_KEY, OID_RSA_PSS } from './keys.ts'
import { readPssParameters, type PssParameters } from './pss.ts'
import type { CurveName } from './types.ts'

/** A public key, as far as it can be used. `refused` is a key that proves nothing whoever signs with it; `unknown` is one that we cannot use. */
export type PublicKey =
  | { readonly kind: 'ec'; readonly curve: CurveName; readonly point: Uint8Array }
  | {
      readonly kind: 'rsa'
      readonly bits: number
      readonly modulus: Uint8Array
      readonly exponent: Uint8Array
      readonly pss: PssParameters | 'any' | undefined
    }
  | { readonly kind: 'ed25519' }
  | { readonly kind: 'unknown'; readonly name: string }
  | { readonly kind: 'refused'; readonly name: string; readonly because: Saying }

/** Shortest RSA modulus that is accepted, in bits. */
export const RSA_MIN_BITS = 2048
/** Longest one: the work grows with its cube. */
export const RSA_MAX_BITS = 8192
/** Named curves that are too small for a signature to mean anything. */
const WEAK_CURVES: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.1': 'P-192',
  '1.3.132.0.33': 'P-224',
  '1.3.132.0.6': 'secp112r1',
  '1.3.132.0.8': 'secp160r1',
  '1.3.132.0.31': 'secp192k1',
}

/** Reads a SubjectPublicKeyInfo strictly. */
export function readSpki(spki: Uint8Array): PublicKey {
  return publicKeyOf(readDerStrict(sliceOf('', spki)))
}

/** The same for an element that was already read. */
export function publicKeyOf(element: DerElement | undefined): PublicKey {
  const [algorithm, bits, ...more] = sequenceOf(element) ?? []
  const [name, parameters, ...moreParameters] = sequenceOf(algorithm) ?? []
  const oid = oidOf(name)
  const key = bitStringOf(bits)
  if (oid === undefined || !key || key.unused !== 0 || more.length > 0 || moreParameters.length > 0)
    return refused('', 'crypto.bad-key')
  switch (oid) {
    case OID_EC_KEY:
      return ecKey(parameters, bytesOf(key.slice))
    case OID_RSA_KEY:
      return isTag(parameters, TAG.null)
        ? rsaKey(readDerStrict(key.slice), undefined)
        : refused('rsa', 'crypto.bad-key')
    case OID_RSA_PSS: {
      const pss = parameters === undefined ? ('any' as const) : readPssParameters(parameters)
      return pss === undefined ? { kind: 'unknown', name: 'rsa-pss' } : rsaKey(readDerStrict(key.slice), pss)
    }
    case OID_ED25519:
      return parameters === undefined && key.slice.end - key.slice.start === 32
        ? { kind: 'ed25519' }
        : refused('ed25519', 'crypto.bad-key')
    default:
      return { kind: 'unknown', name: oid }
  }
}

function refused(name: string, text: string, params: Saying['params'] = {}): PublicKey {
  return { kind: 'refused', name, because: say(text, params, text === 'crypto.weak-key' ? 'key-weak' : undefined) }
}

function ecKey(parameters: DerElement | undefined, point: Uint8Array): PublicKey {
  if (isTag(parameters, TAG.sequence)) return refused('ec:explicit', 'crypto.explicit-curve')
  const oid = oidOf(parameters)
  if (oid === undefined) return refused('ec', 'crypto.bad-key')
  const weak = Object.hasOwn(WEAK_CURVES, oid) ? WEAK_CURVES[oid] : undefined
  if (weak !== undefined) return refused(`ec:${weak}`, 'crypto.weak-key', { key: weak })
  const curve = curveOf(oid)
  if (!curve) return { kind: 'unknown', name: `ec:${oid}` }
  const { bytes } = CURVES[curve]
  // Compressed points are legal but no vendor writes them, and platforms differ in what they do with one.
  if (point.length === bytes + 1 && (point[0] === 2 || point[0] === 3))
    return { kind: 'unknown', name: `ec:${curve}:compressed` }
  return point.length === 2 * bytes + 1 && point[0] === 4
    ? { kind: 'ec', curve, point }
    : refused(`ec:${curve}`, 'crypto.bad-key')
}

function rsaKey(element: DerElement | undefined, pss: PssParameters | 'any' | undefined): PublicKey {
  const [n, e, ...more] = sequenceOf(element) ?? []
  if (!isTag(n, TAG.integer) || !isTag(e, TAG.integer) || more.length > 0) return refused('rsa', 'crypto.bad-key')
  const modulus = unsigned(contentOf(n))
  const exponent = unsigned(contentOf(e))
  const top = modulus?.[0] ?? 0
  if (!modulus || !exponent || top === 0) return refused('rsa', 'crypto.bad-key')
  const bits = modulus.length * 8 - Math.clz32(top) + 24
  const isOdd = (bytes: Uint8Array) => ((bytes.at(-1) ?? 0) & 1) === 1
  if (!isOdd(modulus) || !isOdd(exponent) || (exponent.length === 1 && (exponent[0] ?? 0) < 3))
    return refused(`rsa:${bits}`, 'crypto.bad-key')
  if (bits < RSA_MIN_BITS) return refused(`rsa:${bits}`, 'crypto.weak-key', { key: `RSA-${bits}` })
  return bits > RSA_MAX_BITS || exponent.length > 8
    ? { kind: 'unknown', name: `rsa:${bits}` }
    : { kind: 'rsa', bits, modulus, exponent, pss }
}

function unsigned(content: Uint8Array): Uint8Array | undefined {
  if ((content[0] ?? 0x80) >= 0x80) return undefined
  return content[0] === 0 && content.length > 1 ? content.subarray(1) : content
}

/** `ec:P-256`, `rsa:4096`, `ed25519`, or the OID of an unknown one. */
export function keyKindOf(key: PublicKey): string {
  switch (key.kind) {
    case 'ec':
      return `ec:${key.curve}`
    case 'rsa':
      return `rsa:${key.bits}`
    case 'ed25519':
      return 'ed25519'
    case 'unknown':
    case 'refused':
      return key.name
  }
}
