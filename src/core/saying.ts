/** A sentence without a language: the id of a text and what to fill in. The app says it in the reader's language. */

import type { FindingCode } from './verdict.ts'

/** Key of a text in a `texts.en.ts` / `texts.zh.ts` pair. */
export type TextId = string

/** Parameters are shown as given; numbers are not grouped, so offsets and versions stay as printed. */
export interface Saying {
  readonly text: TextId
  readonly params: Readonly<Record<string, string | number>>
  /** What a program may decide by; the text's id never is. */
  readonly code?: FindingCode
  /** Lists of things that are said in the same language and fill one name each: “two revocation lists, TCB info and QE identity”. */
  readonly lists?: Readonly<Record<string, readonly Saying[]>>
}

/** Makes a saying. */
export function say(text: TextId, params: Readonly<Record<string, string | number>> = {}, code?: FindingCode): Saying {
  return code === undefined ? { text, params } : { text, params, code }
}

/** Makes a saying that lists things. */
export function sayListed(
  text: TextId,
  params: Readonly<Record<string, string | number>>,
  lists: Exclude<Saying['lists'], undefined>,
): Saying {
  return { text, params, lists }
}

/** Names and values as they are printed, to be listed as each language lists things: “A, B and C”, 「A、B和C」. */
export function namesOf(values: readonly string[]): Saying[] {
  return values.map((value) => say('list.value', { value }))
}

/** Fills the lists of a saying: `one` says a saying, `join` writes several one after another as the language does. */
export function paramsOf(
  { params, lists }: Saying,
  one: (saying: Saying) => string,
  join: (words: readonly string[]) => string,
): Saying['params'] {
  if (lists === undefined) return params
  return {
    ...params,
    ...Object.fromEntries(Object.entries(lists).map(([name, sayings]) => [name, join(sayings.map(one))])),
  }
}

/** Who holds a root, as a language names it where it has a name of its own (`root.holder.…`): the vendor's Chinese name comes first in Chinese. */
export function withHolder(params: Saying['params'], texts: TextTable): Saying['params'] {
  const id = `root.holder.${params['holder'] ?? ''}`
  return Object.hasOwn(texts, id) ? { ...params, holder: texts[id] ?? '' } : params
}

/** “a, b and c” with the words of one language; `comma` and `and` are texts. */
export function joined(words: readonly string[], comma: string, and: string): string {
  const last = words.at(-1) ?? ''
  const first = words.slice(0, -1).join(comma)
  return words.length < 2 ? last : first + between(first, and) + and + between(and, last) + last
}

/** The languages in which everything is said. */
export type Locale = 'en' | 'zh'

/** Both languages of one room or scheme. The type of `zh` follows `en`, so a missing Chinese text does not compile. */
export interface Texts<K extends string = string> {
  readonly en: Readonly<Record<K, string>>
  readonly zh: Readonly<Record<K, string>>
}

/** The sentences of one language, by text id. */
export type TextTable = Readonly<Record<TextId, string>>

/** A room's or scheme's sentences, each language loaded when somebody reads it. */
export type TextLoaders = Readonly<Record<Locale, () => Promise<TextTable>>>

const HAN_BY_LATIN = /^(?:\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han})$/u

/** What stands between two pieces of a sentence: between a Chinese character and a Latin one a space. */
export function between(left: string, right: string): '' | ' ' {
  return HAN_BY_LATIN.test(left.slice(-1) + right.slice(0, 1)) ? ' ' : ''
}

/** Fills `{name}` in a text. A name that was not given stays visible, so a mistake can be seen. */
export function fill(template: string, params: Saying['params']): string {
  const filled = template.replace(/\{([A-Za-z0-9]+)\}/g, (whole, name: string, at: number) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (value === undefined) return whole
    // What a value begins and ends with is not known before.
    const text = String(value)
    return between(template[at - 1] ?? '', text) + text + between(text, template[at + whole.length] ?? '')
  })
  // A full-width bracket brings its own space: what was filled in may end with one.
  return filled.includes('） ') ? filled.replaceAll('） ', '）') : filled
}
