import { fill, joined, paramsOf, withHolder, type Locale, type Saying } from '../../src/core/saying.ts'
import { visible } from './hostile.ts'

/** The interface's own words of one room, in both languages. */
export interface Bilingual<K extends string = string> {
  readonly en: Readonly<Record<K, string>>
  readonly zh: Readonly<Record<K, string>>
}

/** Words of a room: the Chinese follows the English key by key, so a missing one does not compile. */
export function bilingual<const E extends Readonly<Record<string, string>>>(
  en: E,
  zh: Readonly<Record<keyof E & string, string>>,
): Bilingual<keyof E & string> {
  return { en, zh }
}

export type Params = Saying['params']

/** Fills a text; what came from outside is made visible first, so it can neither hide nor reorder words. */
export function filled(template: string, params: Params = {}): string {
  const shown = Object.entries(params).map(
    ([name, value]) => [name, typeof value === 'string' ? visible(value) : value] as const,
  )
  return fill(template, Object.fromEntries(shown))
}

/** Says a sentence in one language; the id itself where a text is missing, so that a mistake can be seen. */
export function sayIn(texts: Readonly<Record<string, string>>, saying: Saying): string {
  const template = Object.hasOwn(texts, saying.text) ? texts[saying.text] : undefined
  if (template === undefined) return saying.text
  return filled(template, paramsIn(texts, saying))
}

/** What fills a sentence, its lists written out as the language does. */
export function paramsIn(texts: Readonly<Record<string, string>>, saying: Saying): Params {
  const join = (words: readonly string[]) => joined(words, texts['list.comma'] ?? ', ', texts['list.and'] ?? ', ')
  return withHolder(
    paramsOf(saying, (one) => sayIn(texts, one), join),
    texts,
  )
}

/** What a screen reader and the fonts need to know about a language. */
export function htmlLang(locale: Locale): string {
  return locale === 'zh' ? 'zh-Hans' : 'en'
}
