import type { Locale } from '../../src/core/saying.ts'

/** Light, dark, or as the system says. */
export type Theme = 'light' | 'dark' | 'system'

/** What the fragment of the address says. Nothing in it goes to a server. */
export interface Address {
  readonly lang: Locale | null
  readonly theme: Theme
  /** Number of a case opened since the page was loaded. */
  readonly case: number | null
  /** `scheme/id` of a sample: opens again after a reload. */
  readonly sample: string | null
  readonly panel: string | null
  /** Selected field: `artifact:path`. */
  readonly field: string | null
  /** A page of its own beside front door and case: `lessons`, `glossary` … */
  readonly page: string | null
  /** The lesson that stands beside the case, by id or number, and its step, counted from 1. */
  readonly lesson: string | null
  readonly step: number | null
  /** Everything that others put there (a permalink's own parts), kept as it is. */
  readonly rest: readonly (readonly [string, string])[]
}

const OWN = ['lang', 'theme', 'case', 'sample', 'panel', 'field', 'page', 'lesson', 'step']

const counted = (text: string | null): number | null => {
  const number = Number(text ?? Number.NaN)
  return Number.isSafeInteger(number) && number > 0 ? number : null
}

/** No case, no lesson, no page: the front door. */
export const FRONT_DOOR = {
  case: null,
  sample: null,
  panel: null,
  field: null,
  page: null,
  lesson: null,
  step: null,
  rest: [],
} satisfies Partial<Address>

/** Reads a fragment; what it does not understand it keeps. */
export function readAddress(hash: string): Address {
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  const lang = given.get('lang')
  const theme = given.get('theme')
  return {
    lang: lang === 'en' || lang === 'zh' ? lang : null,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    case: counted(given.get('case')),
    sample: given.get('sample'),
    panel: given.get('panel'),
    field: given.get('field'),
    page: given.get('page'),
    lesson: given.get('lesson'),
    step: counted(given.get('step')),
    rest: [...given].filter(([name]) => !OWN.includes(name)),
  }
}

/** Writes a fragment, `#` included; empty for the plain front door. */
export function writeAddress(address: Address): string {
  const parts: [string, string][] = []
  if (address.page !== null) parts.push(['page', address.page])
  if (address.lesson !== null) parts.push(['lesson', address.lesson])
  if (address.step !== null) parts.push(['step', String(address.step)])
  if (address.lang !== null) parts.push(['lang', address.lang])
  if (address.theme !== 'system') parts.push(['theme', address.theme])
  if (address.sample !== null) parts.push(['sample', address.sample])
  if (address.case !== null) parts.push(['case', String(address.case)])
  if (address.panel !== null) parts.push(['panel', address.panel])
  if (address.field !== null) parts.push(['field', address.field])
  const all = [...parts, ...address.rest]
  return all.length === 0
    ? ''
    : `#${all.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%3A', ':')}`).join('&')}`
}
