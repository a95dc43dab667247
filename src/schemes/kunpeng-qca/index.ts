import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onBytes, onText } from '../../bytes/head.ts'
import { marks } from './inside.ts'
import { FORMATS } from './names.ts'
import { claimedEnd, claimedReportEnd, HEAD } from './look.ts'

/** Both handlers have names of their own; a report holds the certificate of its key. */
const json: Detector = (slice) => {
  const head = headText(slice)
  if (!/^[\0- ]{0,64}\{/.test(head)) return undefined
  if (head.includes('"report_sign"') && head.includes('"akcert"'))
    return { format: FORMATS.reportJson, score: 1, because: say('detect.qca.report-json') }
  return head.includes('"drk_sign"') && head.includes('"drk_cert"') && head.includes('"payload"')
    ? { format: FORMATS.akJson, score: 0.98, because: say('detect.qca.ak-json') }
    : undefined
}

const binary: Detector = (slice) => {
  const report = claimedReportEnd(slice)
  const ak = report === undefined ? claimedEnd(slice, HEAD.ak) : undefined
  const end = report ?? ak
  if (end === undefined) return undefined
  const score = end <= slice.end ? 0.97 : 0.9
  return report === undefined
    ? { format: FORMATS.ak, score, because: say('detect.qca.ak') }
    : { format: FORMATS.report, score, because: say('detect.qca.report') }
}

/** Kunpeng iTrustee (鲲鹏): reports of the attestation TA (QCA), in JSON and in the older binary form. */
export const entry: SchemeEntry = {
  id: 'kunpeng-qca',
  detectors: [onText(json), onBytes(binary)],
  formats: Object.values(FORMATS),
  marks,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
