import { say, type Saying } from '../core/saying.ts'
import type { FindingCode } from '../core/verdict.ts'

/** What a headline says where only dates stand against it. */

interface Open {
  readonly code?: FindingCode | undefined
  readonly because: Saying
}

/** Certificates of a token end with it, or soon after. */
const LATE: readonly (FindingCode | undefined)[] = ['token-expired', 'expired']
const EARLY: readonly (FindingCode | undefined)[] = ['token-early', 'not-yet-valid']
const minute = (value: unknown) => `${String(value).slice(0, 16).replace('T', ' ')} UTC`

/**
 * Of checks that are open: undefined where anything but dates is among them.
 * `service`: whose word it is, where it is a service's result under a key that somebody vouches for.
 */
export function datesOnly(open: readonly Open[], service: string | undefined): Saying | undefined {
  const own = open.find(({ code }) => code === 'token-expired' || code === 'token-early')
  if (own && service !== undefined) {
    const isLate = own.code === 'token-expired'
    const { to, from } = own.because.params
    if (!open.every(({ code }) => (isLate ? LATE : EARLY).includes(code))) return undefined
    return isLate
      ? say('headline.S4.expired.result', { holder: service, to: minute(to) })
      : say('headline.S4.early.result', { holder: service, from: minute(from) })
  }
  const reason = open[0]?.code
  if (open.some(({ code }) => code !== reason)) return undefined
  return reason === 'expired'
    ? say('headline.S4.expired')
    : reason === 'not-yet-valid'
      ? say('headline.S4.early')
      : undefined
}
