import type { FieldNode } from '../../core/field.ts'
import { say } from '../../core/saying.ts'
import type { Detection, Detector, SchemeEntry } from '../../core/scheme.ts'
import { onBytes } from '../../bytes/head.ts'
import { isZero } from '../../bytes/layout.ts'
import { FORMATS } from './decoded.ts'
import { partsOf } from './formats.ts'
import { caCertificate, certificate, legacyReport, USAGE } from './layout.ts'
import { authoritySigns, certificateSigns, isPdh } from './skeleton.ts'

/** ARK or ASK. Of a file of exactly that length one field of the head may be wrong. Hygon's authorities have zeros where the sizes are. */
const ca: Detector = (slice) => {
  const reading = caCertificate.read(slice, '')
  const { value } = reading
  if (!value) return cutOff(reading.node)
  const { fitting, of } = authoritySigns(value)
  if (reading.end === slice.end && fitting >= of - 1 && value.body.modulusBits.value !== 0)
    return { format: FORMATS.ca, score: fitting === of ? 0.95 : 0.75, because: say('detect.sev.ca') }
  return fitting === of
    ? {
        format: partsOf(slice).length > 1 ? FORMATS.concatenated : FORMATS.ca,
        score: 0.9,
        because: say('detect.sev.ca'),
      }
    : undefined
}

function cutOff(node: FieldNode): Detection | undefined {
  const body = node.children[0]
  const uint = (label: string) => {
    const value = body?.children.find((child) => child.label === label)?.value
    return value?.kind === 'uint' ? Number(value.value) : undefined
  }
  const fits =
    uint('VERSION') === 1 &&
    (uint('KEY_USAGE') === 0 || uint('KEY_USAGE') === 0x13) &&
    (uint('MODULUS_SIZE') === 2048 || uint('MODULUS_SIZE') === 4096) &&
    uint('PUBEXP_SIZE') === uint('MODULUS_SIZE')
  return fits ? { format: FORMATS.ca, score: 0.7, because: say('detect.sev.ca-cut-off') } : undefined
}

/** CEK, OCA, PEK or PDH; one changed field leaves it recognisable. The exact length says more than the few numbers by which an EPID quote is known. */
const own: Detector = (slice) => {
  const { value, end } = certificate.read(slice, '')
  if (!value) return undefined
  const { fitting, of, isOurs } = certificateSigns(value)
  // A chip's key may be RSA, and then has no curve.
  if (!isOurs || fitting < of - 1 || value.body.usage.value === 0) return undefined
  const usage = USAGE[value.body.usage.value] ?? '?'
  if (end < slice.end && partsOf(slice).length > 1)
    return { format: FORMATS.concatenated, score: 0.9, because: say('detect.sev.certificate', { usage }) }
  return {
    format: isPdh(value) ? FORMATS.pdh : FORMATS.certificate,
    score: fitting === of ? 0.95 : end === slice.end ? 0.92 : 0.75,
    because: say('detect.sev.certificate', { usage }),
  }
}

/** No magic: exact length, a platform's signature, zeros above both numbers. */
const report: Detector = (slice) => {
  const reading = legacyReport.read(slice, '')
  const value = reading.value
  if (!value || reading.end !== slice.end) return undefined
  const fits = value.usage.value === 0x1002 && (value.algorithm.value === 0x0002 || value.algorithm.value === 0x0102)
  const high = isZero(value.signature.r.value.subarray(48)) && isZero(value.signature.s.value.subarray(48))
  return (fits && isZero(value.reserved.value)) || (high && (fits || isZero(value.reserved.value)))
    ? { format: FORMATS.report, score: fits && high ? 0.9 : 0.55, because: say('detect.sev.report') }
    : undefined
}

/** AMD SEV and SEV-ES: what came before SNP, and why it proves less. */
export const entry: SchemeEntry = {
  id: 'amd-sev-legacy',
  detectors: [onBytes(ca), onBytes(own), onBytes(report)],
  formats: Object.values(FORMATS),
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
