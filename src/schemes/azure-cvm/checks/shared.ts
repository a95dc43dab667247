import { say, type TextId } from '../../../core/saying.ts'
import type { Cite, Finding } from '../../../core/verdict.ts'

/** Where Azure describes the structure. */
export const HCL = (section: string) => ({
  title: 'Azure confidential VM guest attestation',
  section,
  url: 'https://learn.microsoft.com/en-us/azure/confidential-computing/guest-attestation-confidential-virtual-machines-design',
})

/** Shorthand for a finding. */
export function finding(
  outcome: Finding['outcome'],
  text: TextId,
  cites: readonly Cite[],
  rest: Omit<Partial<Finding>, 'outcome' | 'because' | 'cites'> & {
    readonly params?: Readonly<Record<string, string | number>>
  } = {},
): Finding {
  const { params, ...more } = rest
  return { outcome, because: say(text, params ?? {}), cites, ...more }
}
