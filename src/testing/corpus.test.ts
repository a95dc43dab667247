import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import type { AppraisalView, InputFile, Inspection } from '../engine/api.ts'
import { appraise } from '../engine/appraise.ts'
import { inspect } from '../engine/inspect.ts'
import { openCase } from '../engine/case.ts'
import { detectAll, entries, surest } from '../engine/registry.ts'
import { casesIn, corpus, evidenceFile } from './evidence.ts'

/** Real evidence with recorded outcomes. Runs when EVIDENCE_CORPUS names the folder; nothing of it is ever copied in. */

interface Case {
  readonly id: string
  readonly files: readonly string[]
  readonly at: string | null
  readonly expect: {
    readonly signature?: 'holds' | 'fails' | 'not-checked'
    readonly chain?: 'holds' | 'fails' | 'not-checked'
    readonly root?: string
    readonly binding?: string
    readonly debug?: boolean
    readonly tcbStatus?: string | null
    readonly vendorError?: string | null
    readonly advisories?: readonly string[]
    readonly pckNotYetValid?: boolean
    readonly decodes?: boolean
    readonly note?: string
  }
}

/** Families that a scheme here appraises. Every case that the file holds of them runs: none lost, none fewer. */
const FAMILIES: Readonly<Record<string, string>> = {
  intel: 'intel-dcap',
  amd: 'amd-sev-snp',
  nitro: 'aws-nitro',
  cca: 'arm-cca',
  psa: 'psa',
  cmw: 'eat',
  'azure-vtpm': 'azure-cvm',
}

/** Cases that lie in a family's folder and are another scheme's work: they wait, and are counted, until a scheme with that beginning of its id is here. */
const WAITING: readonly { readonly id: string; readonly scheme: string }[] = [
  { id: 'virtcca/', scheme: 'virtcca' },
  // An event log.
  { id: 'hygon/real/ccel', scheme: 'event-log' },
]
const waits = ({ id }: Case) =>
  WAITING.some((one) => id.startsWith(one.id) && !entries.some((entry) => entry.id.startsWith(one.scheme)))

const NOW = Date.parse('2026-11-24T00:00:00Z')

async function run(one: Case): Promise<{ readonly inspection: Inspection; readonly view: AppraisalView }> {
  const files: InputFile[] = one.files.map((name) => ({
    name: basename(name),
    bytes: evidenceFile(name),
  }))
  const inspection = await inspect(files)
  return {
    inspection,
    view: await appraise(files, {
      at: one.at === null ? (inspection.evidenceTime ?? NOW) : Date.parse(one.at),
      atSource: 'given',
      policy: NO_POLICY,
    }),
  }
}

/** What the checks of a layer came to, in the corpus's words. */
function layerState(view: AppraisalView, layer: number): string {
  const deciding = view.checks.filter(
    (check) => check.layer === layer && check.weight === 'decides' && check.outcome !== 'not-applicable',
  )
  if (deciding.some((check) => check.outcome === 'fail')) return 'fails'
  if (deciding.some((check) => check.outcome !== 'pass' && check.outcome !== 'warn')) return 'not-checked'
  return deciding.length > 0 ? 'holds' : 'none'
}

function faultsOf(one: Case, view: AppraisalView, inspection: Inspection): string[] {
  const faults: string[] = []
  const want = (name: string, expected: unknown, found: unknown) => {
    if (JSON.stringify(expected) !== JSON.stringify(found))
      faults.push(
        `${one.id}: ${name} is ${JSON.stringify(found)}, expected ${JSON.stringify(expected)} (${view.headline}; ${view.decidedBy.join(', ')})`,
      )
  }
  const { signature, root, debug, tcbStatus, vendorError, advisories, decodes } = one.expect
  const vendor = view.subjects[0]?.vendor
  if (signature !== undefined) want('signature', signature, layerState(view, 2))
  if (root !== undefined) want('root', root, view.root.status)
  if (debug !== undefined) want('debug', debug, vendor?.debug ?? null)
  if (tcbStatus !== undefined) want('tcbStatus', tcbStatus, vendor?.tcbStatus ?? null)
  if (tcbStatus === null && vendorError !== undefined) want('vendorError', vendorError, vendor?.error ?? null)
  if (advisories !== undefined && tcbStatus !== null)
    want('advisories', [...advisories].sort(), [...(vendor?.advisories ?? [])].sort())
  if (decodes)
    want(
      'decodes',
      true,
      inspection.artifacts.some((artifact) => artifact.format !== null),
    )
  for (const artifact of inspection.artifacts)
    if (!artifact.tiled) faults.push(`${one.id}: ${artifact.name} (${artifact.format}) is not tiled`)
  if (view.headline === 'SE')
    faults.push(
      `${one.id}: SE ${JSON.stringify(view.checks.filter((check) => check.outcome === 'error').map((check) => [check.id, check.because]))}`,
    )
  return faults
}

describe
  .runIf(corpus !== undefined)
  .each(Object.entries(FAMILIES).filter(([, scheme]) => entries.some((entry) => entry.id === scheme)))(
  'real evidence: %s',
  (name) => {
    it('comes out as recorded', async () => {
      const all = casesIn<Case>(`${name}/`).filter((one) => one.id.startsWith(`${name}/`))
      const cases = all.filter((one) => !waits(one))
      const faults: string[] = []
      const table = new Map<string, number>()
      for (const one of cases) {
        const { inspection, view } = await run(one)
        faults.push(...faultsOf(one, view, inspection))
        const vendor = view.subjects[0]?.vendor
        const key = `${(vendor?.tcbStatus ?? vendor?.error ?? '–').padEnd(36)} ${view.headline}${view.ifRootTrusted === null ? '' : ` (${view.root.status}; else ${view.ifRootTrusted})`}`
        table.set(key, (table.get(key) ?? 0) + 1)
        if (one.expect.debug === true && view.headline !== 'S3' && view.headline !== 'S1' && view.headline !== 'S2')
          faults.push(`${one.id}: debug, but ${view.headline}`)
        if (one.expect.pckNotYetValid === true && view.headline !== 'S4' && view.headline !== 'S3')
          faults.push(`${one.id}: before the certificate's notBefore, but ${view.headline}`)
      }
      console.log(
        `${name}: ${cases.length} cases run, ${all.length - cases.length} wait for their scheme\n${[...table]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, count]) => `  ${key} × ${count}`)
          .join('\n')}`,
      )
      expect([...table.values()].reduce((sum, count) => sum + count, 0)).toBe(cases.length)
      expect(faults).toEqual([])
    }, 300_000)
  },
)

describe.skipIf(corpus === undefined)('detectors that are sure', () => {
  it('say of every file and everything in it what asking all of them says first', async () => {
    const names = new Set(casesIn<Case>('').flatMap((one) => one.files))
    let asked = 0
    for (const name of names) {
      const { artifacts } = await openCase([{ name, bytes: evidenceFile(name) }])
      for (const { slice } of artifacts) {
        const sure = surest(slice)
        if (!sure) continue
        asked += 1
        expect(sure, name).toEqual(detectAll(slice)[0])
      }
    }
    expect(asked).toBeGreaterThan(0)
  }, 120_000)
})
