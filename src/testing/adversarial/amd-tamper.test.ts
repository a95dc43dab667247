import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import type { InputFile } from '../../engine/api.ts'
import {
  makeExtendedReport,
  makeLeaf,
  makeReport,
  OLD_TCB,
  type ReportRecipe,
} from '../../schemes/amd-sev-snp/attester.ts'
import { issueDemoCrl } from '../../schemes/amd-sev-snp/demo-authorities.ts'
import { ACCEPTING, baselineOf, effective, flips } from '../tamper.ts'
import { AMD_AT } from './amd-kit.ts'

/**
 * Every version and generation under the same pressure. AMD states no level, so what is accepted without a reader's own floor is firmware with known issues (S5w):
 * the bar is that nothing changed is accepted, and that nothing taken away makes it better.
 */

const CASES: readonly (readonly [name: string, report: ReportRecipe])[] = [
  ['version 2, Milan', { version: 2, tcb: OLD_TCB.Milan }],
  ['version 3, Milan', { version: 3, tcb: OLD_TCB.Milan }],
  ['version 3, Genoa VLEK', { version: 3, product: 'Genoa', kind: 'VLEK', tcb: OLD_TCB.Genoa }],
  ['version 5, Genoa', { version: 5, product: 'Genoa', tcb: OLD_TCB.Genoa }],
  ['version 5, Turin', { version: 5, product: 'Turin', tcb: OLD_TCB.Turin }],
]
const at = Date.parse(AMD_AT)
const isSoak = process.env['SOAK'] === '1'

async function filesOf(report: ReportRecipe): Promise<readonly [InputFile, ...InputFile[]]> {
  const { product = 'Milan', kind = 'VCEK', tcb } = report
  return [
    { name: 'report.bin', bytes: await makeReport(report) },
    { name: 'leaf.der', bytes: await makeLeaf({ product, kind, ...(tcb ? { tcb } : {}) }) },
    { name: 'list.crl', bytes: await issueDemoCrl(product) },
  ]
}
const view = (files: readonly InputFile[]) => appraise(files, { at, atSource: 'given', policy: NO_POLICY })

/** Every `step`th byte; one bit of it, or in a soak all eight. */
async function flipAll(files: readonly InputFile[], step: number) {
  const baseline = await baselineOf(files, 0, at)
  expect(ACCEPTING, 'untouched').toContain(effective(baseline.view))
  const own = isSoak ? 1 : step
  const offsets = Array.from({ length: Math.ceil((files[0]?.bytes.length ?? 0) / own) }, (_, i) => i * own)
  return {
    baseline,
    all: await flips(files, 0, at, baseline, { offsets, bits: isSoak ? [0, 1, 2, 3, 4, 5, 6, 7] : [0] }),
  }
}
const told = (flip: { readonly offset: number; readonly field: string; readonly headline: string }) =>
  `0x${flip.offset.toString(16)} ${flip.field} → ${flip.headline}`

describe.each(CASES)('%s', (_name, recipe) => {
  // The two that no sample brings into the general suite are gone through byte by byte here.
  const isOwn = recipe.version === 2 || recipe.product === 'Turin'
  it('with its certificates in one file: every changed byte that is covered ends in S0 or S1', async () => {
    const { product = 'Milan', tcb } = recipe
    const files = [
      { name: 'extended.bin', bytes: await makeExtendedReport(recipe, tcb ? { tcb } : {}, false) },
      { name: 'list.crl', bytes: await issueDemoCrl(product) },
    ]
    const { baseline, all } = await flipAll(files, isOwn ? 5 : 11)
    expect(
      all
        .filter(
          (flip) =>
            flip.isCovered &&
            !(flip.headline === 'S0' || flip.headline === 'S1' || (flip.headline === 'S4' && flip.isUnsupported)),
        )
        .map(told),
    ).toEqual([])
    // Every byte of the report is covered: 672 that are signed, the signature, and the zeros behind its numbers.
    expect(baseline.covered.subarray(0, 1184).filter((one) => one === 0)).toHaveLength(0)
  }, 300_000)
  // A changed byte leaves the certificate recognisable as the one that was meant, although chip or TCB no longer agree.
  it('with the certificate beside it: every changed byte ends in S0 or S1', async () => {
    const { all } = await flipAll(await filesOf(recipe), isOwn ? 1 : 5)
    expect(all.filter((flip) => ACCEPTING.includes(flip.headline)).map(told)).toEqual([])
    const open = all.filter(
      (flip) => !(flip.headline === 'S0' || flip.headline === 'S1' || (flip.headline === 'S4' && flip.isUnsupported)),
    )
    expect(open.map(told)).toEqual([])
  }, 300_000)
  it('cut anywhere it is not accepted', async () => {
    const [report, ...rest] = await filesOf(recipe)
    for (let length = 0; length < report.bytes.length; length += isSoak ? 1 : 13)
      expect(ACCEPTING, `cut at ${length}`).not.toContain(
        effective(await view([{ ...report, bytes: report.bytes.slice(0, length) }, ...rest])),
      )
  }, 120_000)
  it('whatever is taken away, no answer holds that did not, and nothing is accepted that was not', async () => {
    const [report, ...rest] = await filesOf(recipe)
    const whole = await view([report, ...rest])
    for (let mask = 0; mask < 2 ** rest.length - 1; mask++) {
      const less = await view([report, ...rest.filter((_, i) => (mask >> i) & 1)])
      for (const answer of Object.values(less.answers))
        if (answer.state === 'holds') expect(whole.answers[answer.question].state).toBe('holds')
      if (ACCEPTING.includes(effective(less))) expect(ACCEPTING).toContain(effective(whole))
      expect(ACCEPTING, 'without the list or the leaf').not.toContain(effective(less))
    }
  })
})
