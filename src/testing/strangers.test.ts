import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NO_POLICY, type Policy } from '../core/policy.ts'
import type { CheckResult } from '../core/verdict.ts'
import type { AppraisalView, InputFile } from '../engine/api.ts'
import { appraise, appraiseCase } from '../engine/appraise.ts'
import { openCase } from '../engine/case.ts'
import { entries, loadScheme } from '../engine/registry.ts'
import { corpus, evidenceFile } from './evidence.ts'
import { strangersFor, type Strangers } from './strangers.ts'
import { ACCEPTING, effective } from './tamper.ts'

/** What lies beside the evidence and belongs to somebody else can only fail to help: no verdict and no check changes, in whatever order the files stand. */

interface Case {
  readonly id: string
  readonly files: readonly InputFile[]
  readonly at: number
  readonly policy: Policy
}

/** What is said of the subjects whose bytes are `known`, apart from which files were looked at. */
function said(view: AppraisalView, known: ReadonlySet<string>, shaOf: (artifact: number) => string): string {
  // Collateral that is rejected fails a check of its own, which says nothing of the evidence; and an open question may be open for another reason.
  const open = ({ outcome, layer }: CheckResult) =>
    outcome === 'unsupported' || (layer === 5 && outcome === 'fail') ? 'not-checked' : outcome
  const own = view.subjects.filter((subject) => known.has(shaOf(subject.artifact)))
  return own
    .flatMap((subject, order) => [
      `${order} ${subject.format} ${subject.headline} ${subject.ifRootTrusted} ${subject.root.status}`,
      ...Object.entries(subject.answers).map(([question, answer]) => `${order} ${question} ${answer.state}`),
      ...view.checks
        .filter((check) => check.subject === subject.index)
        // How it stands to evidence that was not there before is nothing that was said.
        .filter((check) => !check.id.startsWith('composite.'))
        .filter((check) => (check.layer !== 4 && check.layer !== 5) || check.weight === 'decides')
        // A statement that is for something else is said to be here, and moves no answer.
        .filter((check) => check.layer !== 8 || !open(check).startsWith('not-'))
        .map((check) => `${order} ${check.id} ${open(check)}`),
    ])
    .toSorted()
    .join('\n')
}

/** Lines that are only in one of the two. */
function differences(before: string, after: string): string {
  const [a, b] = [new Set(before.split('\n')), new Set(after.split('\n'))]
  return [
    ...[...a].filter((line) => !b.has(line)).map((line) => `−${line}`),
    ...[...b].filter((line) => !a.has(line)).map((line) => `+${line}`),
  ]
    .slice(0, 8)
    .join(' ')
}

/** A fixed shuffle. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const all = [...items]
  let state = seed
  for (let i = all.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const j = state % (i + 1)
    const [one, two] = [all[i], all[j]]
    if (one !== undefined && two !== undefined) {
      all[i] = two
      all[j] = one
    }
  }
  return all
}

/** Appraises one case, and says of which bytes each artifact is. */
async function ask(files: readonly InputFile[], at: number, policy: Policy) {
  const opened = await openCase(files)
  const view = await appraiseCase(opened, { at, atSource: 'given', policy })
  return { view, shaOf: (artifact: number) => opened.artifacts[artifact]?.sha256() ?? '' }
}

async function faultsOf(
  { id, files, at, policy }: Case,
  more: readonly Strangers[],
  isThorough: boolean,
): Promise<{ faults: string[]; count: number }> {
  const alone = await ask(files, at, policy)
  const known = new Set(alone.view.subjects.map((subject) => alone.shaOf(subject.artifact)))
  const before = said(alone.view, known, alone.shaOf)
  const faults: string[] = []
  let count = 0
  const compare = async (what: string, own: readonly InputFile[]) => {
    count++
    const { view, shaOf } = await ask(own, at, policy)
    // Evidence of its own beside it is judged by itself, and together by the composite rule: the subjects that were there stay what they were.
    if (view.subjects.length === alone.view.subjects.length)
      if (view.headline !== alone.view.headline || view.ifRootTrusted !== alone.view.ifRootTrusted)
        faults.push(`${id}: ${what}: ${alone.view.headline} → ${view.headline}`)
    // Subjects are numbered in the order of the files; one subject is itself in any order.
    if (alone.view.subjects.length > 1 && what.includes('order')) return
    const after = said(view, known, shaOf)
    if (after !== before) faults.push(`${id}: ${what}: ${differences(before, after)}`)
  }
  const strangers = [...(await strangersFor(files)), ...more]
  expect(strangers.length).toBeGreaterThanOrEqual(27)
  for (const [index, { kind, files: own }] of strangers.entries()) {
    if (own.length === 0) continue
    // Each kind on one side, in turns; on both where every kind is looked at closely.
    if (isThorough || index % 2 === 0) await compare(`${kind} behind`, [...files, ...own])
    if (isThorough || index % 2 === 1) await compare(`${kind} before`, [...own, ...files])
  }
  const everybody = strangers.flatMap((one) => one.files)
  await compare('all behind', [...files, ...everybody])
  await compare('all before', [...everybody, ...files])
  for (const seed of [1, 2]) await compare(`all, order ${seed}`, shuffled([...files, ...everybody], seed))
  if (files.length > 1) for (const seed of [4, 5]) await compare(`none, order ${seed}`, shuffled(files, seed))
  return { faults, count }
}

