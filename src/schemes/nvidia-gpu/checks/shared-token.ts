import type { Cite } from '../../../core/verdict.ts'
import type { PreparedReply } from '../token-appraiser.ts'
import type { Token } from '../token.ts'

/** The service's documentation. */
export const NRAS = (section: string) => ({
  title: 'NVIDIA Remote Attestation Service',
  section,
  url: 'https://docs.attestation.nvidia.com/',
})

/** Points at tokens as they stand in the reply. */
export function citeTokens({ artifact }: PreparedReply, tokens: readonly (Token | undefined)[]): Cite[] {
  const ranges = tokens.flatMap((token) =>
    token ? [{ space: token.text.space, start: token.text.start, end: token.text.end }] : [],
  )
  return ranges.length === 0 ? [] : [{ artifact, path: 'reply', ranges }]
}
