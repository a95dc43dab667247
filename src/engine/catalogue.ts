import type { Locale, TextLoaders, TextTable } from '../core/saying.ts'
import type { Catalogue, InputFile } from './api.ts'
import { entries, loadScheme } from './registry.ts'

const shared: TextLoaders = {
  en: async () => (await import('./shared-texts.en.ts')).en,
  zh: async () => (await import('./shared-texts.zh.ts')).zh,
}

/** Texts of the shared rooms and of the named schemes, in one language: enough to show one case. */
export async function textsFor(schemeIds: readonly string[], locale: Locale): Promise<TextTable> {
  const own = entries
    .filter((entry) => schemeIds.includes(entry.id) || entry.formats.some((format) => schemeIds.includes(format)))
    .map((entry) => entry.texts[locale]())
  return Object.assign({}, ...(await Promise.all(own)), await shared[locale]()) as TextTable
}

/** Every text in both languages and every sample, of all schemes. Loads them all. */
export async function catalogue(): Promise<Catalogue> {
  const schemes = await Promise.all(entries.map(loadScheme))
  const all = entries.map((entry) => entry.id)
  return {
    texts: { en: await textsFor(all, 'en'), zh: await textsFor(all, 'zh') },
    samples: schemes.flatMap((scheme) =>
      scheme.samples.map((sample) => ({
        scheme: scheme.id,
        id: sample.id,
        title: sample.title,
        at: sample.at,
        format: sample.format,
      })),
    ),
  }
}

/** Files of a sample; empty when there is no such sample. */
export async function sampleFiles(schemeId: string, sampleId: string): Promise<readonly InputFile[]> {
  const entry = entries.find((one) => one.id === schemeId)
  if (!entry) return []
  const sample = (await loadScheme(entry)).samples.find((one) => one.id === sampleId)
  return sample ? sample.files() : []
}
