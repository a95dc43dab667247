import { expect, it } from 'vitest'
import { NO_POLICY } from '../../src/core/policy.ts'
import type { AppraisalView } from '../../src/engine/api.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { catalogue, sampleFiles } from '../../src/engine/catalogue.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { labOf, remake, type LabView } from '../../src/engine/lab.ts'
import { changesFor, edited } from '../case/edit.ts'
import { declaredFor, isOffered, played, writesOf } from './preset.ts'

/** Every preset on every sample that offers it: the checks that change are those that the preset declares, and no others. */

const outcomes = (view: AppraisalView) =>
  new Map(view.checks.map((check) => [`${check.subject} ${check.id}`, check.outcome]))

const only = process.env['LAB_ONLY']

it('what changes is what a preset declares', async () => {
  const rows: string[] = []
  const used = new Set<string>()
  const all = new Set<string>()
  let undeclared = 0
  for (const sample of (await catalogue()).samples) {
    if (only !== undefined && !sample.scheme.includes(only)) continue
    const files = await sampleFiles(sample.scheme, sample.id)
    const options = { at: Date.parse(sample.at), atSource: 'given' as const, policy: NO_POLICY }
    const before = await appraise(files, options)
    const inspection = await inspect(files)
    const presets = await labOf(
      files,
      inspection.artifacts.flatMap((one) => one.format ?? []),
    )
    for (const preset of presets) all.add(preset.id)
    const after = async (preset: LabView, artifact: number) => {
      const target = writesOf(preset, inspection, artifact)
      const original = target && files[target.file]
      if (!target || !original) {
        const scene = await played(preset, files, NO_POLICY, inspection, artifact, remake)
        return scene && appraise(scene.files, { ...options, policy: scene.policy })
      }
      const spaces = inspection.spaces.filter((entry) => entry.file === target.file).map((entry) => entry.space)
      const changes = target.writes.map((one) => changesFor(spaces, target.space, one.offset, one.to))
      if (changes.includes(undefined)) return undefined
      const bytes = edited(original.bytes, [
        { file: '', space: '', offset: 0, before: 0, after: 0, changes: changes.flatMap((one) => one ?? []) },
      ])
      return appraise(
        files.map((file, index) => (index === target.file ? { ...file, bytes } : file)),
        options,
      )
    }
    for (const subject of before.subjects)
      for (const preset of presets) {
        if (!isOffered(preset, inspection, before, subject.index)) continue
        const view = await after(preset, subject.artifact)
        if (!view) continue
        const [was, is] = [outcomes(before), outcomes(view)]
        const changed = [
          ...new Set(
            [...was.keys(), ...is.keys()]
              .filter((key) => was.get(key) !== is.get(key))
              // A hash of another device's evidence counts only in a quote that stands: that note goes with the signature.
              .filter((key) => !(key.endsWith(' composite.evidence-hash') && is.get(key) === undefined))
              .map((key) => `${key.split(' ')[1]}: ${was.get(key) ?? 'absent'} → ${is.get(key) ?? 'absent'}`),
          ),
        ].toSorted()
        if (preset.rootBecomes !== undefined) expect.soft(view.root.status, preset.id).toBe(preset.rootBecomes)
        const declared = declaredFor(preset, before)
          .map(({ check, from, to }) => `${check}: ${from} → ${to}`)
          .toSorted()
        used.add(preset.id)
        undeclared += changed.filter((one) => !declared.includes(one)).length
        const root =
          before.root.status === view.root.status ? '' : ` (root: ${before.root.status} → ${view.root.status})`
        rows.push(
          `${preset.id} | ${sample.scheme}/${sample.id} | ${changed.join(', ') || 'nothing, as declared'}${root}`,
        )
        expect.soft(changed, `${preset.id} on ${sample.scheme}/${sample.id}`).toEqual(declared)
      }
  }
  console.log(rows.join('\n'))
  console.log(`${used.size} presets made ${rows.length} times, undeclared changes: ${undeclared}`)
  // No sample of an enclave allows debugging.
  if (only === undefined)
    expect([...all].filter((id) => !used.has(id)).toSorted()).toEqual(['intel.sgx-quote/debug-off'])
}, 300_000)
