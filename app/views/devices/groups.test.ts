import { expect, it } from 'vitest'
import type { CheckResult, Subject } from '../../../src/core/verdict.ts'
import { checks as some, subject } from '../../testing/sample-case.ts'
import { groupsOf, standingOf, tiesOf, topologyOf } from './groups.ts'

const device = (index: number, arch: string): Subject => ({
  ...subject,
  index,
  artifact: 10 + index,
  format: 'nvidia.spdm-report',
  versions: { arch },
})
const [gpuA, gpuB, switchA] = [device(0, 'HOPPER'), device(1, 'HOPPER'), device(2, 'LS10')] as const
const ALL = [gpuA, gpuB, switchA]

function tie(from: number, to: readonly number[], bindsBy: CheckResult['bindsBy'], id = 'x'): CheckResult {
  const [base] = some
  if (!base) throw new Error('no check')
  return {
    ...base,
    id,
    subject: from,
    outcome: 'pass',
    binds: to.map((index) => 10 + index),
    ...(bindsBy ? { bindsBy } : {}),
  }
}

it('groups devices by make', () => {
  expect(groupsOf(ALL).map(({ make, subjects }) => [make, subjects.length])).toEqual([
    ['HOPPER', 2],
    ['LS10', 1],
  ])
  const odd: Subject = { ...gpuB, headline: 'S1' }
  expect(groupsOf([gpuA, odd])[0]?.headline).toBeUndefined()
})
it('says equal ties once, and what they make of the case', () => {
  const firm = [tie(0, [2], 'evidence'), tie(1, [2], 'evidence'), tie(2, [0, 1], 'evidence')]
  expect(tiesOf(ALL, firm).map(({ strength, subjects }) => [strength, subjects])).toEqual([['evidence', [0, 1, 2]]])
  expect(standingOf(ALL, tiesOf(ALL, firm))).toBe('bound')
  const loose = [tie(0, [1, 2], 'nonce')]
  expect(standingOf(ALL, tiesOf(ALL, loose))).toBe('nonce-only')
  expect(standingOf(ALL, [])).toBe('unbound')
  expect(tiesOf(ALL, [{ ...tie(0, [1], 'nonce'), outcome: 'fail' }])).toEqual([])
})
it('draws who names whom only where both do', () => {
  const both = [tie(0, [2], 'evidence'), tie(1, [2], 'evidence'), tie(2, [0, 1], 'evidence')]
  const topology = topologyOf(ALL, both)
  expect(topology?.rows.map(({ index }) => index)).toEqual([0, 1])
  expect(topology?.columns.map(({ index }) => index)).toEqual([2])
  expect(topologyOf(ALL, both.slice(0, 2))).toBeUndefined()
})
