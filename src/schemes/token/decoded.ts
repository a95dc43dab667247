import type { FieldNode, Problem } from '../../core/field.ts'
import { bytesOf, type Located, type Slice, type Space } from '../../core/place.ts'
import { say, type Saying } from '../../core/saying.ts'
import type { Inner } from '../../core/scheme.ts'
import { member, parseJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { base64Text, readBase64 } from '../../envelope/base64.ts'
import { readCompactJws, readJws, type JwsMessage, type JwsPart } from '../../envelope/jws.ts'
import { jwkSpki } from '../../crypto/key-file.ts'
import { readCertificate } from '../../pki/certificate.ts'
import type { Certificate } from '../../pki/types.ts'
import { located, memberAt } from './json-path.ts'

/** One part of a token as JSON. */
export interface TokenPart {
  readonly slice: Slice
  readonly value: JsonValue | undefined
  readonly problems: readonly Problem[]
}

/** A token taken apart. Every member is undefined where the bytes do not allow it. */
export interface Token {
  readonly slice: Slice
  readonly message: JwsMessage | undefined
  readonly header: TokenPart | undefined
  readonly payload: TokenPart | undefined
  /** Of a token that breaks off: the space of its header. */
  readonly openSpaces: readonly Space[]
  readonly signature: Slice | undefined
  readonly signingInput: Uint8Array
  /** Certificates of `x5c`, leaf first. */
  readonly certificates: readonly Certificate[]
  readonly certificateSpaces: readonly Space[]
  /** Keys that the token brings itself, in the header or as a claim. Never relied on. */
  readonly ownKeys: readonly { readonly spki: Uint8Array; readonly where: 'header' | 'payload' }[]
  /** Why it does not have the form of a token, where it has not. */
  readonly formFaults: readonly Saying[]
}

const NOTHING = new Uint8Array()
const CERTIFICATES = 8

/** Takes a token apart. Never throws. */
export function readToken(slice: Slice): Token {
  const message = readJws(slice)
  const [first] = message?.signatures ?? []
  const open = first ? undefined : openHeader(slice)
  const header = partOf(first?.header ?? open)
  const payload = partOf(message?.payload)
  const chain = certificatesOf(header)
  return {
    slice,
    message,
    header,
    payload,
    openSpaces: open?.space ? [open.space] : [],
    signature: first?.signature.slice,
    signingInput: first?.signingInput ?? NOTHING,
    certificates: chain.certificates,
    certificateSpaces: chain.spaces,
    ownKeys: [...ownKey(member(header?.value, 'jwk'), 'header'), ...ownKey(member(payload?.value, 'jwk'), 'payload')],
    formFaults: formFaults(slice, message, header, payload),
  }
}

function partOf(part: JwsPart | undefined): TokenPart | undefined {
  if (!part?.slice) return undefined
  const { value, problems } = parseJson(part.slice)
  return { slice: part.slice, value, problems }
}

function ownKey(value: JsonValue | undefined, where: 'header' | 'payload'): Token['ownKeys'] {
  const spki = value?.kind === 'object' ? jwkSpki(value) : undefined
  return spki ? [{ spki, where }] : []
}

const DOT = 0x2e

/** The header of a token that ends within its claims: all that is whole of it. */
function openHeader(slice: Slice): JwsPart | undefined {
  const within = slice.bytes.subarray(0, slice.end)
  const dot = within.indexOf(DOT, slice.start)
  if (dot <= slice.start || within.indexOf(DOT, dot + 1) >= 0) return undefined
  const text = { ...slice, end: dot }
  const read = readBase64(text, { url: true })
  return read && { text, space: read.space, slice: read.slice }
}

/** Bytes of signatures by algorithm; those of RSA are as long as the key, which is some multiple of 64. */
const SIGNATURE_BYTES: Readonly<Record<string, number>> = { ES256: 64, ES384: 96, ES512: 132, EdDSA: 64 }
const RSA_STEP = 64

/** Where a token breaks off; undefined where it does not look as if it did. */
function cutOf(slice: Slice, message: JwsMessage | undefined, header: TokenPart | undefined): Saying | undefined {
  const at = `0x${(slice.end - slice.start).toString(16)}`
  if (!message) {
    const within = slice.bytes.subarray(0, slice.end)
    const dot = within.indexOf(DOT, slice.start)
    if (slice.bytes[slice.start] !== 0x65) return undefined
    if (dot < 0) return say('jwt.cut-header', { at }, 'cut-off')
    return header && within.indexOf(DOT, dot + 1) < 0 ? say('jwt.cut-claims', { at }, 'cut-off') : undefined
  }
  const alg = textOf(member(header?.value, 'alg')) ?? ''
  const text = message.signatures[0]?.signature.text
  if (message.form !== 'compact' || !text || !Object.hasOwn(SIGNATURE_BYTES, alg) === !/^[RP]S\d/.test(alg))
    return undefined
  const found = Math.floor(((text.end - text.start) * 3) / 4)
  const least = SIGNATURE_BYTES[alg] ?? Math.max(2, Math.ceil(found / RSA_STEP)) * RSA_STEP
  return found < least ? say('jwt.cut-signature', { at, found, least }, 'cut-off') : undefined
}

function formFaults(
  slice: Slice,
  message: JwsMessage | undefined,
  header: TokenPart | undefined,
  payload: TokenPart | undefined,
): Saying[] {
  const cut = cutOf(slice, message, header)
  if (!message) return [cut ?? say('jwt.not-three-parts')]
  const faults: Saying[] = cut ? [cut] : []
  if (message.problems.length > 0) faults.push(say('jwt.base64url'))
  if (header?.value?.kind !== 'object') faults.push(say('jwt.header-not-object'))
  if (payload?.value?.kind !== 'object') faults.push(say('jwt.payload-not-object'))
  return faults
}

/** `x5c` is standard base64, not the URL alphabet (RFC 7515 section 4.1.6). */
function certificatesOf(header: TokenPart | undefined): {
  readonly certificates: readonly Certificate[]
  readonly spaces: readonly Space[]
} {
  const list = member(header?.value, 'x5c')
  const certificates: Certificate[] = []
  const spaces: Space[] = []
  for (const item of list?.kind === 'array' ? list.items.slice(0, CERTIFICATES) : []) {
    if (item.kind !== 'string' || item.isEscaped || !header) continue
    const read = readBase64({ ...header.slice, start: item.range.start + 1, end: item.range.end - 1 })
    const certificate = read && readCertificate(read.slice)
    if (!certificate) continue
    certificates.push(certificate)
    spaces.push(read.space)
  }
  return { certificates, spaces }
}

/** A header member as text. */
export function headerText(token: Token, name: string): string | undefined {
  return textOf(member(token.header?.value, name))
}

/** `kid` as text; RFC 7515 wants a string, and some wrote a number. */
export function keyIdOf(token: Token): { readonly text: string | undefined; readonly isText: boolean } {
  const kid = member(token.header?.value, 'kid')
  if (kid?.kind === 'number') return { text: kid.text, isText: false }
  return { text: textOf(kid), isText: kid === undefined || kid.kind === 'string' }
}

/** A claim by its dotted name. */
export function claim(token: Token, name: string): JsonValue | undefined {
  return memberAt(token.payload?.value, name)
}

/** A claim that is a string. */
export function textClaim(token: Token, name: string): Located<string> | undefined {
  const value = claim(token, name)
  return value?.kind === 'string' ? located(`payload.${name}`, value.range, value.text) : undefined
}

/** NumericDate (RFC 7519 section 2) in milliseconds; `odd` when the member is there and is no such number. */
export function dateClaim(token: Token, name: 'iat' | 'nbf' | 'exp'): Located<number> | 'odd' | undefined {
  const value = member(token.payload?.value, name)
  if (value === undefined) return undefined
  const seconds = value.kind === 'number' ? Number(value.text) : Number.NaN
  return Number.isFinite(seconds) && Math.abs(seconds) < 8e12
    ? located(`payload.${name}`, value.range, Math.floor(seconds * 1000))
    : 'odd'
}

/** Bytes written as hex or as base64 of either alphabet. */
export function bytesOfText(text: string): Uint8Array | undefined {
  const hex = /^(?:0x)?((?:[0-9a-fA-F]{2})+)$/.exec(text)?.[1]
  if (hex !== undefined && hex.length >= 16)
    return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  const read = text.length > 0 ? base64Text(text) : undefined
  return read && bytesOf(read.slice)
}

/** The certificates as artifacts of their own: some carry evidence about the service itself. */
export function innerOf(token: Token): Inner[] {
  return token.certificates.map((certificate, i): Inner => ({
    slice: certificate.slice,
    name: `x5c[${i}]`,
    origin: 'embedded',
  }))
}

/** Nodes of a compact token around the trees of its parts; undefined for the other forms. */
export function compactNode(
  slice: Slice,
  children: { readonly header?: FieldNode; readonly payload?: FieldNode },
): FieldNode | undefined {
  return readCompactJws(slice)?.node('', children)
}
