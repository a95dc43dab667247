import { finding } from '../../../core/finding.ts'
import { type TextId } from '../../../core/saying.ts'
import type { ArtifactIndex, Located } from '../../../core/place.ts'
import type { Cite, Coverage, Finding, TrustEdge } from '../../../core/verdict.ts'
import type { VerifyResult } from '../../../crypto/types.ts'
import type { Signed } from '../decoded.ts'

/** Where the rules stand. */
export const QCA = (section: string) => ({
  title: 'iTrustee QCA reports, as kunpengsecl’s and secGear’s verifiers read them',
  section,
  url: 'https://gitee.com/openeuler/kunpengsecl',
})

export const cite = (artifact: ArtifactIndex, { path, ranges }: Located<unknown>): Cite => ({ artifact, path, ranges })

/** What a signature of this format comes to, and which bytes it then covers. */
export function signatureFinding(
  artifact: ArtifactIndex,
  given: {
    readonly result: VerifyResult
    readonly signed: Signed
    readonly signature: Located<Uint8Array>
    readonly good: TextId
    readonly by: 'attestation-key' | 'endorsement'
    readonly proves: readonly TrustEdge[]
  },
): Finding {
  const { result, signed, signature, good, by, proves } = given
  const says = signed.kind === 'bytes' ? signed.says : [signed.range]
  const cites: Cite[] = [
    { artifact, path: '', ranges: says },
    { artifact, path: signature.path, ranges: signature.ranges },
  ]
  switch (result.result) {
    case 'valid':
      return finding('pass', good, cites, { proves, covers: coversOf(artifact, says, signature, by) })
    case 'invalid':
      return { outcome: 'fail', because: result.because, cites, proves }
    case 'unsupported':
      return { outcome: 'unsupported', because: result.because, cites, proves }
  }
}

function coversOf(
  artifact: ArtifactIndex,
  says: Cite['ranges'],
  signature: Located<Uint8Array>,
  by: Coverage['by'],
): Coverage[] {
  return [
    ...says.map((range): Coverage => ({ artifact, range, by })),
    // In JSON the last characters of base64 say bits that are no part of the number: of those nothing is promised.
    ...signature.ranges.map((range): Coverage => ({
      artifact,
      range: range.space === '' ? range : { ...range, end: range.end - ((range.end - range.start) % 3) },
      by: 'signature',
    })),
  ]
}
