import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { makeReport, type ReportRecipe } from './attester.ts'
import { prepare, type PreparedKeystone } from './prepare.ts'
import { scheme } from './scheme.ts'

/** A dropped file. */
export function droppedFile(artifact: ArtifactIndex, bytes: Uint8Array): CaseItem {
  return {
    artifact,
    parent: null,
    name: 'file',
    sha256: () => '',
    origin: 'dropped',
    format: null,
    message: 'unknown',
    slice: sliceOf('', bytes),
    decoded: undefined,
    facts: { measurements: [] },
    hints: {},
  }
}

/** The scheme's own anchors and nothing else. */
export const context: AppraisalContext = {
  at: Date.parse('2026-01-01T00:00:00Z'),
  policy: NO_POLICY,
  anchors,
  items: [],
}

/** Decodes and prepares a report, or bytes, as the engine would. */
export async function prepared(
  of: ReportRecipe | Uint8Array = {},
  given: AppraisalContext = context,
): Promise<PreparedKeystone> {
  const [format] = scheme.formats
  if (!format) throw new Error('the scheme has no format')
  const item = droppedFile(0, of instanceof Uint8Array ? of : makeReport(of))
  const { decoded } = format.decode(item.slice, { hints: {} })
  return prepare(
    {
      ...item,
      format: format.id,
      message: 'evidence',
      decoded,
      facts: format.facts?.(decoded) ?? { measurements: [] },
    },
    given,
  )
}
