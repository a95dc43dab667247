import { expect, it } from 'vitest'
import { entries, loadScheme } from '../../src/engine/registry.ts'
import { catalogue } from '../../src/engine/catalogue.ts'
import type { Headline } from '../../src/core/verdict.ts'
import { examples, type Example } from './examples.ts'
import type { Family } from './featured.ts'

// After a change of samples or their titles: `npx vitest run app/front -u`.
it('the list of examples says what the schemes say', async () => {
  const { texts } = await catalogue()
  const both = (...ids: string[]) => ({ en: said('en', ids), zh: said('zh', ids) })
  const said = (locale: 'en' | 'zh', ids: readonly string[]) =>
    ids.map((id) => texts[locale][id]).find((text) => text !== undefined) ?? ids[0] ?? ''
  const written: Example[] = []
  const families: Family[] = []
  for (const scheme of await Promise.all(entries.map(loadScheme))) {
    const short = scheme.samples.flatMap((sample) =>
      sample.short === undefined ? [] : [{ ...sample, short: sample.short }],
    )
    const first = scheme.formats.find((format) => format.id === short[0]?.format)
    if (first)
      families.push({
        scheme: scheme.id,
        title: both(first.title, `format.${first.id}`),
        examples: short.map((one) => ({
          id: one.id,
          at: one.at,
          expect: one.expect as Headline,
          short: both(one.short),
        })),
      })
    for (const sample of scheme.samples) {
      const definition = scheme.formats.find((format) => format.id === sample.format)
      written.push({
        scheme: scheme.id,
        id: sample.id,
        format: sample.format,
        formatTitle: both(definition?.title ?? `format.${sample.format}`, `format.${sample.format}`),
        title: both(sample.title),
        at: sample.at,
        expect: sample.expect as Example['expect'],
      })
    }
  }
  await expect(`${JSON.stringify(written, null, 1)}\n`).toMatchFileSnapshot('./examples.json')
  const front = { of: written.length, families: families.toSorted((a, b) => place(a) - place(b)) }
  await expect(`${JSON.stringify(front, null, 1)}\n`).toMatchFileSnapshot('./featured.json')
  expect(examples.length).toBeGreaterThan(20)
})

/** What most visitors bring stands first; anything new stands behind without being named here. */
const FIRST: readonly string[] = ['intel-dcap', 'amd-sev-snp', 'aws-nitro', 'nvidia-gpu', 'azure-cvm', 'arm-cca']
const place = ({ scheme }: Family) => (FIRST.includes(scheme) ? FIRST.indexOf(scheme) : FIRST.length)
