import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY, type Policy } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem, CheckDefinition } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { anchors } from './anchors.ts'
import { makeAuthority, makeCek, makeReportV1 } from './attester.ts'
import { FORMATS } from './decoded.ts'
import { HSK } from './numbers.ts'
import { prepare, type PreparedCsv } from './prepare.ts'
import { scheme } from './scheme.ts'

/** A report with the files beside it; by default a good one of version 1 with its chain. */
export interface Situation {
  readonly report?: Uint8Array
  readonly kind?: 'report' | 'dcu'
  readonly cek?: Uint8Array | null
  readonly hsk?: Uint8Array | null
  readonly root?: Uint8Array
  readonly policy?: Policy
  readonly hints?: Readonly<Record<string, string>>
  /** The certificates came inside the evidence. */
  readonly isCarried?: boolean
}

function itemOf(
  artifact: ArtifactIndex,
  format: string,
  bytes: Uint8Array,
  parent: number | null,
  hints: Readonly<Record<string, string>> = {},
): CaseItem {
  const own = scheme.formats.find((one) => one.id === format)
  const slice = sliceOf(`item ${artifact}`, bytes)
  const decoded = own?.decode(slice, { hints }).decoded
  return {
    artifact,
    parent,
    name: format,
    sha256: () => `sha-${artifact}`,
    origin: 'dropped',
    format,
    message: own?.message ?? 'unknown',
    slice,
    decoded,
    facts: own?.facts?.(decoded) ?? { measurements: [] },
    hints,
  }
}

/** What one check comes to. */
export async function ask(check: CheckDefinition<PreparedCsv>, situation: Situation = {}): Promise<Finding> {
  const { kind = 'report', cek = makeCek(), hsk = makeAuthority(HSK), root, isCarried = false } = situation
  const parent = isCarried ? 9 : null
  const subject = itemOf(
    0,
    kind === 'dcu' ? FORMATS.dcu : FORMATS.report,
    situation.report ?? (await makeReportV1()),
    parent,
    situation.hints,
  )
  const items = [
    ...(isCarried ? [itemOf(9, FORMATS.evidence, new Uint8Array(), null)] : []),
    ...(cek ? [itemOf(1, FORMATS.certificate, cek, parent)] : []),
    ...(hsk ? [itemOf(2, FORMATS.ca, hsk, parent)] : []),
    ...(root ? [itemOf(3, FORMATS.ca, root, null)] : []),
  ]
  const context: AppraisalContext = {
    at: Date.parse('2026-06-01T00:00:00Z'),
    policy: situation.policy ?? NO_POLICY,
    anchors,
    items,
  }
  const prepared = await prepare(subject, context)
  if (check.applies && !check.applies(prepared))
    return { outcome: 'not-applicable', because: { text: 'check.not-applicable', params: {} }, cites: [] }
  return check.run(prepared, context)
}

/** The same bytes with one bit changed. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))
}
