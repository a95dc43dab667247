import type { AppraisalView, AppraiseOptions, InputFile } from '../../src/engine/api.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { addedAnchors } from '../../src/engine/anchors.ts'
import { textsFor } from '../../src/engine/catalogue.ts'
import { speaker, toContract, type ContractAppraisal } from '../../src/engine/contract.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { lookAhead } from '../../src/engine/outlook.ts'
import { readPolicy } from '../../src/engine/policy.ts'
import type { Policy } from '../../src/core/policy.ts'
import type { Locale, Saying, TextTable } from '../../src/core/saying.ts'
import type { Arguments } from './arguments.ts'

/** One case from bytes to the contract, for one file of a shell or one line of many. */

/** What one run over files gives. */
export interface Result {
  readonly contract: ContractAppraisal
  readonly view: AppraisalView
  readonly speak: (saying: Saying) => string
}

/** One appraisal with everything that it is told with. */
export async function runCase(
  files: readonly InputFile[],
  when: Arguments['at'],
  policy: Policy,
  args: Pick<Arguments, 'lang' | 'fields'>,
): Promise<Result> {
  const started = performance.now()
  const inspection = await inspect(files)
  const view = await appraise(files, { ...instant(when, inspection.evidenceTime), policy })
  const ms = Math.round((performance.now() - started) * 100) / 100
  const ahead = await lookAhead(files, { ...instant(when, inspection.evidenceTime), policy }, view)
  const speak = speaker(
    await texts(
      inspection.artifacts.flatMap((artifact) => (artifact.scheme === null ? [] : [artifact.scheme])),
      args.lang,
    ),
  )
  return { contract: toContract(view, inspection, speak, { ms, fields: args.fields, outlook: ahead }), view, speak }
}

const spoken = new Map<string, Promise<TextTable>>()
/** Words of the schemes and of the engine. */
export function texts(schemes: readonly string[], locale: Locale): Promise<TextTable> {
  const wanted = [...new Set(schemes)].sort()
  const key = [locale, ...wanted].join(' ')
  const known = spoken.get(key) ?? textsFor(wanted, locale)
  spoken.set(key, known)
  return known
}

/** The instant that was asked for, once the evidence has been read. */
export function instant(when: Arguments['at'], evidenceTime: number | null): Pick<AppraiseOptions, 'at' | 'atSource'> {
  if (when.kind === 'given') return { at: when.at, atSource: 'given' }
  if (when.kind === 'evidence' && evidenceTime !== null) return { at: evidenceTime, atSource: 'evidence' }
  const now = when.kind === 'now' ? when.at : undefined
  return { at: now ?? Math.floor(Date.now() / 1000) * 1000, atSource: 'now' }
}

/** A policy as a text, looked at whole before anything is appraised under it. */
export async function policyOf(text: string): Promise<{ policy: Policy } | { wrong: string }> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (thrown) {
    return { wrong: `policy is not JSON: ${String(thrown)}` }
  }
  const { policy, wrong } = readPolicy(value)
  if (!policy) return { wrong: `policy: ${wrong.join('; ')}` }
  // A root that cannot be read would be missed only when the verdict is not the one that was hoped for.
  for (const [i, one] of (policy.anchorsAdded ?? []).entries())
    if ((await addedAnchors({ schema: 'policy/1', anchorsAdded: [one] })).length === 0)
      return { wrong: `policy: anchorsAdded[${i}] holds no certificate and no public key` }
  return { policy }
}
