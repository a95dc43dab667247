import { joinBytes } from '../bytes/join.ts'
import { bytesOf, rangeOf, type ByteRange, type Slice } from '../core/place.ts'
import {
  bitStringOf,
  contentOf,
  isContext,
  isTag,
  octetStringOf,
  oidOf,
  readDer,
  readDerStrict,
  sequenceOf,
  TAG,
  type DerElement,
} from '../bytes/der.ts'
import { insideQuotes, member, parseJson, textOf, type JsonValue } from '../bytes/json.ts'
import { base64Text, readBase64 } from '../envelope/base64.ts'
import { readPem } from '../envelope/pem.ts'
import { readCoseKey } from './cose.ts'
import { CURVES, curveOf, ecSpki, ed25519Spki, OID_EC_KEY, rsaSpki } from './keys.ts'
import { readSpki } from './spki.ts'
import type { CurveName } from './types.ts'

/** A public key that somebody gave as a file: JWK, JWK set, a list of trust anchors around JWKs, PEM, DER or COSE_Key. */
export interface GivenKey {
  readonly spki: Uint8Array
  /** Where it stands in the file; a JWK's whole object. */
  readonly range: ByteRange
  /** `kid`, when it has one. */
  readonly keyId: string | undefined
  /** Plain texts that stand beside it in the file, such as `instance-id`: whom the key is for. Names as in the file. */
  readonly beside: readonly { readonly name: string; readonly text: string }[]
  /** The file holds the private half too. Only the public half is used. */
  readonly isPrivate: boolean
  /** `alg` and `use` of a JWK: what the key is meant for, and nothing else. */
  readonly algorithm?: string | undefined
  readonly use?: string | undefined
}

/** Most keys of one file. */
const KEYS = 256

/** Every public key in a file; nothing for a file that holds none. Never throws. */
export function readKeyFile(slice: Slice): GivenKey[] {
  const first = firstCharacter(slice)
  if (first === '{' || first === '[') return jsonKeys(slice)
  const text = new TextDecoder('latin1').decode(
    slice.bytes.subarray(slice.start, Math.min(slice.end, slice.start + 65_536)),
  )
  if (text.includes('-----BEGIN ')) return pemKeys(slice)
  const der = derKey(slice)
  if (der) return [{ ...der, range: rangeOf(slice), keyId: undefined, beside: [] }]
  const cose = readCoseKey(slice)
  return cose ? [{ spki: cose, range: rangeOf(slice), keyId: undefined, beside: [], isPrivate: false }] : []
}

function firstCharacter(slice: Slice): string {
  for (let at = slice.start; at < Math.min(slice.end, slice.start + 256); at++) {
    const byte = slice.bytes[at] ?? 0
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return String.fromCharCode(byte)
  }
  return ''
}

function jsonKeys(slice: Slice): GivenKey[] {
  const found: GivenKey[] = []
  const root = parseJson(slice).value
  const todo: { readonly value: JsonValue; readonly beside: GivenKey['beside'] }[] = root
    ? [{ value: root, beside: [] }]
    : []
  for (let next = todo.pop(); next && found.length < KEYS; next = todo.pop()) {
    const { value } = next
    if (value.kind === 'array')
      todo.push(...value.items.toReversed().map((item) => ({ value: item, beside: next?.beside ?? [] })))
    if (value.kind !== 'object') continue
    const spki = jwkSpki(value) ?? certificateKey(slice, value)
    if (spki) {
      found.push({
        spki,
        range: value.range,
        keyId: textOf(member(value, 'kid')),
        beside: next.beside,
        isPrivate: member(value, 'd') !== undefined,
        algorithm: textOf(member(value, 'alg')),
        use: textOf(member(value, 'use')),
      })
      continue
    }
    const beside = value.members.flatMap(({ key, value: inner }) =>
      inner.kind === 'string' ? [{ name: key, text: inner.text }] : [],
    )
    todo.push(...value.members.toReversed().map((one) => ({ value: one.value, beside })))
  }
  return found
}

