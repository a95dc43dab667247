import { entries } from '../../src/engine/registry.ts'
import { textsFor } from '../../src/engine/catalogue.ts'
import { isBilingual } from './words-in.ts'

/** One sentence of the project, for people who read and mend words and write no code. */
export interface TextRow {
  readonly key: string
  readonly en: string
  readonly zh: string
  /** Where a reader meets it. */
  readonly where: string
  /** What to know before changing it. */
  readonly remark: string
}

const HEAD = ['key', 'English', '中文', 'where it appears', 'remark'] as const

/** Every text of engine, schemes and page, sorted by where it stands. */
export async function textRows(): Promise<readonly TextRow[]> {
  const rows = await schemeRows()
  return [...rows, ...pageRows()].toSorted((a, b) => order(`${a.where} ${a.key}`, `${b.where} ${b.key}`))
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

async function schemeRows(): Promise<TextRow[]> {
  const shared = { en: await textsFor([], 'en'), zh: await textsFor([], 'zh') }
  const rows = rowsOf(shared.en, shared.zh, 'engine')
  for (const { id, texts } of entries) rows.push(...rowsOf(await texts.en(), await texts.zh(), `src/schemes/${id}`))
  return rows
}

function rowsOf(en: Readonly<Record<string, string>>, zh: Readonly<Record<string, string>>, where: string): TextRow[] {
  return Object.entries(en).map(([key, text]) => ({
    key,
    en: text,
    zh: zh[key] ?? '',
    where: `${where}, ${placeOf(key)}`,
    remark: remarkOf(key, text),
  }))
}

/** What a text is for, by the shape of its key. */
function placeOf(key: string): string {
  const known: readonly (readonly [RegExp, string])[] = [
    [/^headline\./, 'headline'],
    [/^answer\./, 'one of the five answers'],
    [/^limit\./, 'what this does not prove'],
    [/^format\./, 'name of a format'],
    [/^field\./, 'meaning of a field'],
    [/^node\./, 'box of the trust path'],
    [/^wish\./, 'what is missing'],
    [/^sample\./, 'example on the front door'],
    [/^(timeline|ladder)\./, 'panel of dates or levels'],
    [/\.question$/, 'check, asked'],
    [/\.holds$/, 'check, where it holds'],
    [/\.fails$/, 'check, where it fails'],
    [/\.why$/, 'check, why it matters'],
    [/remedy/, 'check, what to do'],
  ]
  return known.find(([shape]) => shape.test(key))?.[1] ?? 'reason of a check'
}

function remarkOf(key: string, text: string): string {
  const names = [...new Set([...text.matchAll(/\{([A-Za-z0-9]+)\}/g)].map((match) => match[1] ?? ''))]
  return [
    ...(names.length > 0 ? [`${names.map((name) => `{${name}}`).join(' ')} is filled in; keep it`] : []),
    ...(/\*\*|`/.test(text) ? ['** and ` set the weight and the type'] : []),
    ...(key.startsWith('limit.')
      ? ['stands under “What this does not prove”: an open question, never a statement']
      : []),
    ...(key.endsWith('.short') ? ['two to five words'] : []),
  ].join('; ')
}

const modules = import.meta.glob<Readonly<Record<string, unknown>>>(['../**/*words.ts', '../views/*/index.ts'], {
  eager: true,
})

function pageRows(): TextRow[] {
  return Object.entries(modules).flatMap(([file, exported]) =>
    Object.values(exported).flatMap((value) => {
      const words = isBilingual(value)
        ? value
        : typeof value === 'object' && value !== null && 'title' in value && isBilingual(value.title)
          ? value.title
          : undefined
      if (!words) return []
      return Object.entries(words.en).map(([key, en]) => ({
        key,
        en,
        zh: words.zh[key] ?? '',
        where: `app${file.slice(2)}`,
        remark: remarkOf(key, en),
      }))
    }),
  )
}

/** The table as tab-separated lines: any spreadsheet opens it. */
export function textTable(rows: readonly TextRow[]): string {
  const cell = (value: string) => value.replaceAll(/[\t\r\n]+/g, ' ')
  return [HEAD, ...rows.map(({ key, en, zh, where, remark }) => [key, en, zh, where, remark])]
    .map((cells) => `${cells.map(cell).join('\t')}\n`)
    .join('')
}
