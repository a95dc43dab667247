import type { Locale } from '../../src/core/saying.ts'
import { TERMS, type Term } from './terms.ts'

/** A piece of running text: a term where it is used first, or what stands between. */
export interface Piece {
  readonly text: string
  readonly term?: Term
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const known = { en: new Map<string, Term>(), zh: new Map<string, Term>() }
for (const locale of ['en', 'zh'] as const)
  for (const term of TERMS) for (const form of term.forms[locale]) known[locale].set(form.toLowerCase(), term)

/** English words end where letters end; Chinese has no such ends, and Latin names inside it do. */
function patternOf(locale: Locale): RegExp {
  const forms = [...known[locale].keys()].toSorted((a, b) => b.length - a.length).map(escaped)
  return new RegExp(String.raw`(?<![\p{Script=Latin}\d])(?:${forms.join('|')})(?![\p{Script=Latin}\d])`, 'giu')
}
const PATTERN = { en: patternOf('en'), zh: patternOf('zh') }

/**
 * Cuts a text at the first use of each term.
 * @param used ids of terms that were used before; those found here are added
 */
export function piecesOf(text: string, locale: Locale, used: Set<string>): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(PATTERN[locale])) {
    const term = known[locale].get(match[0].toLowerCase())
    if (term === undefined || used.has(term.id)) continue
    used.add(term.id)
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) })
    pieces.push({ text: match[0], term })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  return pieces
}
