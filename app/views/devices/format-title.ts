import type { Subject } from '../../../src/core/verdict.ts'
import { useCase } from '../../case/context.tsx'
import { useTexts } from '../../text/speech.tsx'

/** What a piece of evidence is called in the engine's words. */
export function useTitleOf(): (subject: Subject | undefined) => string {
  const texts = useTexts()
  const { inspection } = useCase()
  return (subject) => {
    const title = subject ? (inspection.artifacts[subject.artifact]?.title ?? '') : ''
    return texts[title] ?? subject?.format ?? ''
  }
}
