import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem, CheckDefinition } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { anchors } from './anchors.ts'
import { makeAuthority, makeCertificate, makeLegacyReport } from './attester.ts'
import { FORMATS } from './decoded.ts'
import { ARK, ASK, CEK, OCA, PDH, PEK } from './layout.ts'
import { prepare, type PreparedLegacy } from './prepare.ts'
import { scheme } from './scheme.ts'

export type Part = 'oca' | 'pek' | 'cek' | 'ask' | 'ark'

/** A report or a platform's key with its chain; parts can be left out or replaced. */
export interface Situation {
  readonly subject?: Uint8Array
  readonly kind?: 'report' | 'pdh'
  readonly without?: readonly Part[]
  readonly replace?: Readonly<Partial<Record<Part, Promise<Uint8Array>>>>
}

function itemOf(artifact: ArtifactIndex, format: string, bytes: Uint8Array): CaseItem {
  const own = scheme.formats.find((one) => one.id === format)
  const slice = sliceOf(`item ${artifact}`, bytes)
  const decoded = own?.decode(slice, { hints: {} }).decoded
  return {
    artifact,
    parent: null,
    name: format,
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

/** Prepares it as the engine would. */
export async function preparedFrom({ subject, kind = 'report', without = [], replace = {} }: Situation = {}): Promise<{
  readonly prepared: PreparedLegacy
  readonly context: AppraisalContext
}> {
  const own: Readonly<Record<Part, readonly [string, () => Promise<Uint8Array>]>> = {
    oca: [FORMATS.certificate, () => makeCertificate(OCA)],
    pek: [FORMATS.certificate, () => makeCertificate(PEK)],
    cek: [FORMATS.certificate, () => makeCertificate(CEK)],
    ask: [FORMATS.ca, () => makeAuthority(ASK)],
    ark: [FORMATS.ca, () => makeAuthority(ARK)],
  }
  const items: CaseItem[] = []
  for (const part of ['oca', 'pek', 'cek', 'ask', 'ark'] as const)
    if (!without.includes(part))
      items.push(itemOf(items.length + 1, own[part][0], await (replace[part] ?? own[part][1]())))
  const item =
    kind === 'report'
      ? itemOf(0, FORMATS.report, subject ?? (await makeLegacyReport()))
      : itemOf(0, FORMATS.pdh, subject ?? (await makeCertificate(PDH)))
  const context: AppraisalContext = { at: Date.parse('2026-06-01T00:00:00Z'), policy: NO_POLICY, anchors, items }
  return { prepared: await prepare(item, context), context }
}

/** What one check comes to. */
export async function ask(check: CheckDefinition<PreparedLegacy>, situation: Situation = {}): Promise<Finding> {
  const { prepared, context } = await preparedFrom(situation)
  if (check.applies && !check.applies(prepared))
    return { outcome: 'not-applicable', because: { text: 'check.not-applicable', params: {} }, cites: [] }
  return check.run(prepared, context)
}
