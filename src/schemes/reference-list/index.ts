import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onText } from '../../bytes/head.ts'
import { FORMATS } from './formats.ts'

const when =
  (format: string, name: string, test: (text: string) => boolean): Detector =>
  (slice) => {
    const text = headText(slice)
    return /^\s*[[{]/.test(text) && test(text)
      ? { format, score: 0.95, because: say(`detect.reference-list.${name}`) }
      : undefined
  }

const detectors = [
  when(FORMATS.contrast, 'contrast', (text) => /"ReferenceValues"\s*:/.test(text) && /"Policies"\s*:/.test(text)),
  when(
    FORMATS.rvps,
    'rvps',
    (text) =>
      (/"type"\s*:\s*"sample"/.test(text) && /"payload"\s*:\s*"/.test(text) && /"version"\s*:/.test(text)) ||
      (/"expiration"\s*:\s*"/.test(text) && /"name"\s*:\s*"/.test(text) && /"value"\s*:/.test(text)),
  ),
  when(
    FORMATS.constellation,
    'constellation',
    (text) => /"attestationVariant"\s*:/.test(text) && /"measurements"\s*:/.test(text),
  ),
  when(
    FORMATS.measurements,
    'measurements',
    (text) => /"measurement_id"\s*:/.test(text) && /"attestation_type"\s*:/.test(text),
  ),
  // The builder writes `"HashAlgorithm": "Sha384 { ... }"`: braces in a string are no end of the object.
  when(FORMATS.enclave, 'enclave', (text) =>
    /"Measurements"\s*:\s*\{(?:"[^"\\]*"|[^{}"])*?"PCR0"\s*:\s*"[0-9a-fA-F]{96}"/.test(text),
  ),
]

/** Lists of measurements that nobody signed, as tools and operators publish them: worth what the reader's own typing is worth. */
export const entry: SchemeEntry = {
  id: 'reference-list',
  formats: Object.values(FORMATS),
  detectors: detectors.map((one) => onText(one)),
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