const JWK_CURVES: readonly CurveName[] = ['P-256', 'P-384', 'P-521']

/** SubjectPublicKeyInfo of a JWK (RFC 7518); undefined for an object that is none, or of a kind that is not known. */
export function jwkSpki(value: JsonValue): Uint8Array | undefined {
  const part = (name: string) => base64Url(textOf(member(value, name)))
  switch (textOf(member(value, 'kty')) ?? '') {
    case 'EC': {
      const curve = JWK_CURVES.find((name) => name === textOf(member(value, 'crv')))
      const x = part('x')
      const y = part('y')
      return curve && x && y && x.length === CURVES[curve].bytes && y.length === x.length
        ? ecSpki(curve, joinBytes([x, y]))
        : undefined
    }
    case 'OKP': {
      const x = part('x')
      return textOf(member(value, 'crv')) === 'Ed25519' && x?.length === 32 ? ed25519Spki(x) : undefined
    }
    case 'RSA': {
      const n = part('n')
      const e = part('e')
      return n && e ? rsaSpki(n, e) : undefined
    }
    default:
      return undefined
  }
}

/** A JWK may leave its numbers out and carry a certificate instead (RFC 7517 section 4.7). */
function certificateKey(slice: Slice, value: JsonValue): Uint8Array | undefined {
  const list = textOf(member(value, 'kty')) === undefined ? undefined : member(value, 'x5c')
  const first = list?.kind === 'array' ? list.items[0] : undefined
  if (first?.kind !== 'string' || first.isEscaped) return undefined
  const read = readBase64(insideQuotes(slice, first))
  // Certificate ::= SEQUENCE { tbs, …}; the key stands behind serial, algorithm, issuer, validity and subject (RFC 5280 section 4.1).
  const members = read && sequenceOf(sequenceOf(readDer(read.slice).element)?.[0])
  const key = members?.[isContext(members[0], 0) ? 6 : 5]
  return key && sequenceOf(key) ? key.content.bytes.slice(key.range.start, key.range.end) : undefined
}

function base64Url(text: string | undefined): Uint8Array | undefined {
  const read = text === undefined ? undefined : base64Text(text)
  return read && bytesOf(read.slice)
}

function pemKeys(slice: Slice): GivenKey[] {
  return readPem(slice, '')
    .blocks.slice(0, KEYS)
    .flatMap((block) => {
      const key = derKey(block.slice)
      return key ? [{ ...key, range: block.range, keyId: undefined, beside: [] }] : []
    })
}

/** SubjectPublicKeyInfo, or a private key (SEC 1, PKCS #8) that names its public half. */
function derKey(slice: Slice): { readonly spki: Uint8Array; readonly isPrivate: boolean } | undefined {
  const element = readDerStrict(slice)
  const members = sequenceOf(element)
  if (!element || !members) return undefined
  const kind = readSpki(bytesOf(slice)).kind
  if (kind !== 'refused' && kind !== 'unknown') return { spki: bytesOf(slice), isPrivate: false }
  const inner = isTag(members[0], TAG.integer) && sequenceOf(members[1]) ? octetStringOf(members[2]) : undefined
  const [algorithm, parameters] = sequenceOf(members[1]) ?? []
  const outerCurve = oidOf(algorithm) === OID_EC_KEY ? oidOf(parameters) : undefined
  const spki = sec1Spki(inner ? sequenceOf(readDerStrict(inner)) : members, outerCurve)
  return spki && { spki, isPrivate: true }
}

/** RFC 5915: the public point is optional, the curve may stand outside. */
function sec1Spki(members: readonly DerElement[] | undefined, outerCurve: string | undefined): Uint8Array | undefined {
  const of = (number: number) => members?.find((one) => isContext(one, number))?.children?.[0]
  const curve = curveOf(oidOf(of(0)) ?? outerCurve ?? '')
  const point = bitStringOf(of(1))
  const version = members?.[0]
  if (!curve || !point || !version || !isTag(version, TAG.integer) || contentOf(version)[0] !== 1) return undefined
  return ecSpki(curve, bytesOf(point.slice))
}
