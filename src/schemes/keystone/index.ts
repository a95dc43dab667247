import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { onBytes } from '../../bytes/head.ts'
import { FORMATS } from './formats.ts'
import { BUFFER_SIZE, marks, REPORT_SIZE, startsReport } from './look.ts'

const report: Detector = (slice) => {
  const length = slice.end - slice.start
  if ((length !== REPORT_SIZE && length !== BUFFER_SIZE) || !startsReport(slice)) return undefined
  return { format: FORMATS.report, score: length === REPORT_SIZE ? 0.85 : 0.7, because: say('detect.keystone.shape') }
}

/** Keystone: enclaves on RISC-V, watched over by a security monitor. */
export const entry: SchemeEntry = {
  id: 'keystone',
  formats: Object.values(FORMATS),
  detectors: [onBytes(report)],
  marks,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
