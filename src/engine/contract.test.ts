import { expect, it } from 'vitest'
import { say } from '../core/saying.ts'
import { NO_POLICY } from '../core/policy.ts'
import type { Headline, Question } from '../core/verdict.ts'
import { scheme as amdSnp } from '../schemes/amd-sev-snp/scheme.ts'
import { quoteAppraiser } from '../schemes/intel-dcap/appraisers.ts'
import { scheme as intelDcap } from '../schemes/intel-dcap/scheme.ts'
import { appraise } from './appraise.ts'
import type { AppraisalView, InputFile } from './api.ts'
import { toContract } from './contract.ts'
import { inspect } from './inspect.ts'

/** What programs read: members of the stable JSON whose values nothing else in the page shows. */

type Scheme = typeof intelDcap
const filesOf = async (scheme: Scheme, id: string): Promise<{ files: readonly InputFile[]; at: number }> => {
  const sample = scheme.samples.find((one) => one.id === id)
  if (!sample) throw new Error(`no sample ${id}`)
  return { files: await sample.files(), at: Date.parse(sample.at) }
}
const speak = ({ text }: { readonly text: string }) => text

async function viewOf(files: readonly InputFile[], at: number) {
  const inspection = await inspect(files)
  return { inspection, view: await appraise(files, { at, atSource: 'given', policy: NO_POLICY }) }
}

it('gives each headline its trust vector', async () => {
  const { files, at } = await filesOf(intelDcap, 'tdx-up-to-date')
  const { inspection, view } = await viewOf(files, at)
  const [check] = view.checks
  if (!check) throw new Error('no check')
  const vector = (headline: Headline, answer: Question = 'current', status: 'unknown' | 'added' = 'unknown') => {
    const decided = { ...check, id: 'x.decides', answer }
    const own: AppraisalView = {
      ...view,
      headline,
      root: { ...view.root, status },
      checks: [decided],
      decidedBy: ['x.decides'],
    }
    return toContract(own, inspection, speak, { ms: 0, fields: false }).trustVector
  }
  expect(vector('S6')).toEqual({ hardware: 2, configuration: 2, executables: 2 })
  expect(vector('S5')).toEqual({ hardware: 2, configuration: 2, executables: 0 })
  expect(vector('S5w')).toEqual({ hardware: 32 })
  expect(vector('S5w', 'configured')).toEqual({ hardware: 2, configuration: 32 })
  expect(vector('S1')).toEqual({ hardware: 99 })
  expect(vector('S2')).toEqual({ hardware: 97 })
  expect(vector('S2', 'current', 'added')).toEqual({ hardware: 0 })
  expect(vector('S3')).toEqual({ hardware: 96 })
  expect(vector('S3', 'configured')).toEqual({ configuration: 96 })
  expect(vector('S3', 'software')).toEqual({ executables: 96 })
  expect(vector('S3', 'fresh')).toEqual({ executables: 96 })
  expect(vector('S4')).toEqual({ hardware: 0 })
  expect(vector('S0')).toEqual({ hardware: 1 })
  expect(vector('SE')).toEqual({ hardware: -1 })
})

it('gives the vendor of the subject that decides, not of the first', async () => {
  const good = await filesOf(intelDcap, 'tdx-up-to-date')
  const [report, ...others] = (await amdSnp.samples.find((one) => one.id === 'milan-v2')?.files()) ?? []
  if (!report) throw new Error('no AMD sample')
  // MEASUREMENT, which the signature covers.
  const bytes = report.bytes.with(0x90, (report.bytes[0x90] ?? 0) ^ 1)
  const { inspection, view } = await viewOf([...good.files, { ...report, bytes }, ...others], good.at)
  const contract = toContract(view, inspection, speak, { ms: 0, fields: false })
  const worst = contract.subjects.find((one) => one.headline === 'S1')
  expect(contract.subjects[0]?.vendor).not.toEqual(worst?.vendor)
  expect(contract.headline).toBe('S1')
  expect(contract.vendor).toEqual(worst?.vendor)
  expect(contract.vendor?.scheme).toBe('amd')
})

it('keeps the ids of reasons that were named after their schemes later, and says their codes', async () => {
  const debug = amdSnp.samples.find((one) => one.id.includes('debug'))
  if (!debug) throw new Error('no debug sample')
  const { inspection, view } = await viewOf(await debug.files(), Date.parse(debug.at))
  expect(view.checks.find((check) => check.id === 'snp.debug-off')?.because).toMatchObject(say('snp.debug'))
  const { checks } = toContract(view, inspection, speak, { ms: 0, fields: false })
  expect(checks.find((check) => check.id === 'snp.debug-off')).toMatchObject({
    because: 'tee.debug',
    code: 'debug',
    role: 'debug-mode',
  })
  expect(checks.find((check) => check.id === 'snp.signed-by-chip-key')?.role).toBe('signature-by-given-key')
  expect(checks.find((check) => check.id === 'snp.chains-to-ark')?.role).toBeNull()
  expect(checks.find((check) => check.id === 'fresh.value-given')?.role).toBe('expectation')
})

it('says what the schemes read and do not judge, once, each with its reason', async () => {
  const tdx = await filesOf(intelDcap, 'tdx-up-to-date')
  const snp = await filesOf(amdSnp, 'milan-v2')
  const idsOf = async (files: readonly InputFile[], at: number) => {
    const { inspection, view } = await viewOf(files, at)
    return toContract(view, inspection, speak, { ms: 0, fields: false }).notJudged
  }
  const alone = await idsOf(tdx.files, tdx.at)
  expect(alone.map(({ id }) => id)).toEqual(quoteAppraiser.notJudged)
  expect(alone.every(({ what, because }) => what !== '' && because !== '' && what !== because)).toBe(true)
  const both = (await idsOf([...tdx.files, ...snp.files, ...tdx.files], tdx.at)).map(({ id }) => id)
  expect(both).toContain('snp.not-judged.report-id')
  expect(new Set(both).size).toBe(both.length)
  expect(await idsOf([{ name: 'text', bytes: Uint8Array.of(1, 2, 3) }], tdx.at)).toEqual([])
})
