import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onBytes, onText } from '../../bytes/head.ts'
import { FORMATS } from './decoded.ts'
import { marks } from './inside.ts'
import { bincodeQuote, HASH_TYPE, hclHead, hclReport, MAGIC, REPORT_TYPE, requestData, TDX_REPORT } from './layout.ts'
import { ownNames } from '../../bytes/own-names.ts'

const hcl: Detector = (slice) => {
  if (hclHead.read(slice, '').value?.signature.value !== MAGIC) return undefined
  const kind = hclReport.read(slice, '').value?.runtime.reportType.value
  return {
    format: kind === undefined ? FORMATS.hclCut : kind === TDX_REPORT ? FORMATS.hclTd : FORMATS.hcl,
    score: kind === undefined ? 0.7 : 0.98,
    because: say('detect.azure.hcl'),
  }
}

/** A header whose two lengths and two kinds fit, and JSON behind it. */
const request: Detector = (slice) => {
  const { value } = requestData.read(slice, '')
  if (!value) return undefined
  const { runtime, runtimeData } = value
  const fits =
    runtime.dataSize.value === runtime.variableDataSize.value + (runtime.$.range.end - runtime.$.range.start) &&
    REPORT_TYPE[runtime.reportType.value] !== undefined &&
    HASH_TYPE[runtime.hashType.value] !== undefined
  return fits && runtimeData.value[0] === 0x7b
    ? { format: FORMATS.requestData, score: 0.95, because: say('detect.azure.request-data') }
    : undefined
}

/** Members that only these files have. */
const containers: Detector = (slice) => {
  const text = headText(slice)
  const isJson = /^\s*\{/.test(text)
  if (!isJson && !text.includes('hcl_report_base64:')) return undefined
  if (!isJson)
    return /^hcl_report_base64:/m.test(text) && /^tdx_quote_base64:/m.test(text)
      ? { format: FORMATS.evidence, score: 0.95, because: say('detect.azure.evidence') }
      : undefined
  if (!/"(?:pcrs|tpm_quote|tpmQuote|vm-configuration)"/.test(text)) return undefined
  // Others put much beside the evidence, and evidence repeats the runtime data in words: only the object that has these members itself is meant. What is around it is opened by its own look.
  const own = ownNames(text)
  const has = (...names: readonly string[]) => names.every((name) => own.has(name))
  if (
    has('hcl_report', 'tpm_quote') ||
    has('hclReport', 'tpmQuote') ||
    (text.includes('"pcrs"') && has('quote') && (has('report') || has('vcek')))
  )
    return { format: FORMATS.evidence, score: 0.95, because: say('detect.azure.evidence') }
  if (has('signature', 'message', 'pcrs') || has('ak_public', 'tpm_quote'))
    return { format: FORMATS.quote, score: 0.9, because: say('detect.azure.quote') }
  return has('keys', 'vm-configuration') && text.includes('HCLAkPub')
    ? { format: FORMATS.runtime, score: 0.9, because: say('detect.azure.runtime') }
    : undefined
}

/** Lengths in front of signature and message, and the message starts as a TPM's own statements do. */
const bincode: Detector = (slice) => {
  const value = bincodeQuote.read(slice, '').value
  const start = value?.message.bytes.value
  const isTpm = start?.[0] === 0xff && start[1] === 0x54 && start[2] === 0x43 && start[3] === 0x47
  return isTpm ? { format: FORMATS.quote, score: 0.9, because: say('detect.azure.bincode') } : undefined
}

/** What Azure puts around hardware reports of its confidential VMs. */
export const entry: SchemeEntry = {
  id: 'azure-cvm',
  detectors: [onBytes(hcl), onBytes(request), onText(containers), onBytes(bincode)],
  formats: Object.values(FORMATS),
  carries: ['tpm2.quote', 'x509.pem'],
  marks,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
