import { expect, it } from 'vitest'
import { NO_POLICY } from '../../../src/core/policy.ts'
import { appraise } from '../../../src/engine/appraise.ts'
import type { InputFile } from '../../../src/engine/api.ts'
import { sampleFiles } from '../../../src/engine/catalogue.ts'
import { inspect } from '../../../src/engine/inspect.ts'
import type { FieldNode } from '../../../src/core/field.ts'
import { changesFor, edited, type Edit } from '../../case/edit.ts'
import { pairsOf, reachOf } from './compare.ts'

/** Which checks notice a flipped bit in each region of a TDX quote and its collateral: printed, and held against what the checks say they cover. */

const options = { at: Date.parse('2026-06-15T12:00:00Z'), atSource: 'given' as const, policy: NO_POLICY }

function leavesOf(node: FieldNode): FieldNode[] {
  const inner = node.kind === 'bits' ? [] : node.children.filter((child) => child.kind !== 'bit')
  return inner.length === 0 ? [node] : inner.flatMap(leavesOf)
}

it('no bit that a check says it covers goes unnoticed', async () => {
  const files = await sampleFiles('intel-dcap', 'tdx-out-of-date')
  const inspection = await inspect(files)
  const before = await appraise(files, options)
  const rows: string[] = []
  const unnoticed: string[] = []
  for (const artifact of inspection.artifacts) {
    const isQuote = artifact.message === 'evidence'
    if (!isQuote && artifact.parent !== null && inspection.artifacts[artifact.parent]?.parent !== null) continue
    const spaces = inspection.spaces.filter((entry) => entry.file === artifact.file).map((entry) => entry.space)
    const leaves = leavesOf(artifact.tree).filter((leaf) => (leaf.ranges[0]?.end ?? 0) > (leaf.ranges[0]?.start ?? 0))
    const step = Math.max(1, Math.floor(leaves.length / (isQuote ? 24 : 2)))
    for (const leaf of leaves.filter((_, index) => index % step === 0)) {
      const range = leaf.ranges[0]
      const original = files[artifact.file]
      if (!range || !original) continue
      const offset = range.start + ((range.end - range.start) >> 1)
      const byte = spaces.find((one) => one.id === range.space)?.bytes[offset] ?? 0
      const changes = changesFor(spaces, range.space, offset, byte ^ 1)
      if (!changes) continue
      const edit: Edit = { file: 'x', space: range.space, offset, before: byte, after: byte ^ 1, changes }
      const after = await appraise(
        files.map((file, index): InputFile =>
          index === artifact.file ? { ...file, bytes: edited(file.bytes, [edit]) } : file,
        ),
        options,
      )
      const reach = reachOf(edit, artifact.file, inspection, before)
      const changed = pairsOf(before, after).filter((pair) => pair.change !== 'none')
      const place = `${artifact.name} ${leaf.path} 0x${offset.toString(16)}`
      rows.push(
        `${place} [${reach.by.join('+') || 'not covered'}]: ${changed.map((pair) => `${pair.id} ${pair.before?.outcome ?? '-'}→${pair.after?.outcome ?? '-'}`).join(', ') || 'no check'}`,
      )
      if (reach.covering.length > 0 && !changed.some((pair) => pair.change === 'outcome')) unnoticed.push(place)
    }
  }
  console.log(rows.join('\n'))
  expect(rows.length).toBeGreaterThan(30)
  expect(unnoticed).toEqual([])
}, 120_000)
