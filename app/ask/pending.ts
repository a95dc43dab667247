import type { Policy } from '../../src/core/policy.ts'

/** What somebody asked of a live machine by hand, waiting for its answer: the next files that come while the page is open are the answer. */
export interface Asked {
  /** Lower-case hex. */
  readonly nonce: string
  readonly field: 'nonce' | 'reportData'
  readonly command: string
  /** When the nonce was made, ISO 8601. */
  readonly time: string
}

let waiting: Asked | undefined

/** Remembers what was asked last. */
export function expectAnswer(asked: Asked | undefined): void {
  waiting = asked
}

/** What was asked, once: the answer to it is one case. */
export function takeAsked():
  | { readonly policy: Policy; readonly record: { name: string; bytes: Uint8Array } }
  | undefined {
  const asked = waiting
  waiting = undefined
  if (!asked) return undefined
  const text = `asked: ${asked.time}\n${asked.field}: ${asked.nonce}\n\n${asked.command}\n`
  return {
    policy: { schema: 'policy/1', [asked.field]: asked.nonce },
    record: { name: 'asked.txt', bytes: new TextEncoder().encode(text) },
  }
}
