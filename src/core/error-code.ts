import type { Locale } from './saying.ts'

/** A message of somebody else's tool, explained: what it means, which check here answers it, what to do. */
export interface ErrorCode {
  /** As tools print it: names, and words of a message that stand nowhere else. Compared without regard to case. */
  readonly names: readonly string[]
  /** Numbers that stand for it: found in hex, and in decimal where they are large enough to mean nothing else. */
  readonly numbers?: readonly number[]
  /** The tool or library that says it. */
  readonly by: string
  readonly means: Readonly<Record<Locale, string>>
  readonly remedy: Readonly<Record<Locale, string>>
  /** Id of the check in this page that asks the same. */
  readonly check?: string
  /** Where the code is defined. */
  readonly source: string
}
