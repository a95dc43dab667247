import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onBytes, onText } from '../../bytes/head.ts'
import { FORMATS } from './decoded.ts'
import { marks } from './inside.ts'
import { SIZE } from './numbers.ts'
import { dcuScore, isCa, isCertificate, isReport } from './look.ts'
import { le32 } from './mask.ts'

const CHAIN = SIZE.ca + SIZE.certificate

const binary: Detector = (slice) => {
  const size = slice.end - slice.start
  if (isReport(slice)) {
    const isEvidence =
      size === SIZE.page + CHAIN + 4 && (le32(slice, SIZE.page) === CHAIN || le32(slice, SIZE.page + CHAIN) === CHAIN)
    if (isEvidence) return { format: FORMATS.evidence, score: 1, because: say('detect.csv.evidence') }
    return { format: FORMATS.report, score: 0.97, because: say('detect.csv.report') }
  }
  if (isCa(slice))
    return size === SIZE.ca
      ? { format: FORMATS.ca, score: 0.98, because: say('detect.csv.ca') }
      : { format: FORMATS.certificates, score: 0.96, because: say('detect.csv.certificates') }
  if (isCertificate(slice))
    return size === SIZE.certificate
      ? { format: FORMATS.certificate, score: 0.98, because: say('detect.csv.certificate') }
      : { format: FORMATS.certificates, score: 0.96, because: say('detect.csv.certificates') }
  const dcu = dcuScore(slice)
  if (dcu > 0) return { format: FORMATS.dcu, score: dcu, because: say('detect.csv.dcu') }
  const inner = { ...slice, start: Math.min(slice.end, slice.start + SIZE.dcuResponse - SIZE.dcu) }
  if (size === SIZE.dcuResponse && dcuScore(inner) > 0)
    return { format: FORMATS.dcuResponse, score: 0.9, because: say('detect.csv.dcu-response') }
  return undefined
}

const text: Detector = (slice) => {
  const head = headText(slice)
  if (!/^\s*\{/.test(head)) return undefined
  if (head.includes('"attestation_reports"') && head.includes('"chip_id"'))
    return { format: FORMATS.dcuJson, score: 0.96, because: say('detect.csv.dcu-json') }
  const isCoco =
    head.includes('"attestation_report"') &&
    (head.includes('"user_pubkey_digest"') || (head.includes('"cert_chain"') && head.includes('"uid_size"')))
  if (isCoco) return { format: FORMATS.json, score: 0.97, because: say('detect.csv.evidence-json') }
  const isClaims =
    head.includes('"user_pubkey_digest"') &&
    head.includes('"vm_id"') &&
    head.includes('"policy"') &&
    !head.includes('"data"')
  if (isClaims) return { format: FORMATS.claims, score: 0.9, because: say('detect.csv.claims') }
  return head.includes('"HygonCsv') && head.includes('"report"')
    ? { format: FORMATS.json, score: 0.97, because: say('detect.csv.evidence-json') }
    : undefined
}

/** Hygon CSV (海光安全虚拟化) and DCU: SM2 and SM3 from the chip to Hygon's root key. */
export const entry: SchemeEntry = {
  id: 'hygon-csv',
  detectors: [onBytes(binary), onText(text)],
  formats: Object.values(FORMATS),
  marks,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
