import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { catalogue } from '../engine/catalogue.ts'
import { entries, loadScheme } from '../engine/registry.ts'

/** Every reason has its sentence, and every sentence somebody who says it: read from the source, so that no sample has to reach them. */

const root = join(import.meta.dirname, '../..')

const files = ['src', 'app'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:tsx?|json)$/.test(name) && !/\.(?:test|d)\.tsx?$/.test(name))
    .filter(
      (name) =>
        !/(?:^|\/)testing/.test(name) &&
        !/(?:^|\/)(?:[a-z-]*texts[a-z-]*\.(?:en|zh)\.ts|samples\/[^/]*\.json)$/.test(name),
    )
    .map((name) => join(root, folder, name)),
)
const sources = files.map((file) => readFileSync(file, 'utf8'))

/** Ids as they stand in the source: whole, or with parts that are filled in. */
function namedIn(text: string): { readonly whole: readonly string[]; readonly made: readonly string[] } {
  const whole = [...text.matchAll(/(['"])((?:(?!\1)[^\\\n])*)\1/g)].map((match) => match[2] ?? '')
  const made = [...text.matchAll(/`((?:[^`\\]|\\.)*)`/g)]
    .map((match) => match[1] ?? '')
    .filter((one) => one.includes('${'))
  return { whole, made }
}

const named = sources.map(namedIn)
const whole = new Set(named.flatMap((one) => one.whole))

const partsOf = (template: string) => template.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/)
const templates = [...new Set(named.flatMap((one) => one.made))].map(partsOf)
const isIds = (parts: readonly string[]) => /^[a-z0-9.-]*$/i.test(parts.join(''))

/** `bit.${layout}.${name}`: what stands before the first hole says which ids are meant. */
const beginnings = templates
  .filter((parts) => isIds(parts) && (parts[0] ?? '').replaceAll(/[.-]/g, '').length >= 3)
  .map((parts) => new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('.+')}$`))

/** `${check.id}.holds`: of an id that stands somewhere itself. */
const endings = templates.flatMap((parts) => {
  const [before, after = ''] = parts
  return parts.length === 2 && before === '' && isIds(parts) && after.length > 3 ? [after] : []
})

function isNamed(key: string): boolean {
  return (
    whole.has(key) ||
    beginnings.some((pattern) => pattern.test(key)) ||
    endings.some((ending) => key.endsWith(ending) && isNamed(key.slice(0, -ending.length)))
  )
}

async function idsOfSchemes(): Promise<ReadonlySet<string>> {
  const schemes = await Promise.all(entries.map(loadScheme))
  const rows = schemes.flatMap((scheme) => scheme.formats.flatMap((format) => format.rows?.() ?? []))
  return new Set([
    ...schemes.flatMap((scheme) => scheme.formats.map((format) => format.title)),
    ...rows.flatMap((row) => [row.doc ?? '', ...(row.bits ?? []).map((bit) => bit.doc ?? '')]),
  ])
}

it('every sentence has somebody who says it', async () => {
  const { texts } = await catalogue()
  const ids = await idsOfSchemes()
  const unused = Object.keys(texts.en).filter((key) => !ids.has(key) && !isNamed(key))
  expect(unused).toEqual([])
})

it('every reason that is written in the source has a sentence', async () => {
  const { texts } = await catalogue()
  const said = sources.flatMap((text) => [...text.matchAll(/\bsay\(\s*'([^']+)'/g)].map((match) => match[1] ?? ''))
  expect(said.length).toBeGreaterThan(500)
  expect([...new Set(said)].filter((id) => !Object.hasOwn(texts.en, id))).toEqual([])
})
