import { createContext, useCallback, useContext, useMemo, type ReactNode } from 'react'
import type { Locale, Saying } from '../../src/core/saying.ts'
import { filled, sayIn, type Bilingual, type Params } from './say.ts'

interface Speech {
  readonly locale: Locale
  /** Texts of the engine in this language; empty until they have come. */
  readonly texts: Readonly<Record<string, string>>
}

const SpeechContext = createContext<Speech>({ locale: 'en', texts: {} })

/** Gives everything below it a language and the engine's texts. */
export function SpeechProvider({ locale, texts, children }: Speech & { readonly children: ReactNode }) {
  const value = useMemo(() => ({ locale, texts }), [locale, texts])
  return <SpeechContext value={value}>{children}</SpeechContext>
}

/** The language that the reader chose. */
export function useLocale(): Locale {
  return useContext(SpeechContext).locale
}

/** Says the interface's own words. */
export function useWords<K extends string>(words: Bilingual<K>): (key: K, params?: Params) => string {
  const { locale } = useContext(SpeechContext)
  return useCallback((key, params) => filled(words[locale][key], params), [words, locale])
}

/** Says the engine's sentences as plain text, without emphasis, for attributes and copies. */
export function useSay(): (saying: Saying) => string {
  const { texts } = useContext(SpeechContext)
  return useCallback((saying) => sayIn(texts, saying).replaceAll('**', ''), [texts])
}

/** All of the engine's texts in this language. */
export function useTexts(): Readonly<Record<string, string>> {
  return useContext(SpeechContext).texts
}

/** Looks up one of the engine's texts; undefined where there is none. */
export function useText(): (id: string) => string | undefined {
  const { texts } = useContext(SpeechContext)
  return (id) => (Object.hasOwn(texts, id) ? texts[id] : undefined)
}
