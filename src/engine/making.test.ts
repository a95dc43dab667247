import { expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { appraise } from './appraise.ts'
import { faultOf, make, recipes } from './making.ts'

/** What is made in the page is judged as its knobs say: in order, debugging, behind, revoked, without collateral. */

const CASES: readonly (readonly [string, string, Readonly<Record<string, string>>, string])[] = [
  ['example', 'note', {}, 'S5'],
  ['example', 'note', { debug: 'on' }, 'S3'],
  ['example', 'note', { program: 'another', reportData: '00ff' }, 'S5'],
  ['intel-dcap', 'tdx', {}, 'S5'],
  ['intel-dcap', 'tdx', { debug: 'on' }, 'S3'],
  ['intel-dcap', 'tdx', { behind: '2' }, 'S5w'],
  ['intel-dcap', 'tdx', { revoked: 'on' }, 'S3'],
  ['intel-dcap', 'tdx', { collateral: 'off' }, 'S4'],
  ['intel-dcap', 'sgx', {}, 'S5'],
  ['intel-dcap', 'sgx', { debug: 'on' }, 'S3'],
  ['intel-dcap', 'sgx', { behind: '2' }, 'S5w'],
]

it.each(CASES)('%s %s %o comes out as %s under its demonstration root', async (scheme, id, values, headline) => {
  const made = await make(scheme, id, Object.entries(values))
  if ('faults' in made) throw new Error(JSON.stringify(made))
  const view = await appraise(made.files, { at: Date.parse(made.at), atSource: 'given', policy: NO_POLICY })
  console.log(`${scheme} ${id} ${JSON.stringify(values)}: ${view.ifRootTrusted ?? view.headline}`)
  expect(view.root.status).toBe('demonstration')
  expect(view.ifRootTrusted ?? view.headline).toBe(headline)
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
      for (const knob of recipe.knobs) expect(faultOf(knob, knob.value), knob.id).toBeUndefined()
    }
})

it('a value out of range is named at its knob, and nothing is made', async () => {
  expect(await make('intel-dcap', 'tdx', [['behind', '9']])).toEqual({ faults: [{ knob: 'behind', why: 'range' }] })
  expect(await make('intel-dcap', 'tdx', [['rtmr0', 'xyz']])).toEqual({ faults: [{ knob: 'rtmr0', why: 'hex' }] })
  expect(await make('example', 'note', [['reportData', '00'.repeat(33)]])).toEqual({
    faults: [{ knob: 'reportData', why: 'length' }],
  })
  expect(await make('nobody', 'x', [])).toEqual({ faults: [{ knob: '', why: 'not-offered' }] })
})
