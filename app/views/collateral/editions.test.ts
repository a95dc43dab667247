import { describe, expect, it } from 'vitest'
import type { FieldNode } from '../../../src/core/field.ts'
import type { CollateralRow } from '../../../src/engine/api.ts'
import { sampleFiles } from '../../../src/engine/catalogue.ts'
import { inspect } from '../../../src/engine/inspect.ts'
import { readerOf, spacesOf } from '../../bytes/spaces.ts'
import { differences, editionsOf } from './editions.ts'

const row = (key: string, sha256: string, use: CollateralRow['use'], from: string): CollateralRow => ({
  artifact: 0,
  kind: 'tcb-info',
  key,
  sha256,
  use,
  from,
  to: null,
  origin: 'dropped',
  because: { text: 'collateral.used', params: {} },
})

/** The signed member alone, as a file that holds nothing else prints its paths. */
function inner(tree: FieldNode): FieldNode {
  const member = tree.children.find(({ path }) => path === 'tcbInfo')
  if (!member) throw new Error('no tcbInfo')
  const strip = (node: FieldNode): FieldNode => ({
    ...node,
    path: node.path.replace('tcbInfo.', ''),
    children: node.children.map(strip),
  })
  return strip(member)
}

describe('editions', () => {
  it('are authentic items of one kind and key with other bytes, the one in use first', () => {
    const groups = editionsOf([
      row('a', '1', 'superseded', '2026-01-01'),
      row('a', '2', 'used', '2025-01-01'),
      row('a', '2', 'used', '2025-01-01'),
      row('a', '3', 'rejected', '2026-02-01'),
      row('b', '4', 'used', '2025-01-01'),
      row('c', '5', 'used', '2025-01-01'),
      row('c', '6', 'not-for-this', '2025-01-01'),
    ])
    expect(groups.map(({ key, rows }) => [key, rows.map(({ sha256 }) => sha256)])).toEqual([['a', ['2', '1']]])
  })

  it('are told apart by the fields that differ, whether one stands in a wrapper or not', async () => {
    const inspection = await inspect(await sampleFiles('intel-dcap', 'tdx-up-to-date'))
    const tcbInfo = inspection.artifacts.find(({ format }) => format === 'intel.tcb-info')
    if (!tcbInfo) throw new Error('no TCB info')
    const read = readerOf(spacesOf(inspection, tcbInfo.file))
    const later = (node: FieldNode): FieldNode => ({
      ...node,
      value: node.label === 'tcbEvaluationDataNumber' ? { kind: 'text', text: '21' } : node.value,
      children: node.children.map(later),
    })
    const alone = inner(tcbInfo.tree)
    for (const [a, b] of [
      [tcbInfo.tree, later(tcbInfo.tree)],
      [tcbInfo.tree, later(alone)],
      [alone, later(tcbInfo.tree)],
    ] as const) {
      const fields = differences([
        { tree: a, read },
        { tree: b, read },
      ])
      expect(fields.map(({ path }) => path.replace('tcbInfo.', ''))).toEqual(['tcbEvaluationDataNumber'])
      expect(fields[0]?.values[1]).toBe('21')
    }
    expect(differences([tcbInfo.tree, alone].map((tree) => ({ tree, read })))).toEqual([])
  })
})
