import { expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { appraise } from './appraise.ts'
import { faultOf, make, recipes } from './making.ts'
import { entries, loadScheme } from './registry.ts'

/** What is made in the page is judged as its knobs say: in order, debugging, behind, revoked, without collateral. */

type Expected = readonly [
  scheme: string,
  recipe: string,
  values: Readonly<Record<string, string>>,
  headline: string,
  /** The check that the knob moves, and what it comes to. */
  check?: readonly [id: string, outcome: string],
]

/** Of every recipe: in good order, debugging or wrong, old. */
const CASES: readonly Expected[] = [
  ['example', 'note', {}, 'S5'],
  ['example', 'note', { debug: 'on' }, 'S3', ['example.not-debug', 'fail']],
  ['example', 'note', { program: 'another', reportData: '00ff' }, 'S5'],
  ['intel-dcap', 'tdx', {}, 'S5'],
  ['intel-dcap', 'tdx', { debug: 'on' }, 'S3', ['intel.not-debug', 'fail']],
  ['intel-dcap', 'tdx', { behind: '2' }, 'S5w', ['intel.platform-level', 'warn']],
  ['intel-dcap', 'tdx', { revoked: 'on' }, 'S3', ['intel.pck-not-revoked', 'fail']],
  ['intel-dcap', 'tdx', { collateral: 'off' }, 'S4'],
  ['intel-dcap', 'sgx', {}, 'S5'],
  ['intel-dcap', 'sgx', { debug: 'on' }, 'S3', ['intel.not-debug', 'fail']],
  ['intel-dcap', 'sgx', { behind: '2' }, 'S5w', ['intel.platform-level', 'warn']],
  // AMD publishes no list of levels: above every known floor is not “up to date”.
  ['amd-sev-snp', 'snp', {}, 'S4', ['snp.tcb-above-known-floors', 'not-checked']],
  ['amd-sev-snp', 'snp', { debug: 'on' }, 'S3', ['snp.debug-off', 'fail']],
  ['amd-sev-snp', 'snp', { tcb: 'old' }, 'S5w', ['snp.tcb-above-known-floors', 'warn']],
  ['amd-sev-snp', 'snp', { product: 'Genoa', key: 'VLEK', tcb: 'old' }, 'S5w'],
  ['amd-sev-snp', 'snp', { product: 'Turin', version: '5' }, 'S4'],
  ['amd-sev-snp', 'snp', { revoked: 'on' }, 'S3', ['snp.authority-not-revoked', 'fail']],
  ['aws-nitro', 'nitro', {}, 'S5'],
  ['aws-nitro', 'nitro', { debug: 'on' }, 'S3', ['nitro.not-debug', 'fail']],
  ['aws-nitro', 'nitro', { age: '48' }, 'S4', ['nitro.certificates-in-date', 'not-checked']],
  ['azure-cvm', 'azure', {}, 'S4', ['tpm.ak-vouched-for', 'pass']],
  ['azure-cvm', 'azure', { hardware: 'debug' }, 'S3', ['snp.debug-off', 'fail']],
  ['azure-cvm', 'azure', { hardware: 'old', form: 'v0' }, 'S5w', ['snp.tcb-above-known-floors', 'warn']],
  ['arm-cca', 'cca', {}, 'S5'],
  ['arm-cca', 'cca', { lifecycle: 'debug' }, 'S5w', ['cca.lifecycle-is-secured', 'warn']],
  ['arm-cca', 'cca', { form: 'legacy' }, 'S5'],
  ['arm-cca', 'cca', { bound: 'off' }, 'S1', ['cca.realm-key-bound-to-platform', 'fail']],
  ['psa', 'psa', {}, 'S5'],
  ['psa', 'psa', { lifecycle: 'debug' }, 'S5w', ['psa.lifecycle-is-secured', 'warn']],
  ['psa', 'psa', { profile: 'first' }, 'S5'],
  ['eat', 'eat', {}, 'S5'],
  ['eat', 'eat', { debugState: '0' }, 'S3', ['eat.debug-is-disabled', 'fail']],
  ['eat', 'eat', { age: '3' }, 'S4', ['eat.within-dates', 'not-checked']],
  ['tpm2', 'tpm', {}, 'S4'],
  ['tpm2', 'tpm', { clock: 'off' }, 'S4', ['tpm.clock-safe', 'warn']],
  ['tpm2', 'tpm', { hash: 'SHA-1' }, 'S4', ['tpm.signed-by-ak', 'warn']],
  ['hygon-csv', 'csv', {}, 'S5'],
  ['hygon-csv', 'csv', { debug: 'on' }, 'S3', ['csv.not-debug', 'fail']],
  ['hygon-csv', 'csv', { generation: 'csv1' }, 'S5w', ['csv.generation', 'warn']],
  ['hygon-csv', 'csv', { version: 'v2' }, 'S5'],
  ['kunpeng-qca', 'qca', {}, 'S5'],
  ['kunpeng-qca', 'qca', { issuer: 'root-name' }, 'S1'],
  ['kunpeng-qca', 'qca', { form: 'binary' }, 'S5'],
  ['nvidia-gpu', 'gpu', {}, 'S5'],
  ['nvidia-gpu', 'gpu', { debug: 'on' }, 'S3'],
  ['nvidia-gpu', 'gpu', { old: 'on' }, 'S3'],
  ['nvidia-gpu', 'gpu', { revoked: 'on' }, 'S3'],
  ['token', 'ear', {}, 'SR'],
  ['token', 'ear', { status: 'contraindicated' }, 'S3'],
  ['token', 'ear', { age: '2' }, 'S4'],
  ['token', 'maa', {}, 'SR'],
  ['token', 'maa', { debug: 'on' }, 'S3', ['jwt.debug-is-disabled', 'fail']],
  ['token', 'maa', { age: '48' }, 'S4'],
  ['dice', 'dice', {}, 'S5'],
  ['dice', 'dice', { debug: 'on' }, 'S3'],
  ['dice', 'dice', { svn: '1' }, 'S5'],
  ['dice', 'dice', { gap: 'on' }, 'S5w'],
  ['dice', 'open-dice', {}, 'S5'],
  ['dice', 'open-dice', { mode: '2' }, 'S3'],
  ['dice', 'open-dice', { mode: '0' }, 'S3', ['dice.modes-normal', 'fail']],
  ['device', 'android', {}, 'S5'],
  ['device', 'android', { boot: 'unlocked' }, 'S3'],
  ['device', 'android', { revoked: 'on' }, 'S3'],
  ['device', 'app-attest', {}, 'S5'],
  ['device', 'app-attest', { environment: 'appattestdevelop' }, 'S5w'],
  ['device', 'app-attest', { counter: '7' }, 'S1'],
  ['amd-sev-legacy', 'sev', {}, 'S5w'],
  ['amd-sev-legacy', 'sev', { debug: 'on' }, 'S3'],
  ['amd-sev-legacy', 'sev', { generation: 'sev' }, 'S5w'],
]

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
    expect(CASES.filter((one) => one[0] === scheme && one[1] === id).length, id).toBeGreaterThanOrEqual(3)
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
