import { bytesOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Detection, Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onBytes, onText } from '../../bytes/head.ts'
import { FORMATS } from './decoded.ts'
import { marks } from './inside.ts'
import { be16, endOfPublic } from './public-extent.ts'
import { QUOTED, SIG } from './tool-marks.ts'
import { ALGORITHM, attest, ATTEST_TYPE, BANK_SIZES, signature, sizedAttest, TPM_GENERATED } from './layout.ts'

/** The magic that only a TPM signs, and a type that exists; a length may stand in front. */
const quote: Detector = (slice) => {
  const bare = attest.read(slice, '').node.children
  const magic = bare[0]?.value
  const type = bare[1]?.value
  const isMagic = magic?.kind === 'uint' && magic.value === String(TPM_GENERATED)
  const isType = type?.kind === 'uint' && ATTEST_TYPE[Number(type.value)] !== undefined
  if (isMagic) return { format: FORMATS.quote, score: isType ? 0.95 : 0.7, because: say('detect.tpm2.magic') }
  const sized = sizedAttest.read(slice, '').value
  // The length of something else may stand there.
  if (sized?.attest.magic.value === TPM_GENERATED && sized.size.value <= slice.end - slice.start - 2)
    return { format: FORMATS.quote, score: 0.9, because: say('detect.tpm2.sized') }
  // A changed magic must still be seen as an attestation, so that the check can say what is wrong with it.
  const whole = attest.read(slice, '').value
  return isType &&
    whole?.attested.quote &&
    whole.attested.quote.count.value <= 4 &&
    [20, 32, 48, 64].includes(whole.attested.quote.digest.value.length)
    ? { format: FORMATS.quote, score: 0.6, because: say('detect.tpm2.shape') }
    : undefined
}

