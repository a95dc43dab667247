import { say } from '../../core/saying.ts'
import { subSlice, type Slice } from '../../core/place.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { cborOf, headText, onBytes, onText } from '../../bytes/head.ts'
import { readCbor, type CborItem } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import { parseJson, member, type JsonValue } from '../../bytes/json.ts'
import { findText, latin1 } from '../../envelope/characters.ts'
import { contentTypeOf, readCose, valueAt, withoutTags } from '../../envelope/cose.ts'
import { isClaim } from './claims.ts'
import { isCborCmw, isJsonCmw, isSignedCmw } from './cmw.ts'
import { diagnosticWords } from './diagnostic.ts'
import { FORMATS } from './formats.ts'
import { marks } from './inside.ts'

/** Detectors look at this much and no more. */
const HEAD = 65_536

const head = (slice: Slice): Slice => subSlice(slice, 0, HEAD)
const isSmall = (slice: Slice) => slice.end - slice.start <= HEAD
/** A service that changes its key every day publishes sets of some dozen keys with their certificates. */
const KEY_FILE = 1_048_576

/** First character that is no white space. */
function firstCharacter(slice: Slice): number {
  for (let at = slice.start; at < Math.min(slice.end, slice.start + 256); at++)
    if ((slice.bytes[at] ?? 0) > 0x20) return slice.bytes[at] ?? 0
  return 0
}

/** Content types under which claims are signed: none, a number, or one of these. A signed CoRIM is a COSE message around a map too, and says another. */
const CLAIMS_TYPE = /^(?:$|(?:application\/)?(?:cwt|eat)\b|application\/cbor\b)/

/** Any other COSE message whose payload is a map with claims that IANA names. */
const cwt: Detector = (slice) => {
  const first = slice.bytes[slice.start]
  if (first !== 0xd2 && first !== 0xd1 && first !== 0x84 && first !== 0xd8 && first !== 0x9f) return undefined
  const { message } = readCose(head(slice))
  const { item } = withoutTags(message?.payload && readCbor(embeddedSlice(message.payload).slice).item)
  if (!message || item?.kind !== 'map' || !CLAIMS_TYPE.test(contentTypeOf(message))) return undefined
  const known = item.entries.filter(isClaim).length
  return known > 0
    ? { format: FORMATS.cwt, score: known > 2 ? 0.85 : 0.7, because: say('detect.eat.cwt', { known }) }
    : undefined
}

/** A record, or an object whose first member could be one: most JSON is told apart here, before it is read. */
const CMW_START = /^\s*(?:\[|\{\s*"(?:__cmwc_t"|(?:[^"\\]|\\.)*"\s*:\s*[[{]))/

const cmwJson: Detector = (slice) => {
  const first = firstCharacter(slice)
  return (first === 0x5b || first === 0x7b) &&
    isSmall(slice) &&
    CMW_START.test(latin1(slice.bytes, slice.start, Math.min(slice.end, slice.start + 2048))) &&
    isJsonCmw(slice)
    ? { format: FORMATS.cmwJson, score: 0.9, because: say('detect.eat.cmw') }
    : undefined
}

const cmwCbor: Detector = (slice) => {
  const major = (slice.bytes[slice.start] ?? 0) >> 5
  return major >= 4 && major <= 6 && slice.end - slice.start >= 3 && isCborCmw(cborOf(slice), slice.end)
    ? { format: FORMATS.cmwCbor, score: 0.9, because: say('detect.eat.cmw') }
    : undefined
}

/** A COSE message around a record or a collection (signed-cbor-cmw). */
const cmwSigned: Detector = (slice) => {
  const first = slice.bytes[slice.start]
  return (first === 0xd2 || first === 0x84) && isSignedCmw(slice)
    ? { format: FORMATS.cmwSigned, score: 0.9, because: say('detect.eat.cmw-signed') }
    : undefined
}

/** OID 1.3.6.1.5.5.7.1.35 inside a certificate. */
const CMW_OID = String.fromCharCode(0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x23)

const cmwCertificate: Detector = (slice) => {
  if (slice.bytes[slice.start] !== 0x30 || slice.bytes[slice.start + 1] !== 0x82) return undefined
  return findText(slice.bytes, slice.start, Math.min(slice.end, slice.start + HEAD), CMW_OID) >= 0
    ? { format: FORMATS.cmwCertificate, score: 0.95, because: say('detect.eat.cmw-certificate') }
    : undefined
}

const diagnostic: Detector = (slice) => {
  const first = firstCharacter(slice)
  const isLikely = first === 0x5b || first === 0x7b || (first >= 0x30 && first <= 0x39)
  return isLikely && isSmall(slice) && diagnosticWords(slice)
    ? { format: FORMATS.diagnostic, score: 0.6, because: say('detect.eat.diagnostic') }
    : undefined
}

/** JWK, JWK set, or a list of trust anchors around JWKs; COSE_Key. */
const keyFile: Detector = (slice) => {
  if (slice.end - slice.start > KEY_FILE) return undefined
  const first = firstCharacter(slice)
  if (first === 0x7b || first === 0x5b) {
    if (!headText(slice).includes('"kty"')) return undefined
    return isKeyList(parseJson(slice).value)
      ? { format: FORMATS.keyFile, score: 0.7, because: say('detect.eat.jwk') }
      : undefined
  }
  if (first >> 5 !== 5) return undefined
  const reading = cborOf(slice)
  const isKey =
    reading.item?.kind === 'map' &&
    reading.isWhole &&
    reading.end === slice.end &&
    valueAt(reading.item.entries, 1)?.kind === 'int' &&
    valueAt(reading.item.entries, -1) !== undefined &&
    valueAt(reading.item.entries, -2) !== undefined
  return isKey ? { format: FORMATS.keyFile, score: 0.8, because: say('detect.eat.cose-key') } : undefined
}

const isKey = (value: JsonValue) => value.kind === 'object' && member(value, 'kty') !== undefined

function isKeyList(value: JsonValue | undefined): boolean {
  if (!value) return false
  if (isKey(value)) return true
  const keys = member(value, 'keys')
  if (keys?.kind === 'array') return keys.items.length > 0 && keys.items.every(isKey)
  return (
    value.kind === 'array' &&
    value.items.length > 0 &&
    value.items.every((item) => isKey(item) || (item.kind === 'object' && item.members.some((one) => isKey(one.value))))
  )
}

/** One whole array, map or tag, and nothing else: shown as CBOR when nobody knows more. */
const cbor: Detector = (slice) => {
  const major = (slice.bytes[slice.start] ?? 0) >> 5
  if (major < 4 || major > 6 || slice.end - slice.start < 3) return undefined
  const reading = cborOf(slice)
  return reading.isWhole && reading.end === slice.end && reading.problems.length === 0 && isStructured(reading.item)
    ? { format: FORMATS.cbor, score: 0.35, because: say('detect.eat.cbor') }
    : undefined
}

function isStructured(item: CborItem | undefined): boolean {
  const { item: inner } = withoutTags(item)
  return (inner?.kind === 'map' && inner.entries.length > 0) || (inner?.kind === 'array' && inner.items.length > 1)
}

/** Tokens of no known profile, and the wrappers around conceptual messages. */
export const entry: SchemeEntry = {
  id: 'eat',
  formats: Object.values(FORMATS),
  detectors: [
    onBytes(cwt),
    onText(cmwJson),
    cmwCbor,
    onBytes(cmwSigned),
    onBytes(cmwCertificate),
    onText(diagnostic),
    keyFile,
    cbor,
  ],
  marks,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
