import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import type { AppraisalView, InputFile } from '../engine/api.ts'
import { appraise } from '../engine/appraise.ts'
import { entries, loadScheme } from '../engine/registry.ts'
import { corpus, evidenceFile } from './evidence.ts'
import { strangersFor } from './strangers.ts'
import { ACCEPTING, effective } from './tamper.ts'

/** What lies beside the evidence and belongs to somebody else can only fail to help: no verdict and no check changes, in whatever order the files stand. */

interface Case {
  readonly id: string
  readonly files: readonly InputFile[]
  readonly at: number
}

/** What is said, apart from which files were looked at. */
function said(view: AppraisalView): string {
  // Collateral that is rejected fails a check of its own, which says nothing of the evidence; and an open question may be open for another reason.
  const open = (outcome: string) => (outcome === 'unsupported' ? 'not-checked' : outcome)
  const checks = view.checks
    .filter((check) => check.layer !== 5 || check.weight === 'decides')
    .filter((check) => check.layer !== 4 || check.weight === 'decides')
    .map((check) => `${check.subject} ${check.id} ${open(check.outcome)}`)
    .toSorted()
  const answers = view.subjects.flatMap((subject) => Object.values(subject.answers).map((answer) => answer.state))
  return [view.headline, view.ifRootTrusted, view.root.status, ...answers, ...checks].join('\n')
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

async function faultsOf({ id, files, at }: Case, isThorough: boolean): Promise<{ faults: string[]; count: number }> {
  const ask = (own: readonly InputFile[]) => appraise(own, { at, atSource: 'given', policy: NO_POLICY })
  const alone = await ask(files)
  const before = said(alone)
  const faults: string[] = []
  let count = 0
  let evidence = 0
  const compare = async (what: string, own: readonly InputFile[]) => {
    count++
    const view = await ask(own)
    // A certificate can be evidence (DICE): another one is judged by itself, and together by the composite rule.
    if (view.subjects.length > alone.subjects.length) {
      evidence++
      return
    }
    // Subjects are numbered in the order of the files; one subject is itself in any order.
    if (alone.subjects.length > 1 && what.includes('order')) {
      if (view.headline !== alone.headline || view.ifRootTrusted !== alone.ifRootTrusted)
        faults.push(`${id}: ${what}: ${alone.headline} → ${view.headline}`)
      return
    }
    const after = said(view)
    if (after !== before) faults.push(`${id}: ${what}: ${differences(before, after)}`)
  }
  const strangers = await strangersFor(files)
  expect(strangers.length).toBe(20)
  for (const { kind, files: own } of strangers) {
    if (own.length === 0) continue
    await compare(`${kind} behind`, [...files, ...own])
    if (isThorough) await compare(`${kind} before`, [...own, ...files])
  }
  const everybody = strangers.flatMap((one) => one.files)
  await compare('all behind', [...files, ...everybody])
  await compare('all before', [...everybody, ...files])
  for (const seed of [1, 2, 3]) await compare(`all, order ${seed}`, shuffled([...files, ...everybody], seed))
  for (const seed of [4, 5]) await compare(`none, order ${seed}`, shuffled(files, seed))
  if (evidence > 0) console.log(`${id}: ${evidence} strangers are evidence of their own`)
  return { faults, count: count - evidence }
}

describe('strangers', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))(
    '%s: twenty kinds of files of somebody else, in any order, change nothing',
    async (id, entry) => {
      const scheme = await loadScheme(entry)
      const faults: string[] = []
      let count = 0
      let cases = 0
      for (const sample of scheme.samples) {
        if (cases >= 3) break
        const [files, at] = [await sample.files(), Date.parse(sample.at)]
        const view = await appraise(files, { at, atSource: 'given', policy: NO_POLICY })
        if (view.subjects.length === 0 || !['S4', 'SR', ...ACCEPTING].includes(effective(view))) continue
        cases++
        const own = await faultsOf({ id: sample.id, files, at }, cases === 1)
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

describe.runIf(corpus !== undefined)('strangers beside real evidence', () => {
  it('change no accepting case of the corpus', async () => {
    const rows = readFileSync(`${corpus}/cases.jsonl`, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { id: string; files: readonly string[]; at: string | null })
    const faults: string[] = []
    let cases = 0
    let count = 0
    for (const row of rows) {
      if (cases >= 60) break
      if (row.at === null) continue
      const files = row.files.map((name) => ({ name, bytes: evidenceFile(name) }))
      const at = Date.parse(row.at)
      const view = await appraise(files, { at, atSource: 'given', policy: NO_POLICY })
      if (!ACCEPTING.includes(effective(view))) continue
      cases++
      const own = await faultsOf({ id: row.id, files, at }, false)
      count += own.count
      faults.push(...own.faults)
    }
    console.log(`corpus: ${cases} accepting cases, ${count} appraisals, ${faults.length} differ`)
    expect(faults).toEqual([])
    expect(cases).toBeGreaterThan(0)
  }, 3_600_000)
})
