import { useTexts } from '../../text/speech.tsx'

/** A format's name in the engine's words. */
export function useFormatTitle(format: string): string {
  const texts = useTexts()
  return texts[`format.${format}`] ?? format
}
