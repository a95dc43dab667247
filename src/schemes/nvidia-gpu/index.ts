import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onBytes, onText } from '../../bytes/head.ts'
import { FORMATS } from './formats.ts'
import { marks } from './inside.ts'

/**
 * A signed GET_MEASUREMENTS request, and its MEASUREMENTS response right behind it (DSP0274: request 36 bytes with its nonce, one slot byte).
 * One of the four marks may be damaged where lengths agree: a report that was changed there is a report still.
 */
const report: Detector = ({ bytes, start, end }) => {
  const at = (offset: number) => bytes[start + offset] ?? 0
  if (end - start <= 45) return undefined
  const isVersion = (value: number) => value >= 0x11 && value <= 0x13
  const marks = [isVersion(at(0)), at(1) === 0xe0, isVersion(at(37)), at(38) === 0x60].filter(Boolean).length
  if (marks === 4 && at(0) === at(37))
    return { format: FORMATS.report, score: 0.95, because: say('detect.nvidia.report') }
  const record = at(42) + 256 * at(43) + 65_536 * at(44)
  const isWhole = at(41) > 0 && record >= 7 * at(41) && 45 + record + 34 + 96 <= end - start
  return marks >= 3 && isWhole
    ? { format: FORMATS.report, score: 0.6, because: say('detect.nvidia.report-damaged') }
    : undefined
}

const RIM_ROOT = /^\s*<(?:\w+:)?SoftwareIdentity\s[^>]*\/19770\/-2\/2015\/schema\.xsd"/

/** A software identification tag with firmware measurements. */
const rim: Detector = (slice) =>
  RIM_ROOT.test(headText(slice).slice(0, 4096))
    ? { format: FORMATS.rim, score: 0.9, because: say('detect.nvidia.rim') }
    : undefined

const NRAS_START = /^\s*\[\s*\[\s*"JWT"\s*,\s*"ey[\w-]+\.[\w-]+\.[\w-]*"\s*\]\s*,\s*\{\s*"(?:GPU|SWITCH)-\d+"\s*:/

/** What NVIDIA's remote attestation service answers: one token over all, and one a device. */
const token: Detector = (slice) =>
  NRAS_START.test(headText(slice))
    ? { format: FORMATS.token, score: 0.95, because: say('detect.nvidia.token') }
    : undefined

const LIST_START =
  /^\s*(?:\{[^{}[\]]*"(?:evidences|evidence_list|device_evidence_list)"\s*:\s*)?\[\s*\{[^{}[\]]*"(?:evidence|certificate)"\s*:\s*"[\w+/=\\-]{40}/

/** Devices with their reports and chains, as NVIDIA's tools, its service's request and gateways write them. */
const list: Detector = (slice) => {
  const text = headText(slice)
  return LIST_START.test(text) && /"evidence"\s*:/.test(text) && /"(?:arch|certificate)"\s*:/.test(text)
    ? { format: FORMATS.list, score: 0.95, because: say('detect.nvidia.list') }
    : undefined
}

const CLAIMS_START = /^\s*\{\s*(?:"claims"\s*:\s*\[\s*\{|"(?:GPU|SWITCH)-\d+"\s*:\s*\{)/
const PARSED_START = /^\s*\{\s*"SPDMVersion"\s*:\s*"0x1[1-3]"\s*,\s*"RequestResponseCode"/
const INSTANCES_START = /^\s*\{\s*"instances"\s*:\s*\[\s*\{[^{}[\]]*"e2e_pubkey"\s*:/

/** Words of NVIDIA's tools without a signature. */
const unsigned: Detector = (slice) => {
  const text = headText(slice)
  if (CLAIMS_START.test(text) && text.includes('"x-nvidia-'))
    return { format: FORMATS.claims, score: 0.95, because: say('detect.nvidia.claims') }
  if (PARSED_START.test(text)) return { format: FORMATS.parsed, score: 0.9, because: say('detect.nvidia.parsed') }
  return INSTANCES_START.test(text)
    ? { format: FORMATS.instances, score: 0.9, because: say('detect.nvidia.instances') }
    : undefined
}

export const entry: SchemeEntry = {
  id: 'nvidia-gpu',
  formats: Object.values(FORMATS),
  detectors: [onBytes(report), onText(rim), onText(token), onText(list), onText(unsigned)],
  carries: ['x509.certificate'],
  marks,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