const le32 = ({ bytes }: Slice, at: number): number =>
  (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256 + (bytes[at + 2] ?? 0) * 65_536 + (bytes[at + 3] ?? 0) * 16_777_216

/** A statement behind its length, and a signature that fills the rest exactly. */
const response: Detector = (slice) => {
  const isMagic =
    be16(slice, slice.start + 2) === TPM_GENERATED >>> 16 && be16(slice, slice.start + 4) === (TPM_GENERATED & 0xffff)
  const start = slice.start + 2 + be16(slice, slice.start)
  if (!isMagic || start >= slice.end) return undefined
  const { value, end } = signature.read({ ...slice, start }, '')
  return value && end === slice.end
    ? { format: FORMATS.response, score: 0.97, because: say('detect.tpm2.response') }
    : undefined
}

/** PCRs that nothing but a dynamic launch sets: all ones on nearly every machine. */
const UNSET: readonly number[] = [17, 18, 19, 20, 21, 22]

/** A file of all values of one bank has its length, and a run of ones where no dynamic launch took place. */
const bank: Detector = (slice) => {
  const size = BANK_SIZES[slice.end - slice.start]
  if (size === undefined) return undefined
  const first = slice.start + (UNSET[0] ?? 0) * size
  const isUnset = slice.bytes.subarray(first, first + UNSET.length * size).every((byte) => byte === 0xff)
  return isUnset && !slice.bytes.subarray(slice.start, first).every((byte) => byte === 0xff)
    ? { format: FORMATS.pcrs, score: 0.7, because: say('detect.tpm2.bank', { size }) }
    : undefined
}

/** A signature structure fills its bytes exactly. */
const signed: Detector = (slice) => {
  const reading = signature.read(slice, '')
  const value = reading.value
  const fits =
    value !== undefined &&
    reading.end === slice.end &&
    [0x0014, 0x0016, 0x0018, 0x001b].includes(value.sigAlg.value) &&
    [0x0004, 0x000b, 0x000c, 0x000d, 0x0012].includes(value.hash.value)
  return fits ? { format: FORMATS.signature, score: 0.9, because: say('detect.tpm2.signature') } : undefined
}

/** Lengths of RSA signatures. */
const RSA_LENGTHS: readonly number[] = [256, 384, 512]

/** Bare RSA signatures have nothing but their length and their look. */
const bare: Detector = (slice) => {
  const size = slice.end - slice.start
  if (!RSA_LENGTHS.includes(size)) return undefined
  const distinct = new Set(bytesOf(slice)).size
  return distinct > 140
    ? { format: FORMATS.signature, score: 0.3, because: say('detect.tpm2.bare', { size }) }
    : undefined
}

const be32 = (slice: Slice, at: number): number => be16(slice, at) * 65_536 + be16(slice, at + 2)

/** Counts that fit, a digest that exists, and exactly as long as they say: 16 banks of 8 bytes, then lists of 8 digests, in either byte order. */
const tools: Detector = (slice) => toolsIn(slice, le32, 0) ?? toolsIn(slice, be32, 1)
function toolsIn(slice: Slice, u32: (slice: Slice, at: number) => number, low: 0 | 1): Detection | undefined {
  const { start, end, bytes } = slice
  const lists = start + 4 + 16 * 8
  if (end < lists + 4) return undefined
  const count = u32(slice, start)
  const fits =
    count >= 1 &&
    count <= 16 &&
    bytes[start + 5 - low] === 0 &&
    ALGORITHM[bytes[start + 4 + low] ?? 0] !== undefined &&
    end - lists - 4 === u32(slice, lists) * (4 + 8 * 66) &&
    end > lists + 4
  return fits ? { format: FORMATS.pcrFile, score: 0.95, because: say('detect.tpm2.pcr-file') } : undefined
}

/** A public area, with or without a length that fits, which fills its bytes exactly. */
const publicKey: Detector = (slice) => {
  const { start, end } = slice
  const fills =
    endOfPublic(slice, start) === end ||
    (be16(slice, start) === end - start - 2 && endOfPublic(slice, start + 2) === end)
  return fills ? { format: FORMATS.publicKey, score: 0.9, because: say('detect.tpm2.public-key') } : undefined
}

/** Protocol buffers that begin with a public area of a TPM object, right behind which a quote follows. */
const message: Detector = ({ bytes, start, end }) => {
  if (bytes[start] !== 0x0a) return undefined
  const [low, high] = [bytes[start + 1] ?? 0, bytes[start + 2] ?? 0]
  const isShort = low < 0x80
  if (!isShort && high >= 0x80) return undefined
  const from = start + (isShort ? 2 : 3)
  const next = from + (isShort ? low : (low & 0x7f) | (high << 7))
  const isKey =
    bytes[from] === 0 &&
    (bytes[from + 1] === 0x01 || bytes[from + 1] === 0x23) &&
    bytes[from + 2] === 0 &&
    ALGORITHM[bytes[from + 3] ?? 0] !== undefined
  return isKey && next < end && bytes[next] === 0x12
    ? { format: FORMATS.attestation, score: 0.95, because: say('detect.tpm2.attestation') }
    : undefined
}

/** `r`, then three runs of base64 with colons between them. */
const KEYLIME = /^r[A-Za-z0-9+/]{60,}={0,2}:[A-Za-z0-9+/]{60,}={0,2}:[A-Za-z0-9+/]{60,}={0,2}\s*$/
const keylime: Detector = (slice) =>
  slice.bytes[slice.start] === 0x72 && KEYLIME.test(headText(slice))
    ? { format: FORMATS.keylime, score: 0.9, because: say('detect.tpm2.keylime') }
    : undefined

const printed: Detector = (slice) => {
  const text = headText(slice)
  return QUOTED.test(text) && SIG.test(text)
    ? { format: FORMATS.toolOutput, score: 0.9, because: say('detect.tpm2.tool-output') }
    : undefined
}

/** Values by number under the name of their bank. */
const PCR_MAP =
  /^\s*\{\s*(?:"pcrs"\s*:\s*\{\s*)?"(?:sha(?:-?1|-?256|-?384|-?512)|sm3(?:_256)?)"\s*:\s*\{\s*"(?:pcr)?\d{1,2}"\s*:\s*"(?:0x)?[0-9a-f]{40,128}"/i
const pcrMap: Detector = (slice) =>
  PCR_MAP.test(headText(slice))
    ? { format: FORMATS.pcrMap, score: 0.95, because: say('detect.tpm2.pcr-map') }
    : undefined

/** Hygon's agent: names of its own for the quote, its key and its PCRs. */
const hygon: Detector = (slice) => {
  const text = headText(slice)
  return text.includes('"attest_body"') && text.includes('"attest_sig"') && text.includes('"ak_pubkey"')
    ? { format: FORMATS.hygon, score: 0.97, because: say('detect.tpm2.hygon') }
    : undefined
}

/** Attestation structures of TPM 2.0, wherever they occur. */
export const entry: SchemeEntry = {
  id: 'tpm2',
  detectors: [
    onBytes(quote),
    onBytes(response),
    onBytes(signed),
    onBytes(bank),
    onBytes(tools),
    onText(keylime),
    onText(printed),
    onText(pcrMap),
    onText(hygon),
    onBytes(publicKey),
    onBytes(message),
    onBytes(bare),
  ],
  formats: Object.values(FORMATS),
  carries: ['x509.certificate'],
  marks,
  errorCodes: async () => (await import('./error-codes.ts')).errorCodes,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
