import type { Slice } from '../../core/place.ts'
import type { Layout } from '../../bytes/layout.ts'
import type { caCertificate, csvCertificate, dcuReport, reportV1, reportV2 } from './layout.ts'

export const FORMATS = {
  ca: 'csv.ca-certificate',
  certificate: 'csv.certificate',
  certificates: 'csv.certificates',
  report: 'csv.report',
  evidence: 'csv.evidence',
  json: 'csv.evidence-json',
  claims: 'csv.claims',
  dcu: 'csv.dcu-report',
  dcuResponse: 'csv.dcu-response',
  dcuJson: 'csv.dcu-json',
} as const

type ValueOf<L> = L extends Layout<infer T> ? T : never
export type CaCertificate = ValueOf<typeof caCertificate>
export type CsvCertificate = ValueOf<typeof csvCertificate>
export type ReportV1 = ValueOf<typeof reportV1>
export type ReportV2 = ValueOf<typeof reportV2>
export type DcuReport = ValueOf<typeof dcuReport>

export interface DecodedCa {
  readonly slice: Slice
  readonly value: CaCertificate | undefined
}
export interface DecodedCertificate {
  readonly slice: Slice
  readonly value: CsvCertificate | undefined
}

/** What the report's bytes behind the signature look like: as the firmware masked them, or clear (tools take the mask off). */
export type Tail = 'masked' | 'clear'

/** A report: the bytes as stored, and the same bytes with the mask taken off (the stored ones themselves in version 2). */
export type DecodedReport =
  | {
      readonly version: 1
      readonly slice: Slice
      readonly clear: Slice
      readonly tail: Tail
      readonly value: ReportV1 | undefined
      /** The signer's certificate, even where the report ends behind it. */
      readonly pek: CsvCertificate | undefined
      readonly hints: Readonly<Record<string, string>>
    }
  | {
      readonly version: 2
      readonly slice: Slice
      readonly clear: Slice
      readonly value: ReportV2 | undefined
      readonly pek: CsvCertificate | undefined
      readonly hints: Readonly<Record<string, string>>
    }

export interface DecodedDcu {
  readonly slice: Slice
  readonly value: DcuReport | undefined
}
