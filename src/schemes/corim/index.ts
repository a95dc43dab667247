import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import type { CborItem } from '../../bytes/cbor.ts'
import { cborOf, onBytes } from '../../bytes/head.ts'
import { latin1 } from '../../envelope/characters.ts'
import { valueAt, withoutTags } from '../../envelope/cose.ts'
import { FORMATS } from './formats.ts'

const TAGS: Readonly<Record<string, string>> = {
  '501': FORMATS.unsigned,
  '506': FORMATS.comid,
  '570': FORMATS.contents,
  '571': FORMATS.evidence,
}

/** The content type in the signed header; it stands near the front, also where the rest was mangled. */
const signed: Detector = (slice) => {
  const first = slice.bytes[slice.start]
  if (first !== 0xd2 && first !== 0x84 && first !== 0xd9 && first !== 0xef) return undefined
  return latin1(slice.bytes, slice.start, Math.min(slice.end, slice.start + 96)).includes('application/rim+cbor')
    ? { format: FORMATS.signed, score: 0.97, because: say('detect.corim.signed') }
    : undefined
}

/** Tags of their own. */
const tagged: Detector = (slice) => {
  if (slice.bytes[slice.start] !== 0xd9) return undefined
  const tag = 256 * (slice.bytes[slice.start + 1] ?? 0) + (slice.bytes[slice.start + 2] ?? 0)
  const format = TAGS[String(tag)]
  return format === undefined ? undefined : { format, score: 0.97, because: say('detect.corim.tag', { tag }) }
}

const isMap = (item: CborItem | undefined): item is CborItem & { kind: 'map' } => item?.kind === 'map'

/** Bare maps of older tools: tags in byte strings below 1, or triples below 4. */
const bare: Detector = (slice) => {
  const first = slice.bytes[slice.start] ?? 0
  if (first < 0xa2 || first > 0xb7 || slice.end - slice.start > 1 << 20) return undefined
  const { item } = cborOf(slice)
  if (!isMap(item)) return undefined
  const tags = valueAt(item.entries, 1)
  const held = tags?.kind === 'array' ? tags.items[0] : undefined
  const inner = held?.kind === 'bytes' ? held.content : undefined
  if (
    (inner &&
      inner.bytes[inner.start] === 0xd9 &&
      inner.bytes[inner.start + 1] === 0x01 &&
      (inner.bytes[inner.start + 2] ?? 0) >= 0xf9) ||
    (held?.kind === 'tag' && held.tag >= 505n && held.tag <= 508n)
  )
    return { format: FORMATS.unsigned, score: 0.95, because: say('detect.corim.map') }
  const triples = withoutTags(valueAt(item.entries, 4)).item
  return isMap(tags) && isMap(triples) && valueAt(tags.entries, 0) !== undefined
    ? { format: FORMATS.comid, score: 0.9, because: say('detect.corim.comid') }
    : undefined
}

/** Reference values of several vendors in CBOR: CoRIM and CoMID, and evidence in the same form. */
export const entry: SchemeEntry = {
  id: 'corim',
  formats: Object.values(FORMATS),
  detectors: [onBytes(signed), onBytes(tagged), onBytes(bare)],
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
