import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext } from '../../core/scheme.ts'
import { prepare, type PreparedList } from './prepare.ts'
import { readList } from './lists.ts'

export const context: AppraisalContext = {
  at: Date.parse('2026-01-02T00:00:00Z'),
  policy: NO_POLICY,
  anchors: [],
  items: [],
}

/** Reads a list as the engine would. */
export function prepared(format: string, text: string): Promise<PreparedList> {
  const slice = sliceOf('', new TextEncoder().encode(text))
  return prepare(
    {
      artifact: 0,
      parent: null,
      name: 'list.json',
      sha256: () => '',
      origin: 'dropped',
      format,
      message: 'reference-values',
      slice,
      decoded: readList(slice, format),
      facts: { measurements: [] },
      hints: {},
    },
    context,
  )
}
