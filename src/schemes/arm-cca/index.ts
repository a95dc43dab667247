import { say } from '../../core/saying.ts'
import { subSlice, type Slice } from '../../core/place.ts'
import type { Detection, Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onBytes, onText } from '../../bytes/head.ts'
import { readCbor, type CborEntry } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import { findText } from '../../envelope/characters.ts'
import { readCose, valueAt, withoutTags } from '../../envelope/cose.ts'
import { FORMATS } from './formats.ts'
import { marks } from './inside.ts'

/** Detectors look at this much and no more. */
const HEAD = 65_536

const found = (format: string, score: number, reason: string): Detection => ({ format, score, because: say(reason) })

/** Tag 399 around a map whose one key is the realm's: what virtCCA writes. */
const ONLY_REALM = [0xd9, 0x01, 0x8f, 0xa1, 0x19, 0xac, 0xd1]

/** d9 018f (tag 399) or d9 038b (tag 907), then a map. */
const token: Detector = ({ bytes, start, end }) => {
  if (end - start < 8 || bytes[start] !== 0xd9) return undefined
  const tag = ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0)
  const isMap = (bytes[start + 3] ?? 0) >> 5 === 5
  if ((tag !== 399 && tag !== 907) || !isMap) return undefined
  if (ONLY_REALM.every((byte, i) => bytes[start + i] === byte)) return found(FORMATS.virt, 1, 'detect.cca.virtcca')
  return found(FORMATS.token, 1, tag === 399 ? 'detect.cca.tag399' : 'detect.cca.tag907')
}

/** One of the two tokens on its own, or the claims of a platform without a signature. */
const part: Detector = (slice) => {
  const first = slice.bytes[slice.start]
  const isLikely = first === 0xd2 || first === 0x84 || (first ?? 0) >> 5 === 5
  if (!isLikely || slice.end - slice.start < 64) return undefined
  const head = subSlice(slice, 0, HEAD)
  const { message } = readCose(head)
  const entries = message?.payload ? entriesOf(embeddedSlice(message.payload).slice) : entriesOf(head)
  if (!entries) return undefined
  const has = (key: number) => valueAt(entries, key) !== undefined
  if (has(44237) && has(44238)) return message ? found(FORMATS.realm, 0.95, 'detect.cca.realm') : undefined
  if (!has(2396) || !has(2401)) return undefined
  return message
    ? found(FORMATS.platform, 0.95, 'detect.cca.platform')
    : found(FORMATS.claims, 0.9, 'detect.cca.claims')
}

function entriesOf(slice: Slice): readonly CborEntry[] | undefined {
  const { item } = withoutTags(readCbor(slice).item)
  return item?.kind === 'map' ? item.entries : undefined
}

/** Claims as a verifier prints them. */
const claimsJson: Detector = (slice) => {
  const text = headText(slice)
  if (!/^[\0- ]{0,64}\{/.test(text) || !text.includes('"cca-platform-implementation-id"')) return undefined
  return found(FORMATS.claimsJson, 0.9, 'detect.cca.claims-json')
}

/** virtCCA's evidence: the token and the device's certificate as JSON members. */
const virtEvidence: Detector = (slice) => {
  if (
    slice.bytes[slice.start] !== 0x7b ||
    !headText(slice).includes('"evidence"') ||
    findText(slice.bytes, slice.start, slice.end, '"dev_cert"') < 0
  )
    return undefined
  return found(FORMATS.virtEvidence, 0.9, 'detect.cca.virtcca-evidence')
}

/** Arm CCA: tokens of a platform and of a realm, and virtCCA's, which have the same shape. */
export const entry: SchemeEntry = {
  id: 'arm-cca',
  formats: Object.values(FORMATS),
  detectors: [onBytes(token), onBytes(part), onText(claimsJson), onText(virtEvidence)],
  marks,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
