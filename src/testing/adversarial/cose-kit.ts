import { NO_POLICY, type Policy } from '../../core/policy.ts'
import type { Headline, Outcome } from '../../core/verdict.ts'
import type { AppraisalView, InputFile } from '../../engine/api.ts'
import { appraise } from '../../engine/appraise.ts'
import { effective } from '../tamper.ts'

/** Tables for evidence in CBOR: each attack by its id, with the one check that must speak and what it must say. */

/** What a check must come to. */
export interface Said {
  readonly check: string
  readonly outcome: Outcome
  readonly because: string
}

export interface CoseRow {
  /** Id in the catalogue of attacks, and what is done. */
  readonly name: string
  readonly files: () => Promise<readonly InputFile[]>
  readonly at?: number
  readonly policy?: Partial<Policy>
  /** As if the root were relied on; `plain` is what is really said. */
  readonly headline: Headline
  readonly plain?: Headline
  /** Note on the root. */
  readonly root?: string
  /** All of these; no other deciding check may fail. */
  readonly says?: readonly Said[]
}

/** One deciding or noting check, in one line. */
export const said = (check: string, outcome: Outcome, because: string): Said => ({ check, outcome, because })

/** What is wrong with how a row came out; empty when it came out exactly as it must. */
export async function coseFaults(row: CoseRow, usualAt: number): Promise<string[]> {
  const view = await appraise(await row.files(), {
    at: row.at ?? usualAt,
    atSource: 'given',
    policy: { ...NO_POLICY, ...row.policy },
  })
  const faults: string[] = []
  if (effective(view) !== row.headline) faults.push(`${effective(view)} instead of ${row.headline}`)
  if (row.plain !== undefined && view.headline !== row.plain)
    faults.push(`${view.headline} is shown instead of ${row.plain}`)
  if (row.root !== undefined && view.root.note?.text !== row.root)
    faults.push(`the root's note is ${view.root.note?.text ?? 'none'}`)
  for (const { check, outcome, because } of row.says ?? []) {
    const found = view.checks.filter((one) => one.id === check)
    if (!found.some((one) => one.outcome === outcome && one.because.text === because))
      faults.push(
        `${check} is ${found.map((one) => `${one.outcome} ${one.because.text}`).join(', ') || 'not there'}, not ${outcome} ${because}`,
      )
  }
  const expected = (row.says ?? []).filter(({ outcome }) => outcome === 'fail').map(({ check }) => check)
  const extra = view.checks.filter(
    (one) => one.weight === 'decides' && one.outcome === 'fail' && !expected.includes(one.id),
  )
  for (const one of extra) faults.push(`${one.id} fails too: ${one.because.text}`)
  if (view.checks.some((one) => one.outcome === 'error')) faults.push('a check crashed')
  return faults.length === 0 ? [] : [...faults, toldShort(view)]
}

function toldShort(view: AppraisalView): string {
  return `${view.headline}/${view.ifRootTrusted ?? '–'} ${view.checks
    .filter((one) => one.outcome !== 'pass' && one.outcome !== 'not-applicable' && one.weight === 'decides')
    .map((one) => `${one.id}:${one.outcome}:${one.because.text}`)
    .join(' ')}`
}
