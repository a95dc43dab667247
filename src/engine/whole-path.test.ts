import { expect, it } from 'vitest'
import { appraise } from './appraise.ts'
import { catalogue, sampleFiles } from './catalogue.ts'

it('every step of a whole path lies between its nodes and hangs on a check that ran, in every sample', async () => {
  const { samples } = await catalogue()
  const seen = new Set<string>()
  for (const sample of samples) {
    const files = await sampleFiles(sample.scheme, sample.id)
    for (const cut of [files, files.slice(0, 1)]) {
      const view = await appraise(cut, {
        at: Date.parse(sample.at),
        atSource: 'given',
        policy: { schema: 'policy/1' },
      })
      for (const subject of view.subjects) {
        if (!subject.steps) continue
        seen.add(subject.scheme)
        const ids = subject.nodes.map((node) => node.id)
        expect(new Set(ids).size, `${sample.id}: ${ids.join()}`).toBe(ids.length)
        const checks = view.checks.filter((check) => check.subject === subject.index).map((check) => check.id)
        for (const step of subject.steps) {
          expect(ids, sample.id).toContain(step.from)
          expect(ids, sample.id).toContain(step.to)
          expect(checks, sample.id).toContain(step.check)
        }
      }
    }
  }
  for (const scheme of ['intel-dcap', 'amd-sev-snp', 'amd-sev-legacy', 'arm-cca', 'psa', 'tpm2', 'token'])
    expect(seen).toContain(scheme)
}, 120_000)

it('a bare report draws the authorities, the chip and the list that are not here', async () => {
  const { samples } = await catalogue()
  const sample = samples.find(({ scheme, id }) => scheme === 'amd-sev-snp' && id === 'milan-v3-old')
  if (!sample) throw new Error('no sample')
  const files = await sampleFiles(sample.scheme, sample.id)
  const options = { at: Date.parse(sample.at), atSource: 'given', policy: { schema: 'policy/1' } } as const
  // The report alone: its certificates follow it in the same file.
  const of = (bytes: number) => files.map((file) => ({ ...file, bytes: file.bytes.slice(0, bytes) }))
  const absent = async (count: number) =>
    (await appraise(of(count), options)).subjects[0]?.nodes.filter((node) => node.isAbsent).map((node) => node.id)
  expect(await absent(1184)).toEqual(['root', 'intermediate', 'leaf', 'crl'])
  expect(await absent(Infinity)).toEqual([])
})

it.each([
  ['intel-dcap', 'tdx-no-collateral'],
  ['amd-sev-snp', 'milan-v3-old'],
])('what a check lacks stands beside it, with the way to get it: %s %s', async (scheme, id) => {
  const { samples } = await catalogue()
  const sample = samples.find((one) => one.scheme === scheme && one.id === id)
  const files = (await sampleFiles(scheme, id)).map((file) =>
    scheme === 'amd-sev-snp' ? { ...file, bytes: file.bytes.slice(0, 1184) } : file,
  )
  const view = await appraise(files, {
    at: Date.parse(sample?.at ?? ''),
    atSource: 'given',
    policy: { schema: 'policy/1' },
  })
  const served = new Set(view.wishes.flatMap((wish) => wish.serves ?? []))
  const open = view.checks.filter((one) => one.outcome === 'not-checked' && one.weight === 'decides' && one.layer < 7)
  expect(open.length).toBeGreaterThan(4)
  expect(open.map((one) => one.id).filter((one) => !served.has(one))).toEqual([])
  const ids = new Set(view.checks.map((one) => one.id))
  expect([...served].filter((one) => !ids.has(one))).toEqual([])
})
