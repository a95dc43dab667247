import { bytesOf, subSlice, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Detection, Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onBytes } from '../../bytes/head.ts'
import { isZero } from '../../bytes/layout.ts'
import { findText } from '../../envelope/characters.ts'
import { FORMATS } from './decoded.ts'
import { marks } from './inside.ts'
import { idAuth, idBlock, reportSignature, responseHead, scaleHead } from './layout.ts'
import { REPORT_SIZE, reportLikeness } from './sniff.ts'
import { startsProtobuf } from './formats/protobuf.ts'
import { startsTable } from './formats/table.ts'

const found = (
  format: string,
  score: number,
  reason: string,
  params: Readonly<Record<string, string | number>> = {},
): Detection => ({ format, score, because: say(reason, params) })

/** No magic: version, policy, algorithm and many reserved zeros at the right places. */
const report: Detector = (slice) => {
  const { score, isWhole } = reportLikeness(slice)
  const size = slice.end - slice.start
  if (!isWhole) return score === 1 ? found(FORMATS.report, 0.6, 'detect.snp.cut-off', { size }) : undefined
  if (score === 1)
    return found(
      FORMATS.report,
      size === REPORT_SIZE ? 0.95 : startsTable(subSlice(slice, REPORT_SIZE)) ? 0.97 : 0.85,
      'detect.snp.report',
      { size },
    )
  return score >= 0.75 ? found(FORMATS.report, 0.7, 'detect.snp.report-like', { size }) : undefined
}

/** A report alone, with everything where it belongs. */
const wholeReport: Detector = (slice) => {
  const detection = slice.end - slice.start === REPORT_SIZE ? report(slice) : undefined
  return detection && detection.score >= 0.95 ? detection : undefined
}

/** The first GUID is one that AMD gave to a kind of certificate. */
const table: Detector = (slice) => (startsTable(slice) ? found(FORMATS.table, 0.95, 'detect.snp.table') : undefined)

/** DER with AMD's arc in it: 1.3.6.1.4.1.3704.1.3.1, the security version of the boot loader. */
const AMD_ARC = '\x06\x0a\x2b\x06\x01\x04\x01\x9c\x78\x01\x03\x01'
/** DER with the extension under which Enarx puts evidence: 1.3.6.1.4.1.58270.1.3. */
const ENARX_ARC = '\x06\x0a\x2b\x06\x01\x04\x01\x83\xc7\x1e\x01\x03'
/** How a certificate goes on behind its own head, where a list of other things that holds one does not: the part that is signed, and in it the version. One changed byte leaves it recognisable. */
const CERTIFICATE: Readonly<Record<number, number>> = { 4: 0x30, 5: 0x82, 8: 0xa0, 9: 0x03, 10: 0x02 }
const isCertificate = (slice: Slice) =>
  Object.entries(CERTIFICATE).filter(([at, byte]) => slice.bytes[slice.start + Number(at)] === byte).length >= 4
const der: Detector = (slice) => {
  const first = bytesOf(subSlice(slice, 0, 2))
  if (first[0] !== 0x30 || first[1] !== 0x82) return undefined
  const holds = (arc: string) => findText(slice.bytes, slice.start, Math.min(slice.end, slice.start + 65_536), arc) >= 0
  if (holds(ENARX_ARC)) return found(FORMATS.envelope, 0.97, 'detect.snp.envelope', { name: 'Enarx' })
  return isCertificate(slice) && holds(AMD_ARC) && slice.end - slice.start < 4096
    ? found(FORMATS.leaf, 0.96, 'detect.snp.certificate')
    : undefined
}
/** A chip's certificate alone. */
const leaf: Detector = (slice) => {
  const detection = der(slice)
  return detection?.format === FORMATS.leaf ? detection : undefined
}

/** JSON and CBOR of configfs-tsm, and the bundle of one service. */
const containers: Detector = (slice) => {
  const text = headText(slice)
  if (text.includes('outblob') && text.includes('sev_guest')) return found(FORMATS.tsm, 0.97, 'detect.snp.tsm')
  if (/^\s*\{/.test(text) && text.includes('"enclaveAttestationReport"') && text.includes('sev-snp-guest'))
    return found(FORMATS.envelope, 0.95, 'detect.snp.envelope', { name: 'Tinfoil' })
  if (
    /^\s*\{/.test(text) &&
    ['measurement', 'report_id_ma', 'reported_tcb', 'committed_tcb', 'chip_id'].filter((name) =>
      text.includes(`"${name}"`),
    ).length >= 4
  )
    return found(FORMATS.envelope, 0.95, 'detect.snp.fields')
  if (startsProtobuf(slice)) return found(FORMATS.envelope, 0.9, 'detect.snp.protobuf')
  const answer = responseHead.read(slice, '')
  if (
    answer.value?.status.value === 0 &&
    answer.value.size.value === REPORT_SIZE &&
    isZero(answer.value.reserved.value) &&
    reportLikeness({ ...slice, start: answer.end }).score > 0.8
  )
    return found(FORMATS.envelope, 0.95, 'detect.snp.response')
  const head = scaleHead.read(slice, '')
  return head.value?.version.value === 0 &&
    head.value.length.value === ((REPORT_SIZE << 2) | 1) &&
    reportLikeness({ ...slice, start: head.end }).score > 0.8
    ? found(FORMATS.envelope, 0.95, 'detect.snp.envelope', { name: 'dstack' })
    : undefined
}

/** ID blocks and their signatures are known by exact length and by what must be zero. */
const idBlocks: Detector = (slice) => {
  const size = slice.end - slice.start
  if (size === idBlock.size) {
    const value = idBlock.read(slice, '').value
    return value &&
      value.version.value === 1 &&
      value.policy.flags.RESERVED_MBO === 1 &&
      value.policy.value >> 26n === 0n
      ? found(FORMATS.idBlock, 0.9, 'detect.snp.id-block')
      : undefined
  }
  if (size === idAuth.size) {
    const value = idAuth.read(slice, '').value
    return value && value.idKeyAlgorithm.value === 1 && isZero(value.reserved1.value) && value.idKey.curve.value === 2
      ? found(FORMATS.idAuth, 0.9, 'detect.snp.id-auth')
      : undefined
  }
  if (size !== reportSignature.size) return undefined
  const value = reportSignature.read(slice, '').value
  return value &&
    isZero(value.rUpper.value) &&
    isZero(value.sUpper.value) &&
    isZero(value.reserved.value) &&
    !isZero(value.r.value)
    ? found(FORMATS.idSignature, 0.6, 'detect.snp.id-signature')
    : undefined
}

/** AMD SEV-SNP: reports of guests, the certificates of the chips that sign them, and the containers they come in. */
export const entry: SchemeEntry = {
  id: 'amd-sev-snp',
  detectors: [onBytes(report), onBytes(table), onBytes(der), containers, onBytes(idBlocks)],
  sure: [onBytes(wholeReport), onBytes(leaf)],
  formats: Object.values(FORMATS),
  carries: ['x509.certificate'],
  marks,
  errorCodes: async () => (await import('./error-codes.ts')).errorCodes,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
