import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { onBytes } from '../../bytes/head.ts'
import { isZero } from '../../bytes/layout.ts'
import { FORMATS } from './decoded.ts'
import { partsOf } from './formats.ts'
import { caCertificate, certificate, legacyReport, ALGORITHM, USAGE } from './layout.ts'

/** ARK or ASK: version 1, the usage of one of them, sizes of an RSA key. Hygon's authorities have zeros where the sizes are. */
const ca: Detector = (slice) => {
  const reading = caCertificate.read(slice, '')
  const body = reading.node.children[0]
  const uint = (label: string) => { const value = body?.children.find((child) => child.label === label)?.value; return value?.kind === 'uint' ? Number(value.value) : undefined }
  const fits = uint('VERSION') === 1 && (uint('KEY_USAGE') === 0 || uint('KEY_USAGE') === 0x13) && (uint('MODULUS_SIZE') === 2048 || uint('MODULUS_SIZE') === 4096) && uint('PUBEXP_SIZE') === uint('MODULUS_SIZE')
  if (!fits) return undefined
  if (!reading.value) return { format: FORMATS.ca, score: 0.7, because: say('detect.sev.ca-cut-off') }
  return reading.end === slice.end ? { format: FORMATS.ca, score: 0.95, because: say('detect.sev.ca') } : { format: partsOf(slice).length > 1 ? FORMATS.concatenated : FORMATS.ca, score: 0.9, because: say('detect.sev.ca') }
}

/** CEK, OCA, PEK or PDH; one changed field leaves it recognisable. Hygon's have the same skeleton with algorithms and a curve of their own. */
const own: Detector = (slice) => {
  const reading = certificate.read(slice, '')
  const value = reading.value
  if (!value) return undefined
  const { body, first, second } = value
  const isOurs = ALGORITHM[body.algorithm.value] !== undefined || [1, 2].includes(body.publicKey.curve.value)
  const signs = [body.version.value === 1, body.usage.value >= 0x1001 && body.usage.value <= 0x1004, ALGORITHM[body.algorithm.value] !== undefined, [1, 2].includes(body.publicKey.curve.value), USAGE[first.usage.value] !== undefined, USAGE[second.usage.value] !== undefined, isZero(body.reserved.value)]
  const fitting = signs.filter(Boolean).length
  // A chip's key may be RSA, and then has no curve.
  if (!isOurs || fitting < signs.length - 1 || body.usage.value === 0) return undefined
  const usage = USAGE[body.usage.value] ?? '?'
  if (reading.end < slice.end && partsOf(slice).length > 1) return { format: FORMATS.concatenated, score: 0.9, because: say('detect.sev.certificate', { usage }) }
  const isPdh = usage === 'PDH' || (usage === '?' && first.usage.value === 0x1002)
  return { format: isPdh ? FORMATS.pdh : FORMATS.certificate, score: fitting === signs.length ? 0.9 : 0.75, because: say('detect.sev.certificate', { usage }) }
}

/** No magic: exact length, a platform's signature, zeros above both numbers. */
const report: Detector = (slice) => {
  const reading = legacyReport.read(slice, '')
  const value = reading.value
  if (!value || reading.end !== slice.end) return undefined
  const fits = value.usage.value === 0x1002 && (value.algorithm.value === 0x0002 || value.algorithm.value === 0x0102)
  const high = isZero(value.signature.r.value.subarray(48)) && isZero(value.signature.s.value.subarray(48))
  return (fits && isZero(value.reserved.value)) || (high && (fits || isZero(value.reserved.value))) ? { format: FORMATS.report, score: fits && high ? 0.9 : 0.55, because: say('detect.sev.report') } : undefined
}

/** AMD SEV and SEV-ES: what came before SNP, and why it proves less. */
export const entry: SchemeEntry = {
  id: 'amd-sev-legacy',
  detectors: [onBytes(ca), onBytes(own), onBytes(report)],
  formats: Object.values(FORMATS),
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
