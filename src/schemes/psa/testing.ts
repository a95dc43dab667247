import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { demoKeyFile, makeToken, type PsaRecipe } from './attester.ts'
import { prepare, type PreparedPsa } from './prepare.ts'
import { scheme } from './scheme.ts'

/** A dropped file, as other schemes' formats or none would have it. */
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

/** The scheme's own anchors, with the demonstration key among the files. */
export const context: AppraisalContext = {
  at: Date.parse('2026-01-01T00:00:00Z'),
  policy: NO_POLICY,
  anchors,
  items: [droppedFile(1, demoKeyFile())],
}

/** The same without any key. */
export const withoutKey: AppraisalContext = { ...context, items: [] }

/** Makes a token and prepares it as the engine would. */
export async function prepared(
  recipe: PsaRecipe = {},
  given: AppraisalContext = context,
  bytes?: Uint8Array,
): Promise<PreparedPsa> {
  const format = scheme.formats[0]
  if (!format) throw new Error('the scheme has no format')
  const item = droppedFile(0, bytes ?? (await makeToken(recipe)))
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
