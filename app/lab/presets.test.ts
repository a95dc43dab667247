import { expect, it } from 'vitest'
import { NO_POLICY } from '../../src/core/policy.ts'
import type { AppraisalView } from '../../src/engine/api.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { sampleFiles } from '../../src/engine/catalogue.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { changesFor, edited } from '../case/edit.ts'
import { examples } from '../front/examples.ts'
import { declaredFor, isOffered, writesOf } from './preset.ts'
import { presets } from './presets.ts'

/** Every preset on every example that offers it: the checks that change are those that the preset declares, and no others. */

const outcomes = (view: AppraisalView) =>
  new Map(view.checks.map((check) => [`${check.subject} ${check.id}`, check.outcome]))

it('what changes is what a preset declares', async () => {
  const rows: string[] = []
  const used = new Set<string>()
  for (const example of examples) {
    const files = await sampleFiles(example.scheme, example.id)
    const options = { at: Date.parse(example.at), atSource: 'given' as const, policy: NO_POLICY }
    const before = await appraise(files, options)
    const formats = new Set(before.subjects.map((one) => one.format))
    if (!presets.some((preset) => formats.has(preset.format))) continue
    const inspection = await inspect(files)
    for (const subject of before.subjects)
      for (const preset of presets) {
        if (!isOffered(preset, inspection, before, subject.index)) continue
        const target = writesOf(preset, inspection, subject.artifact)
        const original = target && files[target.file]
        if (!target || !original) throw new Error(`${preset.id} is offered and cannot be done`)
        const spaces = inspection.spaces.filter((entry) => entry.file === target.file).map((entry) => entry.space)
        const changes = target.writes.map((one) => changesFor(spaces, target.space, one.offset, one.to))
        if (changes.includes(undefined)) continue
        const bytes = edited(original.bytes, [
          { file: '', space: '', offset: 0, before: 0, after: 0, changes: changes.flatMap((one) => one ?? []) },
        ])
        const after = await appraise(
          files.map((file, index) => (index === target.file ? { ...file, bytes } : file)),
          options,
        )
        const [was, is] = [outcomes(before), outcomes(after)]
        const changed = [...new Set([...was.keys(), ...is.keys()])]
          .filter((key) => was.get(key) !== is.get(key))
          // A hash of another device's evidence counts only in a quote that stands: that note goes with the signature.
          .filter((key) => !(key.endsWith(' composite.evidence-hash') && is.get(key) === undefined))
          .map((key) => `${key.split(' ')[1]}: ${was.get(key) ?? 'absent'} → ${is.get(key) ?? 'absent'}`)
          .toSorted()
        const declared = declaredFor(preset, before)
          .map(({ check, from, to }) => `${check}: ${from} → ${to}`)
          .toSorted()
        used.add(preset.id)
        rows.push(`${preset.id} | ${example.scheme}/${example.id} | ${changed.join(', ') || 'nothing, as declared'}`)
        expect.soft(changed, `${preset.id} on ${example.scheme}/${example.id}`).toEqual(declared)
      }
  }
  console.log(rows.join('\n'))
  console.log(`${rows.length} presets made`)
  expect(presets.filter((one) => !used.has(one.id)).map((one) => one.id)).toEqual(['intel.sgx-quote/debugOff'])
}, 300_000)
