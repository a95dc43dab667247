import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { appraise } from './appraise.ts'
import { faultOf, make, recipes } from './making.ts'
import { entries, loadScheme } from './registry.ts'

/** What is made in the page is judged as its knobs say: in order, debugging, behind, revoked, without collateral. */

type RecipeCase = [
  recipe: string,
  values: Readonly<Record<string, string>>,
  headline: string,
  /** The check that the knob moves, and what it comes to. */
  check?: readonly [id: string, outcome: string],
]
type Expected = readonly [scheme: string, ...row: RecipeCase]

const SCHEMES = join(dirname(fileURLToPath(import.meta.url)), '..', 'schemes')

/** Of every recipe: in good order, debugging or wrong, old. They stand with the recipe, in its scheme's `recipe-cases.json`. */
const CASES: readonly Expected[] = entries.flatMap(({ id }) => {
  const file = join(SCHEMES, id, 'recipe-cases.json')
  const rows = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RecipeCase[]) : []
  return rows.map((row): Expected => [id, ...row])
})

/** Evidence under a key that hangs on no root until something vouches for it. */
const BARE = ['tpm2']

it('comes out as declared under its demonstration root', async () => {
  const rows: string[] = []
  for (const [scheme, id, values, headline, check] of CASES) {
    const made = await make(scheme, id, Object.entries(values))
    if ('faults' in made) throw new Error(`${scheme} ${id}: ${JSON.stringify(made)}`)
    const view = await appraise(made.files, { at: Date.parse(made.at), atSource: 'given', policy: NO_POLICY })
    const found = view.ifRootTrusted ?? view.headline
    const moved = view.checks.find((one) => one.id === check?.[0])
    rows.push(
      `${scheme} | ${id} | ${JSON.stringify(values)} | ${found} | ${view.root.status} | ${
        check
          ? `${check[0]} ${moved?.outcome}`
          : view.checks
              .filter((one) => one.outcome === 'fail' || one.outcome === 'warn')
              .map((one) => `${one.id} ${one.outcome}`)
              .join(', ')
      }`,
    )
    const where = `${scheme} ${id} ${JSON.stringify(values)}`
    expect.soft(found, where).toBe(headline)
    if (check) expect.soft(moved?.outcome, `${where} ${check[0]}`).toBe(check[1])
    if (headline.startsWith('S5'))
      expect.soft(view.root.status, where).toBe(BARE.includes(scheme) ? 'none' : 'demonstration')
  }
  console.log(rows.join('\n'))
  console.log(`${rows.length} recipes made`)
}, 120_000)

/** Makers of what is no evidence of a machine: manifests, statements, logs, images, and wrappers around another family's evidence. */
const NO_EVIDENCE = [
  'corim',
  'event-log',
  'gce-endorsement',
  'measured-image',
  'reference-list',
  'scitt',
  'sigstore',
  'uar',
  'x509',
]

it('every scheme that makes evidence has a recipe, and every recipe three cases', async () => {
  const made = await recipes()
  const without = (await Promise.all(entries.map(loadScheme)))
    .filter((scheme) => !made.some((one) => one.scheme === scheme.id))
    .map((scheme) => scheme.id)
  expect(without.toSorted()).toEqual(NO_EVIDENCE)
  for (const { scheme, id } of made)
    expect(
      CASES.filter((one) => one[0] === scheme && one[1] === id).length,
      `rows of ${id} in src/schemes/${scheme}/recipe-cases.json`,
    ).toBeGreaterThanOrEqual(3)
})

it('every recipe has words in both languages, and its first values are in range', async () => {
  const all = await recipes()
  expect(all.length).toBeGreaterThan(2)
  for (const recipe of all)
    for (const table of [recipe.texts.en, recipe.texts.zh]) {
      const ids = recipe.knobs.flatMap((knob) => [
        knob.label,
        ...(knob.note === undefined ? [] : [knob.note]),
        ...(knob.options ?? []).map((option) => option.label),
      ])
      for (const id of [recipe.title, recipe.instead, ...ids]) expect(table[id], id).toBeDefined()
      for (const text of Object.values(table))
        if (table === recipe.texts.zh) expect(text).not.toMatch(/[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]/)
        else expect(text).not.toMatch(/\b(?:secure|safe)\b/)
      for (const knob of recipe.knobs) expect(faultOf(knob, knob.value), knob.id).toBeUndefined()
    }
})

it('a value out of range is named at its knob, and nothing is made', async () => {
  expect(await make('intel-dcap', 'tdx', [['behind', '9']])).toEqual({ faults: [{ knob: 'behind', why: 'range' }] })
  expect(await make('intel-dcap', 'tdx', [['rtmr0', 'xyz']])).toEqual({ faults: [{ knob: 'rtmr0', why: 'hex' }] })
  expect(await make('example', 'note', [['reportData', '00'.repeat(33)]])).toEqual({
    faults: [{ knob: 'reportData', why: 'length' }],
  })
  expect(await make('amd-sev-snp', 'snp', [['product', 'Naples']])).toEqual({
    faults: [{ knob: 'product', why: 'not-offered' }],
  })
  expect(await make('nobody', 'x', [])).toEqual({ faults: [{ knob: '', why: 'not-offered' }] })
})
