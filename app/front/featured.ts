import type { Headline } from '../../src/core/verdict.ts'
import type { Locale } from '../../src/core/saying.ts'
import list from 'virtual:featured'

/** A family on the front door, with a few of its examples by short names. */
export interface Family {
  readonly scheme: string
  readonly title: Readonly<Record<Locale, string>>
  readonly examples: readonly {
    readonly id: string
    readonly at: string
    readonly expect: Headline
    readonly short: Readonly<Record<Locale, string>>
  }[]
}

export interface Featured {
  /** How many examples there are in all. */
  readonly of: number
  readonly families: readonly Family[]
}

/** What the front door shows: the samples that have a short name, as the schemes had them when the page was built. */
export const featured = list as Featured
