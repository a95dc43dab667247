import { say, type Saying } from '../core/saying.ts'
import type { CheckResult, CollateralUse, CollateralWish, Ladder } from '../core/verdict.ts'
import type { Policy } from '../core/policy.ts'
import { later, withLater } from '../bytes/later.ts'
import type { Surroundings } from './judge.ts'

/** What the headline names beside the checks: which files are missing, which are out of date, which values are equal. */

/** Words for the kinds of files that schemes ask for; a kind without words is "another file". */
const WORDS = {
  'tcb-info': 'lack.tcb-info',
  'qe-identity': 'lack.qe-identity',
  'pck-certificate': 'lack.pck-certificate',
  'pck-crl': 'lack.crl',
  'root-crl': 'lack.crl',
  crl: 'lack.crl',
  vcek: 'lack.vcek',
  vlek: 'lack.vlek',
  'cert-chain': 'lack.cert-chain',
  'public-key': 'lack.public-key',
  'shared-key': 'lack.shared-key',
  certificate: 'lack.certificate',
  rim: 'lack.rim',
  ocsp: 'lack.ocsp',
  jwks: 'lack.jwks',
} as const

const wordOf = (kind: string): string => (Object.hasOwn(WORDS, kind) ? WORDS[kind as keyof typeof WORDS] : 'lack.other')

/** One word for each kind, with how many there are of it: "2 revocation lists, TCB info". */
export function named(kinds: readonly string[]): Saying[] {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(wordOf(kind), (counts.get(wordOf(kind)) ?? 0) + 1)
  return [...counts].map(([text, count]) => say(count > 1 ? `${text}.some` : text, { count }))
}

/** What is here for this evidence and had ended by `at`. */
export function staleOf(collateral: readonly CollateralUse[], at: number): CollateralUse[] {
  return collateral.filter(
    (use) =>
      (use.use === 'used' || use.use === 'superseded') &&
      use.kind !== 'certificate' &&
      use.to !== null &&
      Date.parse(use.to) < at,
  )
}

/** The newest date among the vendor's levels that the ladder of the decision holds. */
export function newestLevelOf(ladders: readonly Ladder[], tcbDate: string | null): string | null {
  const ladder = ladders.find(
    ({ rows, match }) =>
      match !== null && (tcbDate === null || rows[match]?.date.slice(0, 10) === tcbDate.slice(0, 10)),
  )
  const dates = (ladder ?? ladders[0])?.rows.map((row) => row.date).sort() ?? []
  return dates.at(-1) ?? null
}

/** `2026-08-28`; an instant that is none, or past the calendar, has no day to print. */
function dayOf(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '–' : date.toISOString().slice(0, 10)
}

/** Gathers what the headline may name. */
export function surroundings(
  prepared:
    | {
        readonly collateral: readonly CollateralUse[]
        readonly wishes: readonly CollateralWish[]
        readonly ladders: readonly Ladder[]
        readonly vendor: { readonly tcbDate: string | null } | null
        readonly speaker?: string
      }
    | undefined,
  checks: readonly CheckResult[],
  { at, policy }: { readonly at: number; readonly policy: Policy },
): Surroundings {
  const stale = later(() => staleOf(prepared?.collateral ?? [], at))
  const missing = () => {
    // A wish for something that is here but out of date is no missing file.
    const left = stale().map((use) => wordOf(use.kind))
    return (prepared?.wishes ?? []).filter((wish) => {
      const known = left.indexOf(wordOf(wish.kind))
      if (known >= 0) left.splice(known, 1)
      return known < 0
    })
  }
  const stated = checks.filter((check) => check.id === 'software.statement-matches' && check.outcome === 'pass')
  const typed = Object.keys(policy.registers ?? {}).length
  const passes = (id: string) => checks.some((check) => check.id === id && check.outcome === 'pass')
  const own = {
    day: dayOf(at),
    ...(prepared?.speaker === undefined ? {} : { speaker: prepared.speaker }),
    equals: [
      ...(passes('software.registers-match') && typed > 0 ? [say('equals.registers', { count: typed })] : []),
      ...(passes('fresh.report-data-matches') ? [say('equals.report-data')] : []),
      ...(passes('fresh.nonce-matches') ? [say('equals.nonce')] : []),
    ],
    statedBy: [...new Set(stated.map(({ because }) => String(because.params['issuer'] ?? because.params['file'])))],
  }
  // Only some headlines name these.
  return withLater(own, {
    newestLevel: () => newestLevelOf(prepared?.ladders ?? [], prepared?.vendor?.tcbDate ?? null),
    missing: () => named(missing().map((wish) => wish.kind)),
    stale: () => named(stale().map((use) => use.kind)),
  })
}
