import type { Slice } from '../../core/place.ts'
import type { Decoding, EvidenceFormat, Facts, Inner } from '../../core/scheme.ts'
import { later } from '../../bytes/later.ts'
import { member, parseJson, readJson } from '../../bytes/json.ts'
import { FORMATS, type AkCertificate, type QcaReport } from './decoded.ts'
import { akHead, reportHead } from './layout.ts'
import { readBinaryAk, readBinaryReport, type BinaryReading } from './read-binary.ts'
import { newOpening, readAk, readReport, treeOf, type Opening } from './read-json.ts'

/** The device's certificate is opened as an artifact of its own. */
const innerOf = (drk: Slice | undefined): Inner[] =>
  drk ? [{ slice: drk, name: 'DRK certificate', format: 'x509.certificate', origin: 'embedded' }] : []

function decodeJson<T>(slice: Slice, label: string, decoded: T, opening: Opening): Decoding<T> {
  const expand = later(() => readJson(slice, '', label).expand)
  return {
    tree: () => treeOf(slice, label, opening),
    decoded,
    spaces: () => opening.spaces,
    problems: [],
    inner: innerOf(opening.drk),
    expand: (path, from, to) => expand()(path, from, to) ?? [],
  }
}

function decodeBinary<T>(reading: BinaryReading<T>): Decoding<T> {
  return {
    tree: later(reading.node),
    decoded: reading.value,
    spaces: () => reading.spaces,
    problems: [],
    inner: innerOf(reading.drk),
  }
}

function reportFacts({ nonce, uuid, taImg, taMem, endorsement }: QcaReport): Facts {
  const ak = endorsement?.kind === 'drk' ? endorsement.certificate : undefined
  const name = ak?.drk?.subject.commonName
  const register = (label: string, value: QcaReport['taImg'], identity: boolean) =>
    value ? [{ name: label, value, identity }] : []
  return {
    ...(nonce ? { nonce, userData: nonce } : {}),
    measurements: [
      ...register('TA_IMG', taImg, true),
      ...register('TA_MEM', taMem, true),
      ...register('QTA_IMG', ak?.qtaImg, false),
      ...register('QTA_MEM', ak?.qtaMem, false),
    ],
    ...(ak?.ak ? { signingKey: ak.ak } : {}),
    ...(ak?.drk && name
      ? {
          deviceId: {
            path: '',
            ranges: [{ space: ak.drk.slice.space, start: ak.drk.slice.start, end: ak.drk.slice.end }],
            value: new TextEncoder().encode(name),
          },
        }
      : {}),
    productId: 'Kunpeng iTrustee',
    versions: uuid ? { uuid: uuid.value } : {},
  }
}

export const reportJsonFormat: EvidenceFormat<QcaReport> = {
  id: FORMATS.reportJson,
  message: 'evidence',
  title: 'format.qca.report-json',
  facts: reportFacts,
  decode(slice) {
    const opening = newOpening()
    const { value, partial } = parseJson(slice)
    return decodeJson(slice, 'QCA report', readReport(slice, value ?? partial, opening), opening)
  },
}

export const reportFormat: EvidenceFormat<QcaReport> = {
  id: FORMATS.report,
  message: 'evidence',
  title: 'format.qca.report',
  rows: () => reportHead.rows(),
  facts: reportFacts,
  decode: (slice) => decodeBinary(readBinaryReport(slice)),
}

export const akJsonFormat: EvidenceFormat<AkCertificate> = {
  id: FORMATS.akJson,
  message: 'endorsement',
  title: 'format.qca.ak-json',
  decode(slice) {
    const opening = newOpening()
    const { value } = parseJson(slice)
    const whole = member(value, 'payload') ? value : undefined
    return decodeJson(slice, 'AK certificate', readAk(slice, whole, '', opening), opening)
  },
}

export const akFormat: EvidenceFormat<AkCertificate> = {
  id: FORMATS.ak,
  message: 'endorsement',
  title: 'format.qca.ak',
  rows: () => akHead.rows(),
  decode: (slice) => decodeBinary(readBinaryAk(slice, '')),
}
