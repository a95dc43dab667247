import type { Catalogue, InputFile } from './api.ts'
import { entries, loadScheme } from './registry.ts'
import * as bytesTexts from './shared-texts.ts'

/** Every text in both languages and every sample, of all schemes. Loads them all. */
export async function catalogue(): Promise<Catalogue> {
  const schemes = await Promise.all(entries.map(loadScheme))
  return {
    texts: {
      en: Object.assign({}, ...schemes.map((scheme) => scheme.texts.en), bytesTexts.en) as Record<string, string>,
      zh: Object.assign({}, ...schemes.map((scheme) => scheme.texts.zh), bytesTexts.zh) as Record<string, string>,
    },
    samples: schemes.flatMap((scheme) => scheme.samples.map((sample) => ({ scheme: scheme.id, id: sample.id, title: sample.title, at: sample.at, format: sample.format }))),
  }
}

/** Files of a sample; empty when there is no such sample. */
export async function sampleFiles(schemeId: string, sampleId: string): Promise<readonly InputFile[]> {
  const entry = entries.find((one) => one.id === schemeId)
  if (!entry) return []
  const sample = (await loadScheme(entry)).samples.find((one) => one.id === sampleId)
  return sample ? sample.files() : []
}

/** Texts of the shared rooms and of the named schemes only: enough to show one case without loading every scheme. */
export async function textsFor(schemeIds: readonly string[]): Promise<Catalogue['texts']> {
  const schemes = await Promise.all(entries.filter((entry) => schemeIds.includes(entry.id)).map(loadScheme))
  return {
    en: Object.assign({}, ...schemes.map((scheme) => scheme.texts.en), bytesTexts.en) as Record<string, string>,
    zh: Object.assign({}, ...schemes.map((scheme) => scheme.texts.zh), bytesTexts.zh) as Record<string, string>,
  }
}
