import { type ArtifactIndex, sliceOf, type Slice } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem, EvidenceFormat } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { makeAndroidChain, makeAppAttest, makePacked, type AndroidRecipe, type AttestationRecipe } from './attester.ts'
import { FORMATS } from './formats.ts'
import { prepareAndroid, prepareAttestation, type PreparedAndroid, type PreparedAttestation } from './prepare.ts'
import { scheme } from './scheme.ts'

/** An artifact of one of the scheme's formats, as the engine would hold it. */
export function itemOf(artifact: ArtifactIndex, format: string, bytes: Uint8Array): CaseItem {
  const definition: EvidenceFormat | undefined = scheme.formats.find((one) => one.id === format)
  if (!definition) throw new Error(`no format ${format}`)
  const slice = sliceOf('', bytes)
  const { decoded } = definition.decode(slice, { hints: {} })
  return {
    artifact,
    parent: null,
    name: `file ${artifact}`,
    sha256: () => '',
    origin: 'dropped',
    format,
    message: definition.message,
    slice,
    decoded,
    facts: definition.facts?.(decoded) ?? { measurements: [] },
    hints: {},
  }
}

export const context: AppraisalContext = {
  at: Date.parse('2026-01-01T00:00:00Z'),
  policy: NO_POLICY,
  anchors,
  items: [],
}
const text = (value: string): Slice => sliceOf('', new TextEncoder().encode(value))

/** With these texts among the files. */
export const beside = (...texts: readonly string[]): AppraisalContext => ({ ...context, files: texts.map(text) })

export const CHALLENGE = 'a challenge of the demonstration'

/** An App Attest object; its challenge is among the files unless others are given. */
export async function appAttest(
  recipe: AttestationRecipe = {},
  given: AppraisalContext = beside(CHALLENGE),
): Promise<PreparedAttestation> {
  return prepareAttestation(itemOf(0, FORMATS.attestation, await makeAppAttest(recipe)), given)
}

/** A registration in the format packed, with its client data among the files. */
export async function packed(
  recipe: AttestationRecipe & { readonly self?: boolean } = {},
): Promise<PreparedAttestation> {
  const { object, clientData } = await makePacked(recipe)
  return prepareAttestation(itemOf(0, FORMATS.attestation, object), {
    ...context,
    files: [sliceOf('', clientData)],
  })
}

/** A chain of Android, with other files. */
export async function android(
  recipe: AndroidRecipe = {},
  change: { readonly items?: readonly CaseItem[]; readonly bytes?: (bytes: Uint8Array) => Uint8Array } = {},
): Promise<PreparedAndroid> {
  const chain = Uint8Array.from((await makeAndroidChain(recipe)).flatMap((one) => [...one]))
  return prepareAndroid(itemOf(0, FORMATS.androidChain, change.bytes?.(chain) ?? chain), {
    ...context,
    items: change.items ?? [],
  })
}

/** Flips one bit of the byte at that place, counted from the end where it is negative. */
export const flipped =
  (at: number) =>
  (bytes: Uint8Array): Uint8Array => {
    const copy = bytes.slice()
    const place = at < 0 ? copy.length + at : at
    copy[place] = (copy[place] ?? 0) ^ 1
    return copy
  }
