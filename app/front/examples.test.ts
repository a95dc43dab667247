import { expect, it } from 'vitest'
import { entries, loadScheme } from '../../src/engine/registry.ts'
import { examples } from './examples.ts'
import { featured } from './featured.ts'
import { listed } from './list-examples.ts'

it('every sample of every scheme is in the list of the page, with its words in both languages', async () => {
  const wanted: string[] = []
  for (const scheme of await Promise.all(entries.map(loadScheme)))
    wanted.push(...scheme.samples.map((sample) => `${scheme.id}/${sample.id} ${sample.at} ${sample.expect}`))
  expect(examples.map((one) => `${one.scheme}/${one.id} ${one.at} ${one.expect}`)).toEqual(wanted)
  expect(featured.of).toBe(wanted.length)
  // What has no text stands there by its id.
  for (const { title, formatTitle } of examples)
    for (const words of [title, formatTitle])
      expect(words.en.startsWith('sample.') || words.zh.startsWith('sample.') || words.en === '').toBe(false)
})

it('the front door shows families by their short names, the most asked for first', () => {
  expect(featured.families.slice(0, 2).map(({ scheme }) => scheme)).toEqual(['intel-dcap', 'amd-sev-snp'])
  expect(featured.families.every((family) => family.examples.length > 0)).toBe(true)
  expect(featured).toEqual(listed.featured)
})
