import type { Slice } from '../../core/place.ts'
import type { Layout } from '../../bytes/layout.ts'
import type { caCertificate, certificate, legacyReport } from './layout.ts'

export const FORMATS = {
  ca: 'amd.sev-ca-certificate',
  certificate: 'amd.sev-certificate',
  pdh: 'amd.sev-pdh',
  report: 'amd.sev-report',
  concatenated: 'amd.sev-certificates',
} as const

type ValueOf<L> = L extends Layout<infer T> ? T : never
export type CaCertificate = ValueOf<typeof caCertificate>
export type SevCertificate = ValueOf<typeof certificate>
export type LegacyReport = ValueOf<typeof legacyReport>

export interface DecodedCa {
  readonly slice: Slice
  readonly value: CaCertificate | undefined
}
export interface DecodedCertificate {
  readonly slice: Slice
  readonly value: SevCertificate | undefined
}
export interface DecodedLegacyReport {
  readonly slice: Slice
  readonly value: LegacyReport | undefined
}
