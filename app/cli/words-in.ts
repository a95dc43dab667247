import type { Bilingual } from '../text/say.ts'

/** Whether something that a module exports is a table of words in both languages. */
export function isBilingual(value: unknown): value is Bilingual {
  return typeof value === 'object' && value !== null && 'en' in value && 'zh' in value
}
