import { bitString, integer, nothing, oid, sequence } from '../bytes/der-writer.ts'
import { fromHex } from '../bytes/layout.ts'
import type { CurveName } from './types.ts'

export const OID_EC_KEY = '1.2.840.10045.2.1'
export const OID_RSA_KEY = '1.2.840.113549.1.1.1'
export const OID_RSA_PSS = '1.2.840.113549.1.1.10'
export const OID_ED25519 = '1.3.101.112'

/** Curves that are known here: OID, bytes of one coordinate, and the order of the base point. */
export const CURVES: Readonly<
  Record<CurveName, { readonly oid: string; readonly bytes: number; readonly order: Uint8Array }>
> = {
  'P-256': {
    oid: '1.2.840.10045.3.1.7',
    bytes: 32,
    order: hex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
  },
  'P-384': {
    oid: '1.3.132.0.34',
    bytes: 48,
    order: hex('ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973'),
  },
  'P-521': {
    oid: '1.3.132.0.35',
    bytes: 66,
    order: hex(
      '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
    ),
  },
  SM2: {
    oid: '1.2.156.10197.1.301',
    bytes: 32,
    order: hex('fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123'),
  },
}

function hex(text: string): Uint8Array {
  return fromHex(text) ?? new Uint8Array()
}

/** The curve with that OID. */
export function curveOf(oidText: string): CurveName | undefined {
  return CURVE_NAMES.find((name) => CURVES[name].oid === oidText)
}
const CURVE_NAMES: readonly CurveName[] = ['P-256', 'P-384', 'P-521', 'SM2']

/** SubjectPublicKeyInfo of an elliptic-curve point, given as x ‖ y or as 04 ‖ x ‖ y. The point is not looked at: a wrong one makes a key that verifies nothing. */
export function ecSpki(curve: CurveName, point: Uint8Array): Uint8Array<ArrayBuffer> {
  const { bytes } = CURVES[curve]
  const whole = new Uint8Array(point.length === 2 * bytes ? point.length + 1 : point.length)
  if (whole.length > point.length) whole[0] = 4
  whole.set(point, whole.length - point.length)
  return sequence(ecAlgorithm(curve), bitString(whole))
}

const ecAlgorithms = new Map<CurveName, Uint8Array<ArrayBuffer>>()

function ecAlgorithm(curve: CurveName): Uint8Array<ArrayBuffer> {
  const known = ecAlgorithms.get(curve) ?? sequence(oid(OID_EC_KEY), oid(CURVES[curve].oid))
  ecAlgorithms.set(curve, known)
  return known
}

/** SubjectPublicKeyInfo of an RSA key from the big-endian bytes of modulus and exponent. */
export function rsaSpki(n: Uint8Array, e: Uint8Array): Uint8Array<ArrayBuffer> {
  return sequence(sequence(oid(OID_RSA_KEY), nothing()), bitString(sequence(integer(n), integer(e))))
}

/** SubjectPublicKeyInfo of an Ed25519 key from its 32 bytes. */
export function ed25519Spki(key: Uint8Array): Uint8Array<ArrayBuffer> {
  return sequence(sequence(oid(OID_ED25519)), bitString(key))
}
