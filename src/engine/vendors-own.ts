import type { OpenArtifact } from './case.ts'

/** Whether an artifact stands in a file of the vendor's own collateral: a bundle holds what the vendor signs for all its machines, and the chains of its signers. */
export function isVendorsOwn(subject: OpenArtifact, item: OpenArtifact, artifacts: readonly OpenArtifact[]): boolean {
  let parent = item.parent
  for (let steps = 0; parent !== null && steps < 8; steps++) {
    const above: OpenArtifact | undefined = artifacts.find((one) => one.artifact === parent)
    if (!above) return false
    if (above.scheme?.id === subject.scheme?.id && above.message === 'endorsement') return true
    parent = above.parent
  }
  return false
}
