import { expect, it } from 'vitest'
import { entries, loadScheme } from '../../src/engine/registry.ts'
import { catalogue } from '../../src/engine/catalogue.ts'
import { examples, type Example } from './examples.ts'

// After a change of samples or their titles: `npx vitest run app/front -u`.
it('the list of examples says what the schemes say', async () => {
  const { texts } = await catalogue()
  const both = (...ids: string[]) => ({ en: said('en', ids), zh: said('zh', ids) })
  const said = (locale: 'en' | 'zh', ids: readonly string[]) =>
    ids.map((id) => texts[locale][id]).find((text) => text !== undefined) ?? ids[0] ?? ''
  const written: Example[] = []
  for (const scheme of await Promise.all(entries.map(loadScheme))) {
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
  expect(examples.length).toBeGreaterThan(20)
})
