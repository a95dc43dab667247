import type { ByteRange } from '../../../core/place.ts'
import type { Cite } from '../../../core/verdict.ts'
import type { PreparedCorim } from '../prepare.ts'

export const CORIM = (section: string) => ({
  title: 'draft-ietf-rats-corim',
  section,
  url: 'https://datatracker.ietf.org/doc/draft-ietf-rats-corim/',
})

/** Points at bytes of the manifest. */
export function cite({ artifact }: PreparedCorim, path: string, ...ranges: readonly ByteRange[]): Cite[] {
  return ranges.length === 0 ? [] : [{ artifact, path, ranges }]
}
