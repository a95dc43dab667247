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
  /** Everything that others put there (a permalink's own parts), kept as it is. */
  readonly rest: readonly (readonly [string, string])[]
}

const OWN = ['lang', 'theme', 'case', 'sample', 'panel', 'field']

/** Reads a fragment; what it does not understand it keeps. */
export function readAddress(hash: string): Address {
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  const lang = given.get('lang')
  const theme = given.get('theme')
  const number = Number(given.get('case') ?? Number.NaN)
  return {
    lang: lang === 'en' || lang === 'zh' ? lang : null,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    case: Number.isSafeInteger(number) && number > 0 ? number : null,
    sample: given.get('sample'),
    panel: given.get('panel'),
    field: given.get('field'),
    rest: [...given].filter(([name]) => !OWN.includes(name)),
  }
}

/** Writes a fragment, `#` included; empty for the plain front door. */
export function writeAddress(address: Address): string {
  const parts: [string, string][] = []
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
