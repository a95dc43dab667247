import { fromHex } from '../bytes/layout.ts'
import type { Locale, TextTable } from '../core/saying.ts'
import type { Knob } from '../core/scheme.ts'
import type { InputFile } from './api.ts'
import { textsFor } from './catalogue.ts'
import { entries, loadScheme } from './registry.ts'

/** A recipe as a form needs it. */
export interface RecipeView {
  readonly scheme: string
  readonly id: string
  readonly title: string
  readonly at: string
  readonly instead: string
  readonly knobs: readonly Knob[]
  readonly texts: Readonly<Record<Locale, TextTable>>
}

/** What came of making: files, or the knobs whose value is out of range. */
export type Made =
  | { readonly files: readonly InputFile[]; readonly at: string }
  | { readonly faults: readonly { readonly knob: string; readonly why: 'not-offered' | 'range' | 'hex' | 'length' }[] }

type Fault = 'not-offered' | 'range' | 'hex' | 'length'

/** Why a value cannot be used; undefined where it can. */
export function faultOf(knob: Knob, value: string): Fault | undefined {
  switch (knob.kind) {
    case 'flag':
      return value === 'on' || value === 'off' ? undefined : 'not-offered'
    case 'choice':
      return knob.options?.some((option) => option.value === value) === true ? undefined : 'not-offered'
    case 'number': {
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
      return number >= (knob.least ?? 0) && number <= (knob.most ?? Number.MAX_SAFE_INTEGER) ? undefined : 'range'
    }
    case 'hex': {
      const bytes = value === '' ? new Uint8Array() : fromHex(value)
      return bytes === undefined ? 'hex' : bytes.length > (knob.bytes ?? 64) ? 'length' : undefined
    }
    case 'text':
      return new TextEncoder().encode(value).length > (knob.bytes ?? 4096) ? 'length' : undefined
  }
}

/** Everything that the schemes can make here, the richest form first. */
export async function recipes(): Promise<readonly RecipeView[]> {
  const found: RecipeView[] = []
  for (const scheme of await Promise.all(entries.map(loadScheme))) {
    if (!scheme.recipes) continue
    const texts = { en: await textsFor([scheme.id], 'en'), zh: await textsFor([scheme.id], 'zh') }
    for (const { id, title, at, instead, knobs, texts: words } of await scheme.recipes()) {
      const ids = [
        title,
        instead,
        ...knobs.flatMap((knob) => [
          knob.label,
          knob.note ?? '',
          ...(knob.options ?? []).map((option) => option.label),
        ]),
      ]
      const own = (table: TextTable) =>
        Object.fromEntries(ids.flatMap((one) => (table[one] === undefined ? [] : [[one, table[one]]])))
      found.push({
        scheme: scheme.id,
        id,
        title,
        at,
        instead,
        knobs,
        texts: { en: own({ ...texts.en, ...words?.en }), zh: own({ ...texts.zh, ...words?.zh }) },
      })
    }
  }
  return found.toSorted((a, b) => b.knobs.length - a.knobs.length)
}

/** Makes evidence under the demonstration root of its scheme. A knob that is left out has its first value. */
export async function make(scheme: string, id: string, values: readonly (readonly [string, string])[]): Promise<Made> {
  const entry = entries.find((one) => one.id === scheme)
  const recipe = (await (entry && (await loadScheme(entry)).recipes?.()))?.find((one) => one.id === id)
  if (!recipe) return { faults: [{ knob: '', why: 'not-offered' }] }
  const given = new Map([...recipe.knobs.map((knob): [string, string] => [knob.id, knob.value]), ...values])
  const faults = recipe.knobs.flatMap((knob) => {
    const why = faultOf(knob, given.get(knob.id) ?? '')
    return why === undefined ? [] : [{ knob: knob.id, why }]
  })
  return faults.length > 0 ? { faults } : { files: await recipe.make(given), at: recipe.at }
}
