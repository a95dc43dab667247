import type { ArtifactIndex, ByteRange } from '../../../core/place.ts'
import type { Cite } from '../../../core/verdict.ts'
import type { PreparedCsv } from '../prepare.ts'

/** Where the rules stand. */
export const CSV = (section: string) => ({
  title: 'Hygon CSV attestation, as csv-rs and hag write and verify it',
  section,
  url: 'https://github.com/openanolis/csv-rs',
})

/** A field as a cite. */
export const cite = (
  artifact: ArtifactIndex,
  field: { readonly path: string; readonly ranges: readonly ByteRange[] },
): Cite => ({ artifact, path: field.path, ranges: field.ranges })

/** The report of a guest; undefined for a DCU's. */
export function reportOf({ subject }: PreparedCsv) {
  return subject.kind === 'report' ? subject.decoded : undefined
}
