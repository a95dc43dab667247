import type { Headline } from '../../src/core/verdict.ts'
import type { Locale } from '../../src/core/saying.ts'
import list from 'virtual:examples'

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

/** All examples of all schemes, as the schemes had them when the page was built. Loaded when somebody asks for all of them, or opens one. */
export const examples = list as readonly Example[]
