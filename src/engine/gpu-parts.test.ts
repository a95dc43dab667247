import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { makePartsCorim, type PartRecipe } from '../schemes/corim/attester.ts'
import { makeChain, makeContents, makeReport, measurement, MADE_AT } from '../schemes/nvidia-gpu/attester.ts'
import { appraise } from './appraise.ts'

/** A device that names its measurements, and an unsigned manifest for them: what NVIDIA publishes for Rubin so far. */

const ask = async (parts: readonly PartRecipe[], arc = 11) => {
  const contents = makeContents(
    [
      { arc: 11, number: 2, block: 3 },
      { arc: 11, number: 3, block: 4 },
      { arc: 11, number: 10, block: 5 },
    ],
    [],
  )
  const files = [
    { name: 'report.bin', bytes: await makeReport({ contents }) },
    ...(await makeChain()).map((bytes, i) => ({ name: `${i}.der`, bytes })),
    ...(parts.length > 0 ? [{ name: 'driver.cbor', bytes: makePartsCorim(parts, arc) }] : []),
  ]
  return appraise(files, { at: MADE_AT, atSource: 'given', policy: NO_POLICY })
}
const GOOD: readonly PartRecipe[] = [
  { number: 2, digest: measurement(2) },
  { number: 3, digest: measurement(3) },
  { number: 10, digest: new Uint8Array(48) },
  { number: 10, digest: measurement(4) },
]
const software = (view: Awaited<ReturnType<typeof ask>>) => view.subjects[0]?.answers.software.state
const found = (view: Awaited<ReturnType<typeof ask>>) =>
  view.checks.find(({ id }) => id === 'software.statement-matches')

describe('a GPU that names its measurements, beside an unsigned manifest', () => {
  it('is compared part by part, and weighed as the reader’s own typing', async () => {
    const view = await ask(GOOD)
    expect(found(view)).toMatchObject({ outcome: 'pass', because: { text: 'statement.list-matches' } })
    expect(found(view)?.found?.split('\n')).toHaveLength(3)
    // NVIDIA's word is still missing: what is unsigned makes nothing current.
    expect(view.ifRootTrusted).toBe('S4')
    expect(view.statements[0]).toMatchObject({ isSigned: false, standing: 'unsigned' })
  })
  it('is not the manifest’s when one part differs, however many agree', async () => {
    const view = await ask([...GOOD.slice(0, 1), { number: 3, digest: measurement(60) }, ...GOOD.slice(2)])
    expect(found(view)).toMatchObject({ outcome: 'not-checked', code: 'not-for-this' })
    expect(software(view)).toBe('not-checked')
  })
  it('shares nothing with a manifest for other firmware', async () => {
    expect(found(await ask(GOOD, 10))).toMatchObject({ because: { text: 'statement.nothing-shared' } })
  })
})
