import type { Layout } from '../../bytes/layout.ts'
import type { Slice } from '../../core/place.ts'
import type { TextId } from '../../core/saying.ts'
import type { report, TcbLayout } from './layout.ts'
import type { Processor } from './product.ts'

/** Ids of the formats that this scheme owns. */
export const FORMATS = {
  report: 'amd.snp-report',
  table: 'amd.snp-cert-table',
  leaf: 'amd.snp-certificate',
  idBlock: 'amd.snp-id-block',
  idAuth: 'amd.snp-id-auth',
  idSignature: 'amd.snp-id-signature',
  tsm: 'amd.snp-tsm-report',
  envelope: 'amd.snp-envelope',
} as const

type ValueOf<L> = L extends Layout<infer T> ? T : never

/** A report that was read to its end. */
export type SnpReport = ValueOf<ReturnType<typeof report>>

/** What says how the bytes of a TCB_VERSION are ordered. */
export type TcbFrom = 'cpuid' | 'chip-id' | 'default' | 'certificate'

/** What decoding a report gives; `report` is undefined when the bytes end too early. */
export interface DecodedReport {
  readonly slice: Slice
  readonly version: number | undefined
  readonly report: SnpReport | undefined
  readonly processor: Processor | undefined
  readonly tcbLayout: TcbLayout
  readonly tcbFrom: TcbFrom
  readonly trailing: Slice
}

/** Versions whose layout is known. */
export const KNOWN_VERSIONS: readonly number[] = [2, 3, 4, 5]

/** Why a version is read and not verified: before the first known one, or after the last. */
export const unknownVersion = (version: number): TextId => (version < 2 ? 'snp.version-old' : 'snp.version-unknown')
