import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onBytes, onText } from '../../bytes/head.ts'
import { FORMATS } from './formats.ts'
import { hasGuidTable } from './guid-table.ts'
import { coffAt } from './pe-head.ts'

const startsWith = (bytes: Uint8Array, at: number, wanted: readonly number[]) =>
  wanted.every((byte, i) => bytes[at + i] === byte)

const eif: Detector = ({ bytes, start, end }) =>
  end - start >= 548 && startsWith(bytes, start, [0x2e, 0x65, 0x69, 0x66])
    ? { format: FORMATS.eif, score: 1, because: say('detect.measured-image.eif') }
    : undefined

const firmware: Detector = (slice) =>
  hasGuidTable(slice)
    ? { format: FORMATS.firmware, score: 1, because: say('detect.measured-image.firmware') }
    : undefined

const program: Detector = (slice) => {
  const found = coffAt(slice)
  if (found === undefined) return undefined
  return found.isUki
    ? { format: FORMATS.uki, score: 1, because: say('detect.measured-image.uki') }
    : { format: FORMATS.pe, score: 0.95, because: say('detect.measured-image.pe') }
}

/** The two headers that the manual fixes. */
const HEADER = [6, 0, 0, 0, 0xe1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
const sigstruct: Detector = ({ bytes, start, end }) =>
  end - start === 1808 && startsWith(bytes, start, HEADER)
    ? { format: FORMATS.sigstruct, score: 1, because: say('detect.measured-image.sigstruct') }
    : undefined

const compose: Detector = (slice) => {
  const text = headText(slice)
  return /^\s*\{/.test(text) && /"manifest_version"\s*:/.test(text) && /"(?:docker_compose_file|runner)"\s*:/.test(text)
    ? { format: FORMATS.compose, score: 0.95, because: say('detect.measured-image.compose') }
    : undefined
}

const inputs: Detector = (slice) => {
  const text = headText(slice)
  return /^\s*\{/.test(text) && /"ovmf_sections"\s*:\s*\[/.test(text) && /"ovmf_hash"\s*:\s*"/.test(text)
    ? { format: FORMATS.snpInputs, score: 0.95, because: say('detect.measured-image.snp-inputs') }
    : undefined
}

/** Files from which a measurement is computed here: what the page finds is its own arithmetic, and says nothing of who wrote the file. */
export const entry: SchemeEntry = {
  id: 'measured-image',
  formats: Object.values(FORMATS),
  detectors: [onBytes(eif), onBytes(firmware), onBytes(program), onBytes(sigstruct), onText(compose), onText(inputs)],
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
