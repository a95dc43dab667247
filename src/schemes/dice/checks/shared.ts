import { rangeOf } from '../../../core/place.ts'
import type { Cite } from '../../../core/verdict.ts'
import type { PreparedDice } from '../prepare.ts'

export const TCG = (section: string) => ({
  title: 'TCG DICE Attestation Architecture 1.1',
  section,
  url: 'https://trustedcomputinggroup.org/resource/dice-attestation-architecture/',
})
export const OPEN = (section: string) => ({
  title: 'Open Profile for DICE',
  section,
  url: 'https://pigweed.googlesource.com/open-dice/+/refs/heads/main/docs/specification.md',
})

/** The whole certificate. */
export function whole({ artifact, dice }: PreparedDice): readonly Cite[] {
  return [{ artifact, path: '', ranges: [rangeOf(dice.slice)] }]
}
