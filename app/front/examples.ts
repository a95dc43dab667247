import type { Headline } from '../../src/core/verdict.ts'
import type { Locale } from '../../src/core/saying.ts'
import list from './examples.json'

/** An example as the list shows it: no scheme is loaded before one is opened. */
export interface Example {
  readonly scheme: string
  readonly id: string
  /** Kind of evidence. */
  readonly format: string
  readonly formatTitle: Readonly<Record<Locale, string>>
  readonly title: Readonly<Record<Locale, string>>
  /** Instant at which it is meant to be appraised. */
  readonly at: string
  /** Headline that it has under its own root. */
  readonly expect: Headline
}

/** All examples of all schemes, written down by `examples.test.ts` from the schemes themselves. Loaded when somebody asks for all of them, or opens one. */
// The test compares every entry with its scheme.
export const examples = list as readonly Example[]
