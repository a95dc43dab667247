import type { Slice } from '../../core/place.ts'
import type { Layout } from '../../bytes/layout.ts'
import type { report } from './layout.ts'

type ValueOf<L> = L extends Layout<infer T> ? T : never

/** A whole report. */
export type Report = ValueOf<typeof report>

/** What decoding gives; `report` is undefined when the bytes end too early. */
export interface DecodedReport {
  readonly report: Report | undefined
  readonly trailing: Slice
}
