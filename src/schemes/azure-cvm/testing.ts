import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem, CheckDefinition, Facts } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { FORMATS } from './decoded.ts'
import { prepare, type PreparedHclTd } from './prepare.ts'
import { scheme } from './scheme.ts'

/** Another subject of the case, by its facts. */
export function subjectWith(facts: Facts, artifact = 7): CaseItem {
  return {
    artifact,
    parent: null,
    name: 'TD quote',
    sha256: () => 'sha-quote',
    origin: 'dropped',
    format: 'test.quote',
    message: 'evidence',
    slice: sliceOf('quote', new Uint8Array(4)),
    decoded: undefined,
    facts,
    hints: {},
  }
}

/** What one check comes to on an HCL report around a TDREPORT. */
export async function ask(
  check: CheckDefinition<PreparedHclTd>,
  bytes: Uint8Array,
  beside: readonly CaseItem[] = [],
  parent: number | null = null,
): Promise<Finding> {
  const format = scheme.formats.find((one) => one.id === FORMATS.hclTd)
  if (!format) throw new Error('the scheme has no such format')
  const slice = sliceOf('', bytes)
  const { decoded } = format.decode(slice, { hints: {} })
  const subject: CaseItem = {
    artifact: 0,
    parent,
    name: 'hcl',
    sha256: () => 'sha-0',
    origin: 'dropped',
    format: format.id,
    message: 'evidence',
    slice,
    decoded,
    facts: format.facts?.(decoded) ?? { measurements: [] },
    hints: {},
  }
  const context: AppraisalContext = {
    at: Date.parse('2026-06-01T00:00:00Z'),
    policy: NO_POLICY,
    anchors: [],
    items: beside,
  }
  return check.run(await prepare(subject, context), context)
}

/** The facts of an HCL report around a TDREPORT. */
export function factsOf(bytes: Uint8Array): Facts {
  const format = scheme.formats.find((one) => one.id === FORMATS.hclTd)
  const decoded = format?.decode(sliceOf('', bytes), { hints: {} }).decoded
  return format?.facts?.(decoded) ?? { measurements: [] }
}
