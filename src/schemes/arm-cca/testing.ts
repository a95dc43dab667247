import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { demoKeyFile, makeToken, type CcaRecipe } from './attester.ts'
import { prepare, type PreparedCca } from './prepare.ts'
import { scheme } from './scheme.ts'
import { makeVirtToken } from './virt-attester.ts'

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

/** Decodes and prepares bytes as the engine would. */
export async function preparedFrom(bytes: Uint8Array, given: AppraisalContext = context): Promise<PreparedCca> {
  const format = scheme.formats[0]
  if (!format) throw new Error('the scheme has no format')
  const slice = sliceOf('', bytes)
  const { decoded } = format.decode(slice, { hints: {} })
  return prepare(
    {
      ...droppedFile(0, bytes),
      format: format.id,
      message: 'evidence',
      slice,
      decoded,
      facts: format.facts?.(decoded) ?? { measurements: [] },
    },
    given,
  )
}

/** Makes a token and prepares it. */
export async function prepared(recipe: CcaRecipe = {}, given: AppraisalContext = context): Promise<PreparedCca> {
  return preparedFrom(await makeToken(recipe), given)
}

/** A virtCCA token with other files beside it, prepared. `isCarried`: they came in one container with it. */
export async function virtPrepared(
  beside: readonly Uint8Array[],
  given: { readonly at?: string; readonly isCarried?: boolean } = {},
): Promise<PreparedCca> {
  const bytes = await makeVirtToken()
  const slice = sliceOf('', bytes)
  const format = scheme.formats.find((one) => one.id === 'cca.virtcca-token')
  const parent = given.isCarried === true ? 9 : null
  const items = beside.map((file, i) => ({ ...droppedFile(i + 1, file), parent }))
  return prepare(
    { ...droppedFile(0, bytes), parent, slice, decoded: format?.decode(slice, { hints: {} }).decoded },
    { ...context, items, at: Date.parse(given.at ?? '2026-01-01T00:00:00Z') },
  )
}
