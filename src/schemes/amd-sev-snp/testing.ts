import { type ArtifactIndex, sliceOf, type Slice } from '../../core/place.ts'
import { NO_POLICY, type Policy } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem, CheckDefinition } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { anchors } from './anchors.ts'
import { FORMATS } from './decoded.ts'
import { prepare, type PreparedReport } from './prepare.ts'
import { scheme } from './scheme.ts'

/** A file beside the report. */
export interface Beside {
  readonly format:
    | 'x509.certificate'
    | 'x509.crl'
    | 'amd.snp-certificate'
    | 'amd.snp-id-block'
    | 'amd.snp-id-auth'
    | 'test.data'
  readonly bytes: Uint8Array
  readonly hints?: Readonly<Record<string, string>>
  readonly sibling?: boolean
}

export interface Situation {
  readonly beside?: readonly Beside[]
  readonly policy?: Partial<Policy>
  readonly at?: number
  readonly sibling?: boolean
}

export const AT = Date.parse('2026-06-01T00:00:00Z')

/** A report that sits in a container with what is beside it. */
const CONTAINER = 99

function itemOf(artifact: ArtifactIndex, format: string, slice: Slice, rest: Partial<CaseItem> = {}): CaseItem {
  const own = scheme.formats.find((one) => one.id === format)
  const decoded = own?.decode(slice, { hints: rest.hints ?? {} }).decoded
  return {
    artifact,
    parent: null,
    name: format,
    sha256: () => `sha-${artifact}`,
    origin: 'dropped',
    format,
    message: own?.message ?? 'endorsement',
    slice,
    decoded,
    facts: decoded === undefined ? { measurements: [] } : (own?.facts?.(decoded) ?? { measurements: [] }),
    hints: {},
    ...rest,
  }
}

/** Decodes and prepares a report as the engine would: what the tests of checks start from. */
export async function preparedFrom(
  bytes: Uint8Array,
  situation: Situation = {},
): Promise<{ readonly prepared: PreparedReport; readonly context: AppraisalContext }> {
  const slice = sliceOf('', bytes)
  const subject = itemOf(0, FORMATS.report, slice, situation.sibling ? { parent: CONTAINER } : {})
  const inner = scheme.formats.find((one) => one.id === FORMATS.report)?.decode(slice, { hints: {} }).inner ?? []
  const items = [
    ...inner.map((part, i) =>
      itemOf(100 + i, part.format ?? '', part.slice, {
        parent: 0,
        origin: 'embedded',
        name: part.name,
        ...(part.hints ? { hints: part.hints } : {}),
      }),
    ),
    ...(situation.beside ?? []).map(({ format, bytes: own, hints, sibling }, i) =>
      itemOf(1 + i, format, sliceOf(`beside ${i}`, own), {
        ...(hints ? { hints } : {}),
        ...(sibling ? { parent: CONTAINER, origin: 'embedded' as const } : {}),
      }),
    ),
  ]
  const context: AppraisalContext = {
    at: situation.at ?? AT,
    policy: { ...NO_POLICY, ...situation.policy },
    anchors,
    items,
  }
  return { prepared: await prepare(subject, context), context }
}

/** What one check comes to. */
export async function ask(
  check: CheckDefinition<PreparedReport>,
  bytes: Uint8Array,
  situation: Situation = {},
): Promise<Finding> {
  const { prepared, context } = await preparedFrom(bytes, situation)
  if (check.applies && !check.applies(prepared))
    return { outcome: 'not-applicable', because: { text: 'check.not-applicable', params: {} }, cites: [] }
  return check.run(prepared, context)
}

/** A changed copy. */
export function changed(bytes: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array {
  const copy = bytes.slice()
  change(copy)
  return copy
}

/** A leaf, a list or an authority as a file beside the report. */
export const leafFile = async (bytes: Promise<Uint8Array>): Promise<Beside> => ({
  format: 'amd.snp-certificate',
  bytes: await bytes,
})
export const certificateFile = async (bytes: Promise<Uint8Array>): Promise<Beside> => ({
  format: 'x509.certificate',
  bytes: await bytes,
})
export const crlFile = async (bytes: Promise<Uint8Array>): Promise<Beside> => ({
  format: 'x509.crl',
  bytes: await bytes,
})
