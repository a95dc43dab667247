import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { cborOf, headText, onBytes, onText } from '../../bytes/head.ts'
import { EVENT_TYPES } from './event-types.ts'
import { FORMATS } from './formats.ts'
import { isCelCbor } from './cel-cbor-read.ts'
import { readCelTlv } from './cel-tlv-read.ts'
import { readImaBinary } from './ima-read.ts'
import { marks } from './inside.ts'
import { isScale } from './scale-read.ts'
import { readTcg, startsWith } from './tcg.ts'

/** As many events as tell whose log it is. */
const LOOK = 64

/** A header that names its algorithms, or events in a row whose lengths and types fit. */
const tcg: Detector = (slice) => {
  if (slice.end - slice.start < 32) return undefined
  const log = readTcg(slice, LOOK)
  if (log.form === 'tcg2')
    return { format: log.isCc ? FORMATS.cc : FORMATS.tcg2, score: 1, because: say('detect.log.tcg2') }
  const plain = log.events.filter((event) => event.type in EVENT_TYPES && event.register <= 24)
  const isWhole = log.stopped === undefined || log.stopped === 'too-many'
  const fits = plain.length === log.events.length && (plain.length >= 4 || (isWhole && plain.length > 0))
  // Numbers and zeros of other structures fit by chance; digests do not look like them.
  const extended = log.events.filter((event) => event.type !== 3)
  const isDigest =
    extended.length > 0 && extended.every((event) => new Set(event.digests[0]?.value).size > 8 && event.type !== 2)
  return fits && isDigest
    ? { format: FORMATS.tcg12, score: isWhole ? 0.95 : 0.7, because: say('detect.log.tcg12') }
    : undefined
}

/** The ACPI table: its name and its length of 56. */
const table: Detector = (slice) =>
  startsWith(slice, slice.start, 'CCEL') && slice.bytes[slice.start + 4] === 56
    ? { format: FORMATS.ccelTable, score: 1, because: say('detect.log.ccel') }
    : undefined

/** Record numbers, a register, digests and a content that fill one another exactly. */
const cel: Detector = (slice) => {
  if (slice.bytes[slice.start] !== 0 || slice.end - slice.start < 24) return undefined
  const records = [...readCelTlv(slice, LOOK)]
  const isWhole = records.at(-1)?.end === slice.end || records.length === LOOK
  const holds = records.every((record) => record.digests.length > 0)
  return records.length > 0 && holds && (isWhole || records.length >= 3)
    ? { format: FORMATS.celTlv, score: isWhole ? 0.97 : 0.8, because: say('detect.log.cel-tlv') }
    : undefined
}

/** A register, a digest, the name of a template, and data of exactly the length that stands before them. */
const imaBinary: Detector = (slice) => {
  if (slice.end - slice.start < 40 || slice.bytes[slice.start + 1] !== 0) return undefined
  for (const size of [20, 32, 48, 64]) {
    const records = [...readImaBinary(slice, size, LOOK)]
    const isNamed = records.some(({ template }) => /^(?:ima|evm)\b/.test(template))
    const isWhole = records.at(-1)?.end === slice.end || records.length === LOOK
    if (records.length > 0 && (isNamed || isWhole) && (isWhole || records.length >= 3))
      return { format: FORMATS.imaBinary, score: isNamed ? 0.96 : 0.75, because: say('detect.log.ima') }
  }
  return undefined
}

/** An array whose first record has a number, a register, digests and a content, by the numbers of the specification. */
const celCbor: Detector = (slice) => {
  const first = slice.bytes[slice.start] ?? 0
  // A list of many has its count in one, two or four bytes behind the first.
  const head = first < 0x98 ? 1 : first <= 0x9a ? 1 + 2 ** (first - 0x98) : 0
  return first >> 5 === 4 &&
    head > 0 &&
    (slice.bytes[slice.start + head] ?? 0) >> 5 >= 4 &&
    isCelCbor(cborOf(slice).item)
    ? { format: FORMATS.celCbor, score: 0.95, because: say('detect.log.cel-cbor') }
    : undefined
}

/** Version, kind, a quote behind its length, and events that follow one another. */
const scale: Detector = (slice) =>
  slice.bytes[slice.start] === 0 && slice.bytes[slice.start + 1] === 0 && isScale(slice)
    ? { format: FORMATS.dstackScale, score: 1, because: say('detect.log.dstack-scale') }
    : undefined

const IMA_LINE = /^ *\d{1,2} +[0-9a-f]{40,128} (?:ima|evm)(?:-[a-z0-9]+)? \S/
const DSTACK = /^\s*\[\s*\{(?=[^{}]*"imr"\s*:\s*\d)(?=[^{}]*"event_type"\s*:\s*\d)[^{}]*"digest"\s*:/
const SYSTEMD = /^\x1e?\s*\{[^\n]*"digests"\s*:\s*\[[^\n]*"content_type"\s*:\s*"systemd"/
const CEL_JSON =
  /^\s*\[\s*\{(?=[\s\S]{0,4096}"recnum"\s*:)(?=[\s\S]{0,4096}"digests"\s*:)(?=[\s\S]{0,4096}"content(?:_type)?"\s*:)/

/** Logs that are text: by their first record. */
const written: Detector = (slice) => {
  const text = headText(slice)
  if (IMA_LINE.test(text)) return { format: FORMATS.imaAscii, score: 1, because: say('detect.log.ima') }
  if (DSTACK.test(text)) return { format: FORMATS.dstackJson, score: 1, because: say('detect.log.dstack') }
  if (SYSTEMD.test(text)) return { format: FORMATS.systemd, score: 1, because: say('detect.log.systemd') }
  return CEL_JSON.test(text) ? { format: FORMATS.celJson, score: 0.95, because: say('detect.log.cel-json') } : undefined
}

/** Starts with RFC 7464's separator, which no text does. */
const separated: Detector = (slice) => (slice.bytes[slice.start] === 0x1e ? written(slice) : undefined)

/** Logs of measurements: signed by nobody, and worth what their digests come to. */
export const entry: SchemeEntry = {
  id: 'event-log',
  formats: Object.values(FORMATS),
  detectors: [
    onBytes(tcg),
    onBytes(table),
    onBytes(cel),
    onBytes(celCbor),
    onBytes(scale),
    onBytes(imaBinary),
    onText(written),
    separated,
  ],
  marks,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
