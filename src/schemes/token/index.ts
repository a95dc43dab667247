import type { Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onText } from '../../bytes/head.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { latin1 } from '../../envelope/characters.ts'
import { FORMATS } from './formats.ts'

/** A header in base64url that names an algorithm, then a dot. What begins as `{"` is written `ey`, with white space in between `ew`. */
const COMPACT = /^(e[yw][\w-]{6,60000}={0,2})\.[\w-]*={0,2}(?:\.|$)/
const LONGEST = 16 * 1024 * 1024

function dotsOf({ bytes, start, end }: Slice): number {
  let dots = 0
  for (let at = bytes.indexOf(0x2e, start); at >= 0 && at < end && dots < 6; at = bytes.indexOf(0x2e, at + 1)) dots++
  return dots
}

function algorithmIn(slice: Slice, length: number): boolean {
  const read = readBase64({ ...slice, end: slice.start + length }, { url: true })
  return read !== undefined && /"alg"\s*:/.test(latin1(read.slice.bytes, read.slice.start, read.slice.end))
}

/** A header whose JSON has not ended: what begins with a member that only such headers begin with. */
function isOpenHeader(slice: Slice, text: string): boolean {
  if (!/^e[yw][\w-]{16,4000}$/.test(text) || slice.end - slice.start !== text.length) return false
  const read = readBase64({ ...slice, end: slice.end - (text.length % 4) }, { url: true })
  const header = read && latin1(read.slice.bytes, read.slice.start, read.slice.end)
  return header !== undefined && /^\{\s*"(?:alg|typ|kid|jku|jwk|x5c|x5t|cty|crit)"\s*:[^}]*$/.test(header)
}

const compact: Detector = (slice) => {
  if (slice.bytes[slice.start] !== 0x65 || slice.end - slice.start > LONGEST) return undefined
  const text = headText(slice)
  if (/\s/.test(text)) return undefined
  if (isOpenHeader(slice, text)) return { format: FORMATS.jwt, score: 0.9, because: say('detect.token.cut') }
  const found = COMPACT.exec(text)
  // A payload longer than what is looked at: the header alone must do.
  const header = found?.[1] ?? /^(e[yw][\w-]{6,60000})\./.exec(text)?.[1]
  if (header === undefined || !algorithmIn(slice, header.length)) return undefined
  const dots = dotsOf(slice)
  if (dots === 4) return { format: FORMATS.jwe, score: 0.95, because: say('detect.token.jwe') }
  if (dots === 1) return { format: FORMATS.jwt, score: 0.9, because: say('detect.token.cut') }
  return dots === 2 || dots === 3 ? { format: FORMATS.jwt, score: 0.95, because: say('detect.token.jwt') } : undefined
}

const json: Detector = (slice) => {
  const text = headText(slice)
  return /^\s*\{/.test(text) && /"payload"\s*:\s*"/.test(text) && /"protected"\s*:\s*"e[yw]/.test(text)
    ? { format: FORMATS.jwt, score: 0.9, because: say('detect.token.jws-json') }
    : undefined
}

/** Claims that only tokens have, as a text without any signature. */
const CLAIMS =
  /"(?:x-ms-attestation-type|x-ms-policy-hash|ear\.status|ear\.verifier-id|attester_tcb_status|amber_report_data)"\s*:|"iss"\s*:\s*"https:\/\/confidentialcomputing\.googleapis\.com"/

const claims: Detector = (slice) => {
  const text = headText(slice)
  return /^\s*\{/.test(text) && CLAIMS.test(text)
    ? { format: FORMATS.claims, score: 0.7, because: say('detect.token.claims') }
    : undefined
}

/** Tokens of attestation services, and any other JSON Web Token: a service's word, with who signed it. */
export const entry: SchemeEntry = {
  id: 'token',
  formats: Object.values(FORMATS),
  detectors: [onText(compact), onText(json), onText(claims)],
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
