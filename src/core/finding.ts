import { say, type TextId } from './saying.ts'
import type { Cite, Finding } from './verdict.ts'

/** Shorthand for a finding: `rest` may bring any other member, and `params` for the sentence. */
export function finding(
  outcome: Finding['outcome'],
  text: TextId,
  cites: readonly Cite[],
  rest: Omit<Partial<Finding>, 'outcome' | 'because' | 'cites'> & {
    readonly params?: Readonly<Record<string, string | number>>
  } = {},
): Finding {
  const { params, ...more } = rest
  return { outcome, because: say(text, params ?? {}), cites, ...more }
}
