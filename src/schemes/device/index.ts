import { sliceOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onBytes, onText } from '../../bytes/head.ts'
import { findText } from '../../envelope/characters.ts'
import { firstCertificates } from '../../envelope/pem-head.ts'
import { FORMATS } from './formats.ts'
import { KEY_DESCRIPTION_MARK } from './oids.ts'

const HEAD = 1 << 16

const holds = ({ bytes, start, end }: Slice, mark: string, within = HEAD) =>
  findText(bytes, start, Math.min(end, start + within), mark) >= 0

/** A map of three (or two) with the names of WebAuthn as CBOR writes them: `63 fmt`, `67 attStmt`, `68 authData`. */
const cbor: Detector = (slice) => {
  const first = slice.bytes[slice.start]
  if (first === 0xa2 && holds(slice, '\x69signature', 64) && holds(slice, '\x71authenticatorData'))
    return { format: FORMATS.assertion, score: 0.95, because: say('detect.device.assertion') }
  if (first === 0xa2 && holds(slice, '\x71authenticatorData', 64) && holds(slice, '\x69signature'))
    return { format: FORMATS.assertion, score: 0.95, because: say('detect.device.assertion') }
  return (first === 0xa3 || first === 0xa4 || first === 0xbf) &&
    holds(slice, '\x63fmt') &&
    holds(slice, '\x67attStmt') &&
    holds(slice, '\x68authData')
    ? { format: FORMATS.attestation, score: 0.95, because: say('detect.device.attestation') }
    : undefined
}

/** DER that begins as a certificate of version 3 and holds the identifier of KeyDescription. */
const der: Detector = (slice) => {
  const { bytes, start } = slice
  if (bytes[start] !== 0x30 || bytes[start + 1] !== 0x82 || !holds(slice, KEY_DESCRIPTION_MARK)) return undefined
  const length = 4 + (bytes[start + 2] ?? 0) * 256 + (bytes[start + 3] ?? 0)
  return bytes[start + length] === 0x30 && start + length < slice.end
    ? { format: FORMATS.androidChain, score: 0.93, because: say('detect.device.android-chain') }
    : { format: FORMATS.androidCertificate, score: 0.93, because: say('detect.device.android-certificate') }
}

const pem: Detector = (slice) =>
  firstCertificates(slice, 8).some((one) => holds(sliceOf('', one), KEY_DESCRIPTION_MARK))
    ? { format: FORMATS.androidChain, score: 0.86, because: say('detect.device.android-chain') }
    : undefined

/** Google's list of keys: serial numbers in hex with a status each. */
const status: Detector = (slice) => {
  const text = headText(slice)
  return /^\s*\{\s*"entries"\s*:\s*\{/.test(text) && /"status"\s*:\s*"(?:REVOKED|SUSPENDED)"/.test(text)
    ? { format: FORMATS.statusList, score: 0.9, because: say('detect.device.android-status') }
    : undefined
}

/** Phones and authenticators: Apple App Attest, Android Key Attestation, WebAuthn. */
export const entry: SchemeEntry = {
  id: 'device',
  formats: Object.values(FORMATS),
  detectors: [onBytes(cbor), onBytes(der), onText(pem), onText(status)],
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
