import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { prepare, type PreparedNote } from './prepare.ts'
import { scheme } from './scheme.ts'

/** A context without anything but the scheme's own anchors. */
export const context: AppraisalContext = {
  at: Date.parse('2026-01-01T00:00:00Z'),
  policy: NO_POLICY,
  anchors,
  items: [],
}

/** Decodes and prepares bytes as the engine would: what the tests of checks start from. */
export async function preparedFrom(bytes: Uint8Array): Promise<PreparedNote> {
  const format = scheme.formats[0]
  if (!format) throw new Error('the scheme has no format')
  const slice = sliceOf('', bytes)
  const { decoded } = format.decode(slice, { hints: {} })
  const item: CaseItem = {
    artifact: 0,
    parent: null,
    name: 'note',
    sha256: () => '',
    origin: 'dropped',
    format: format.id,
    message: 'evidence',
    slice,
    decoded,
    facts: format.facts?.(decoded) ?? { measurements: [] },
    hints: {},
  }
  return prepare(item, context)
}
