import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onText } from '../../bytes/head.ts'
import { FORMATS } from './names.ts'

/** A report names its platform; the result of a service (UAS) stands alone with its signature. */
const json: Detector = (slice) => {
  const head = headText(slice)
  if (!/^[\0- ]{0,64}\{/.test(head)) return undefined
  if (head.includes('"str_tee_platform"') && head.includes('"json_report"'))
    return { format: FORMATS.report, score: 0.96, because: say('detect.uar.report') }
  return head.includes('"b64_signature"') && (head.includes('"json_result"') || head.includes('"str_uas_result"'))
    ? { format: FORMATS.result, score: 0.96, because: say('detect.uar.result') }
    : undefined
}

/** The unified attestation report of the interconnection standard (统一远程证明报告): a wrapper around the evidence of several platforms. */
export const entry: SchemeEntry = {
  id: 'uar',
  detectors: [onText(json)],
  formats: Object.values(FORMATS),
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
