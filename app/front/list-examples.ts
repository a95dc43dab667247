import type { Locale } from '../../src/core/saying.ts'
import type { Headline } from '../../src/core/verdict.ts'
import { catalogue } from '../../src/engine/catalogue.ts'
import { entries, loadScheme } from '../../src/engine/registry.ts'
import type { Example } from './examples.ts'
import type { Family, Featured } from './featured.ts'

/** What most visitors bring stands first; anything new stands behind without being named here. */
const FIRST: readonly string[] = ['intel-dcap', 'amd-sev-snp', 'aws-nitro', 'nvidia-gpu', 'azure-cvm', 'arm-cca']
const place = ({ scheme }: Family) => (FIRST.includes(scheme) ? FIRST.indexOf(scheme) : FIRST.length)

export interface Listed {
  readonly examples: readonly Example[]
  readonly featured: Featured
}

async function listExamples(): Promise<Listed> {
  const { texts } = await catalogue()
  const said = (locale: Locale, ids: readonly string[]) =>
    ids.map((id) => texts[locale][id]).find((text) => text !== undefined) ?? ids[0] ?? ''
  const both = (...ids: string[]) => ({ en: said('en', ids), zh: said('zh', ids) })
  const examples: Example[] = []
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
      examples.push({
        scheme: scheme.id,
        id: sample.id,
        format: sample.format,
        formatTitle: both(definition?.title ?? `format.${sample.format}`, `format.${sample.format}`),
        title: both(sample.title),
        at: sample.at,
        expect: sample.expect as Headline,
      })
    }
  }
  return {
    examples,
    featured: { of: examples.length, families: families.toSorted((a, b) => place(a) - place(b)) },
  }
}

/** All examples of all schemes, and those with a short name by family: asked of the schemes while the page is built (`app/cli/examples-build.mjs`), which waits for this module. */
export const listed: Listed = await listExamples()
