import { finding } from '../../../core/finding.ts'
import { type TextId } from '../../../core/saying.ts'
import type { CaseItem } from '../../../core/scheme.ts'
import type { ArtifactIndex, ByteRange, Slice } from '../../../core/place.ts'
import type { Cite, Coverage, Finding, TrustEdge } from '../../../core/verdict.ts'
import type { Step } from '../prepare.ts'

export const SEV = (section: string) => ({
  title: 'SEV API Specification (AMD 55766)',
  section,
  url: 'https://www.amd.com/en/developer/sev.html',
})

export const citeWhole = (item: CaseItem): Cite => ({
  artifact: item.artifact,
  path: '',
  ranges: [{ space: item.slice.space, start: item.slice.start, end: item.slice.end }],
})

/** One step of the chain as a finding; `subject` is what is signed. */
export function stepFinding<T extends { readonly item: CaseItem; readonly slice: Slice }>(
  id: string,
  step: Step<T>,
  missing: TextId,
  subject: { readonly artifact: ArtifactIndex; readonly range: ByteRange } | undefined,
  edge: TrustEdge,
  by: Coverage['by'],
): Finding {
  if (step.state === 'missing') return finding('not-checked', missing, [])
  const cites = [
    ...(subject ? [{ artifact: subject.artifact, path: '', ranges: [subject.range] }] : []),
    citeWhole(step.signer.item),
  ]
  switch (step.result.result) {
    case 'valid':
      return finding('pass', `${id}.holds`, cites, {
        proves: [edge],
        uses: [step.signer.item.artifact],
        covers: subject ? [{ ...subject, by }] : [],
      })
    case 'invalid':
      return { outcome: 'fail', because: step.result.because, cites, proves: [edge] }
    case 'unsupported':
      return { outcome: 'unsupported', because: step.result.because, cites, proves: [edge] }
  }
}