/** Files of other schemes' samples that are no evidence: certificates, lists, TCB infos, manifests, logs, images. */
async function supportOf(others: (scheme: string) => boolean, isDemonstration: boolean): Promise<Strangers> {
  const found: InputFile[] = []
  for (const entry of entries) {
    // A maker's list of revoked devices is about every device.
    if (!others(entry.id) || entry.id === 'device') continue
    for (const sample of (await loadScheme(entry)).samples.slice(0, 2))
      for (const own of await sample.files()) {
        const view = await appraise([own], { at: Date.parse(sample.at), atSource: 'given', policy: NO_POLICY })
        // Beside demonstration evidence a demonstration statement may be about just that.
        const { artifacts } = await openCase([own])
        if (isDemonstration && artifacts.some((one) => one.message === 'reference-values')) continue
        if (view.subjects.length === 0 && own.bytes.length < 100_000)
          found.push({ ...own, name: `${entry.id}-${own.name}` })
      }
  }
  return { kind: 'supporting files of other families', files: found }
}

describe('strangers', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))(
    '%s: files of somebody else, in any order, change nothing',
    async (id, entry) => {
      const scheme = await loadScheme(entry)
      const faults: string[] = []
      let count = 0
      let cases = 0
      // Azure's samples are reports of AMD's demonstration: its lists are about them.
      const support = await supportOf((other) => other !== id && !(id === 'azure-cvm' && other === 'amd-sev-snp'), true)
      for (const sample of scheme.samples) {
        if (cases >= 3) break
        const [files, at] = [await sample.files(), Date.parse(sample.at)]
        const view = await appraise(files, { at, atSource: 'given', policy: NO_POLICY })
        if (view.subjects.length === 0 || !['S4', 'SR', ...ACCEPTING].includes(effective(view))) continue
        cases++
        const own = await faultsOf({ id: sample.id, files, at, policy: NO_POLICY }, [support], cases === 1)
        count += own.count
        faults.push(...own.faults)
      }
      console.log(
        `${id}: ${cases} samples, ${count} appraisals with strangers or in another order, ${faults.length} differ`,
      )
      expect(faults).toEqual([])
    },
    600_000,
  )
})

/** STRANGERS=1 (`npm run strangers`): sixty accepting cases, as many families as there are, every kind before and behind. */
/** STRANGERS_OF: these cases alone, by their ids. */
const only = process.env['STRANGERS_OF']
const isWhole = process.env['STRANGERS'] !== undefined
const WANTED = isWhole ? 60 : 12

interface Row {
  readonly id: string
  readonly files: readonly string[]
  readonly at: string | null
  readonly policy?: Policy
}

/** Cases in turns of families, so that the first sixty are of all kinds. */
function inTurns(rows: readonly Row[]): Row[] {
  const families = new Map<string, Row[]>()
  for (const row of rows) {
    const family = row.id.split('/')[0] ?? ''
    families.set(family, [...(families.get(family) ?? []), row])
  }
  const longest = Math.max(...[...families.values()].map((own) => own.length))
  return Array.from({ length: longest }, (_, turn) => turn).flatMap((turn) =>
    [...families.values()].flatMap((own) => own[turn] ?? []),
  )
}

describe.runIf(corpus !== undefined)('strangers beside real evidence', () => {
  it('change no accepting case of the corpus, and none of a family that has no accepting one', async () => {
    const rows = readFileSync(`${corpus}/cases.jsonl`, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Row)
      .filter((row) => only === undefined || only.split(',').includes(row.id))
    const support = await supportOf(() => true, false)
    const faults: string[] = []
    const counted = new Map<string, number>()
    let accepting = 0
    let count = 0
    for (const row of inTurns(rows)) {
      if (accepting >= WANTED) break
      const family = row.id.split('/')[0] ?? ''
      const files = row.files.map((name) => ({ name, bytes: evidenceFile(name) }))
      if (files.some((one) => one.bytes.length > 2_000_000)) continue
      const at = row.at === null ? Date.UTC(2026, 10, 24) : Date.parse(row.at)
      const policy = row.policy ?? NO_POLICY
      const { view } = await ask(files, at, policy)
      const isAccepting = ACCEPTING.includes(effective(view))
      if (!isAccepting && (counted.has(family) || !['S4', 'SR', 'S3'].includes(effective(view)))) continue
      counted.set(family, (counted.get(family) ?? 0) + 1)
      if (isAccepting) accepting++
      const own = await faultsOf({ id: row.id, files, at, policy }, [support], isWhole)
      count += own.count
      faults.push(...own.faults)
      if (isWhole) console.log(`${row.id}: ${effective(view)}, ${own.count} appraisals, ${own.faults.length} differ`)
    }
    console.log(
      `corpus: ${accepting} accepting cases of ${[...counted].map(([family, n]) => `${family} ${n}`).join(', ')}; ${count} appraisals with ${support.files.length} supporting files and 27 kinds, ${faults.length} differ`,
    )
    expect(faults).toEqual([])
    if (only === undefined) expect(accepting).toBe(WANTED)
  }, 7_200_000)
})
