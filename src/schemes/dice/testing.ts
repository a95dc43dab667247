import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { makeCborChain, makeChain, type DiceRecipe } from './attester.ts'
import { readChain, readDiceCertificate, type Dice } from './decoded.ts'
import { FORMATS } from './formats.ts'
import { prepare, type PreparedDice } from './prepare.ts'

function itemOf(artifact: ArtifactIndex, bytes: Uint8Array, format: string | null, decoded: unknown): CaseItem {
  return {
    artifact,
    parent: null,
    name: `file ${artifact}`,
    sha256: () => '',
    origin: 'dropped',
    format,
    message: format === null ? 'unknown' : 'evidence',
    slice: sliceOf('', bytes),
    decoded,
    facts: { measurements: [] },
    hints: {},
  }
}

const certificateItem = (artifact: ArtifactIndex, bytes: Uint8Array): CaseItem =>
  itemOf(artifact, bytes, FORMATS.certificate, readDiceCertificate(sliceOf('', bytes)))

export const context: AppraisalContext = {
  at: Date.parse('2026-01-01T00:00:00Z'),
  policy: NO_POLICY,
  anchors,
  items: [],
}

/** The leaf of a chain among its other layers; `without` leaves layers away by their place behind the leaf. */
export async function prepared(
  recipe: DiceRecipe = {},
  change: {
    readonly without?: number
    readonly leaf?: (leaf: Uint8Array) => Uint8Array
    readonly policy?: AppraisalContext['policy']
  } = {},
): Promise<PreparedDice> {
  const [leaf = new Uint8Array(), ...others] = await makeChain(recipe)
  const items = others.flatMap((bytes, i) => (i === change.without ? [] : [certificateItem(i + 1, bytes)]))
  return prepare(certificateItem(0, change.leaf?.(leaf) ?? leaf), {
    ...context,
    items,
    policy: change.policy ?? NO_POLICY,
  })
}

/** A CBOR chain. */
export async function preparedCbor(
  mode = 1,
  change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Promise<PreparedDice> {
  const bytes = change(await makeCborChain(mode))
  const { dice }: { dice: Dice } = readChain(sliceOf('', bytes))
  return prepare(itemOf(0, bytes, FORMATS.chain, dice), context)
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
