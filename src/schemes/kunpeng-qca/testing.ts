import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem, CheckDefinition } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { anchors } from './anchors.ts'
import { makeReportJson } from './attester.ts'
import { FORMATS } from './decoded.ts'
import { prepare, type PreparedQca } from './prepare.ts'
import { scheme } from './scheme.ts'

export interface Situation {
  readonly report?: Uint8Array
  readonly format?: string
  readonly at?: string
  /** Other files: certificates, for instance. */
  readonly beside?: readonly Uint8Array[]
}

/** An artifact, as the engine would hold it. */
export function itemOf(artifact: ArtifactIndex, format: string | null, bytes: Uint8Array): CaseItem {
  const own = scheme.formats.find((one) => one.id === format)
  const slice = sliceOf(`item ${artifact}`, bytes)
  const decoded = own?.decode(slice, { hints: {} }).decoded
  return {
    artifact,
    parent: null,
    name: format ?? 'file',
    sha256: () => `sha-${artifact}`,
    origin: 'dropped',
    format,
    message: own?.message ?? 'unknown',
    slice,
    decoded,
    facts: own?.facts?.(decoded) ?? { measurements: [] },
    hints: {},
  }
}

/** What one check comes to; by default of a good report in JSON. */
export async function ask(check: CheckDefinition<PreparedQca>, situation: Situation = {}): Promise<Finding> {
  const { format = FORMATS.reportJson, at = '2026-06-01T00:00:00Z', beside = [] } = situation
  const context: AppraisalContext = {
    at: Date.parse(at),
    policy: NO_POLICY,
    anchors,
    items: beside.map((bytes, i) => itemOf(i + 1, null, bytes)),
  }
  const prepared = await prepare(itemOf(0, format, situation.report ?? (await makeReportJson())), context)
  if (check.applies && !check.applies(prepared))
    return { outcome: 'not-applicable', because: { text: 'check.not-applicable', params: {} }, cites: [] }
  return check.run(prepared, context)
}

/** A report with one text in it replaced. */
export async function withText(from: string | RegExp, to: string): Promise<Uint8Array> {
  const text = new TextDecoder().decode(await makeReportJson())
  if (text.replace(from, to) === text) throw new Error(`no ${String(from)} in the report`)
  return new TextEncoder().encode(text.replace(from, to))
}
