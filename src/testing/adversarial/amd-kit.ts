import { NO_POLICY, type Policy } from '../../core/policy.ts'
import type { CheckResult, Headline, Outcome } from '../../core/verdict.ts'
import type { AppraisalView, InputFile } from '../../engine/api.ts'
import { appraise } from '../../engine/appraise.ts'
import {
  makeExtendedReport,
  makeLeaf,
  makeReport,
  type LeafRecipe,
  type ReportRecipe,
} from '../../schemes/amd-sev-snp/attester.ts'
import { issueDemoCrl, type DemoCrl } from '../../schemes/amd-sev-snp/demo-authorities.ts'
import { effective } from '../tamper.ts'

/** What AMD's adversary is written with: a machine of the demonstration, what is bent in it, and exactly what must be said about that. */

/** When the demonstration's certificates and lists are in date. */
export const AMD_AT = '2026-06-01T00:00:00Z'

/** A floor of the reader's own: without one no SNP report gets further than S4. */
export const FLOOR: Partial<Policy> = { minimumTcb: { bootloader: 1 } }

export interface Machine {
  readonly report?: ReportRecipe
  readonly leaf?: LeafRecipe | null
  readonly crl?: DemoCrl | null
  readonly more?: readonly (Uint8Array | Promise<Uint8Array>)[]
  /** Changes the signed report. */
  readonly change?: (report: Uint8Array) => void
  /** Report and certificate table in one file instead of files side by side. */
  readonly extended?: boolean
}

/** One case. The checks in `says` are all that may fail: whatever else fails is a fault of the tool. */
export interface AmdRow {
  /** Name in the corpus outline, and the attack's number where it has one. */
  readonly id: string
  readonly machine?: Machine
  readonly files?: () => Promise<readonly InputFile[]>
  readonly policy?: Partial<Policy>
  readonly at?: string
  /** As if the root were relied on. */
  readonly headline: Headline
  readonly says?: readonly (readonly [check: string, outcome: Outcome, because: string])[]
  /** Where the complaint must point: check, and the first byte of its first citation. */
  readonly points?: readonly [check: string, start: number]
}

/** Files of a machine. */
export async function filesOf({ report, leaf, crl, more = [], change, extended }: Machine): Promise<InputFile[]> {
  const product = report?.product ?? 'Milan'
  const kind = report?.kind ?? 'VCEK'
  const made = (extended ? await makeExtendedReport(report, leaf ?? {}) : await makeReport(report)).slice()
  change?.(made)
  const files: InputFile[] = [{ name: 'report.bin', bytes: made }]
  if (leaf !== null && !extended)
    files.push({
      name: 'leaf.der',
      bytes: await makeLeaf({ product, kind, ...(report?.tcb ? { tcb: report.tcb } : {}), ...leaf }),
    })
  if (crl !== null) files.push({ name: 'list.crl', bytes: await issueDemoCrl(product, crl) })
  for (const [i, bytes] of more.entries()) files.push({ name: `more ${i}`, bytes: await bytes })
  return files
}

/** Appraises a row. */
export async function viewOf(row: Pick<AmdRow, 'machine' | 'files' | 'policy' | 'at'>): Promise<AppraisalView> {
  const files = row.files ? await row.files() : await filesOf(row.machine ?? {})
  return appraise(files, {
    at: Date.parse(row.at ?? AMD_AT),
    atSource: 'given',
    policy: { ...NO_POLICY, ...FLOOR, ...row.policy },
  })
}

const isBad = (check: CheckResult) => check.outcome !== 'pass' && check.outcome !== 'not-applicable'

/** Everything that is wrong with how a row came out. */
export async function rowFaults(row: AmdRow): Promise<string[]> {
  const view = await viewOf(row)
  const faults: string[] = []
  if (effective(view) !== row.headline) faults.push(`${effective(view)} instead of ${row.headline}`)
  for (const [id, outcome, because] of row.says ?? []) {
    const hits = view.checks.filter((check) => check.id === id)
    if (!hits.some((check) => check.outcome === outcome && check.because.text === because))
      faults.push(
        `${id} is ${hits.map((check) => `${check.outcome} (${check.because.text})`).join(', ') || 'not asked'}, not ${outcome} (${because})`,
      )
  }
  const allowed = new Set((row.says ?? []).filter(([, outcome]) => outcome === 'fail').map(([id]) => id))
  for (const check of view.checks) {
    if (check.outcome === 'fail' && !allowed.has(check.id)) faults.push(`${check.id} fails too: ${check.because.text}`)
    if (check.outcome === 'error') faults.push(`${check.id} crashed`)
  }
  if (row.points) {
    const [id, start] = row.points
    const found =
      view.checks.find((check) => check.id === id)?.cites.flatMap((cite) => cite.ranges.map((range) => range.start)) ??
      []
    if (!found.includes(start))
      faults.push(
        `${id} points at ${found.map((one) => `0x${one.toString(16)}`).join(', ')}, not at 0x${start.toString(16)}`,
      )
  }
  return faults.length === 0
    ? []
    : [
        row.id,
        ...faults,
        view.checks
          .filter((check) => isBad(check) && check.weight === 'decides')
          .map((check) => `${check.id}:${check.outcome}:${check.because.text}`)
          .join(' '),
      ]
}
