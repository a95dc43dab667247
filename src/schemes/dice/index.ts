import { sliceOf, subSlice, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { onBytes, onText } from '../../bytes/head.ts'
import { findText } from '../../envelope/characters.ts'
import { firstCertificates } from '../../envelope/pem-head.ts'
import { FORMATS } from './formats.ts'
import { MARKS, REQUEST_MARK } from './oids.ts'

const HEAD = 1 << 16

/** Keys of Open DICE claims, -4670545 and below, as CBOR writes them. */
const CLAIM = '\x3a\x00\x47\x44'

const holds = ({ bytes, start, end }: Slice, mark: string, within = HEAD) =>
  findText(bytes, start, Math.min(end, start + within), mark) >= 0

const isOurs = (slice: Slice) =>
  // NVIDIA's devices have chains of this kind; their own scheme reads them together with the report they sign.
  MARKS.some((mark) => holds(slice, mark)) && !holds(slice, 'NVIDIA', 4096)

const pem: Detector = (slice) =>
  firstCertificates(slice).some((one) => isOurs(sliceOf('', one)))
    ? { format: FORMATS.pile, score: 0.85, because: say('detect.dice.x509-chain') }
    : undefined

/** How long the element at that place is, header included; 0 where it makes no sense. */
function lengthAt({ bytes, start, end }: Slice): number {
  const first = bytes[start + 1] ?? 0
  if (first < 0x80) return 2 + first
  let length = 0
  for (let i = 0; i < (first & 0x7f); i++) length = length * 256 + (bytes[start + 2 + i] ?? 0)
  return (first & 0x7f) <= 3 && length < end - start ? 2 + (first & 0x7f) + length : 0
}

/** SEQUENCE, SEQUENCE with an explicit version (certificate) or with INTEGER 0 (request), or neither. */
const der: Detector = (slice) => {
  const { bytes, start } = slice
  if (bytes[start] !== 0x30 || !MARKS.some((mark) => holds(slice, mark))) return undefined
  const long = (at: number) => ((bytes[at] ?? 0) >= 0x80 ? 2 + ((bytes[at] ?? 0) & 0x7f) : 2)
  const outer = start + long(start + 1)
  const inner = outer + long(outer + 1)
  if (bytes[outer] === 0x30 && bytes[inner] === 0xa0) {
    if (!isOurs(slice)) return undefined
    const length = lengthAt(slice)
    return length > 0 && start + length < slice.end && bytes[start + length] === 0x30
      ? { format: FORMATS.pile, score: 0.93, because: say('detect.dice.x509-chain') }
      : { format: FORMATS.certificate, score: 0.92, because: say('detect.dice.certificate') }
  }
  if (bytes[outer] === 0x30 && bytes[inner] === 0x02 && holds(slice, REQUEST_MARK))
    return { format: FORMATS.request, score: 0.92, because: say('detect.dice.request') }
  return slice.end - start < 8192 && (bytes[outer] === 0xa0 || bytes[outer] === 0x06)
    ? { format: FORMATS.extension, score: 0.8, because: say('detect.dice.extension') }
    : undefined
}

const cbor: Detector = (slice) => {
  const first = slice.bytes[slice.start] ?? 0
  const isArray = first >> 5 === 4
  if ((!isArray && first !== 0xd2) || !holds(slice, CLAIM)) return undefined
  const second = slice.bytes[slice.start + (first === 0xd2 ? 2 : 1)] ?? 0
  if (second >> 5 === 2) return { format: FORMATS.cbor, score: 0.95, because: say('detect.dice.cbor') }
  const isKey = second >> 5 === 5 && subSlice(slice, 1, 3).bytes[slice.start + 2] === 1
  return isKey ? { format: FORMATS.chain, score: 0.95, because: say('detect.dice.chain') } : undefined
}

/** Certificates of Google's Scribe: always 300 bytes. The one looks like the head of a DER sequence, so whoever reads it as one comes first. */
const titan: Detector = ({ bytes, start, end }) => {
  if (end - start !== 300) return undefined
  const head = ((bytes[start] ?? 0) << 24) | ((bytes[start + 1] ?? 0) << 16) | ((bytes[start + 2] ?? 0) << 8)
  const last = bytes[start + 3] ?? 0
  if (head === (0xeff02800 | 0) && last === 1)
    return { format: FORMATS.titanSelfSigned, score: 0.9, because: say('detect.dice.titan') }
  return head === 0x30820100 && last === 0x28
    ? { format: FORMATS.titanScribe, score: 0.45, because: say('detect.dice.titan') }
    : undefined
}

/** DICE: every layer of a device measures the next and signs its key. */
export const entry: SchemeEntry = {
  id: 'dice',
  formats: Object.values(FORMATS),
  detectors: [onText(pem), onBytes(der), onBytes(cbor), onBytes(titan)],
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
