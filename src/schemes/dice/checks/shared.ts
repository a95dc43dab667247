import { rangeOf } from '../../../core/place.ts'
import type { Cite } from '../../../core/verdict.ts'
import type { PreparedDice } from '../prepare.ts'

export const TCG = (section: string) => ({
  title: 'TCG DICE Attestation Architecture 1.1',
  section,
  url: 'https://trustedcomputinggroup.org/resource/dice-attestation-architecture/',
})

/** The whole certificate. */
export function whole({ artifact, dice }: PreparedDice): readonly Cite[] {
  return [{ artifact, path: '', ranges: [rangeOf(dice.slice)] }]
}
