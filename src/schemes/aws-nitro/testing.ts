import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { MADE_AT, makeDocument, type NitroRecipe } from './attester.ts'
import { prepare, type PreparedNitro } from './prepare.ts'
import { scheme } from './scheme.ts'

/** The scheme's own anchors, at the time when the samples were made. */
export const context: AppraisalContext = { at: MADE_AT, policy: NO_POLICY, anchors, items: [] }

/** Decodes and prepares bytes as the engine would. */
export async function preparedFrom(bytes: Uint8Array, given: AppraisalContext = context): Promise<PreparedNitro> {
  const format = scheme.formats[0]
  if (!format) throw new Error('the scheme has no format')
  const slice = sliceOf('', bytes)
  const { decoded } = format.decode(slice, { hints: {} })
  const item: CaseItem = {
    artifact: 0,
    parent: null,
    name: 'document',
    sha256: () => '',
    origin: 'dropped',
    format: format.id,
    message: 'evidence',
    slice,
    decoded,
    facts: format.facts?.(decoded) ?? { measurements: [] },
    hints: {},
  }
  return prepare(item, given)
}

/** Makes a document and prepares it. */
export async function prepared(recipe: NitroRecipe = {}, given: AppraisalContext = context): Promise<PreparedNitro> {
  return preparedFrom(await makeDocument(recipe), given)
}
