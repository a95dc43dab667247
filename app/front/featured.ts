import type { Headline } from '../../src/core/verdict.ts'
import type { Locale } from '../../src/core/saying.ts'
import list from './featured.json'

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

/** What the front door shows; written down by `examples.test.ts` from the samples that have a short name. */
// The test compares every entry with its scheme.
export const featured = list as { readonly of: number; readonly families: readonly Family[] }
