import type { Slice } from '../../core/place.ts'
import type { Report } from './layout.ts'

/** What reading a report gives. */
export interface ReportDecoded {
  readonly report: Report | undefined
  readonly trailing: Slice
}
