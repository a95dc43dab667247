import { describe, expect, it } from 'vitest'
import { enclaveLadder, moduleLadder, platformLadder } from '../../testing/sample-case.ts'
import {
  advisoriesOf,
  familiesOf,
  fitOf,
  groupsOf,
  isSmall,
  markOfLadder,
  markOfStatus,
  standing,
  updatesOf,
} from './ladder.ts'

describe('a ladder', () => {
  it('prints runs of zeros together and groups by id', () => {
    expect(groupsOf(platformLadder).map((group) => [group.id, group.columns.map((column) => column.label)])).toEqual([
      ['sgx', ['1', '2', '3', '4', '5', '6', '7', '8', '9–16'].map((label) => label)],
      ['', ['PCESVN']],
      ['tdx', ['1', '2', '3', '4–16']],
    ])
    const all = groupsOf(platformLadder).flatMap((group) =>
      group.columns.flatMap((column) => Array.from({ length: column.to - column.from + 1 }, (_, i) => column.from + i)),
    )
    expect(all).toEqual(platformLadder.columns.map((_, index) => index))
  })
  it('takes the heading out of the labels', () => {
    const named = {
      ...platformLadder,
      columns: platformLadder.columns.map((column, index) =>
        index < 16 ? { ...column, id: `sgx${String(index + 1).padStart(2, '0')}`, label: `SGX ${index + 1}` } : column,
      ),
    }
    expect(groupsOf(named)[0]).toMatchObject({
      id: 'sgx',
      columns: [
        { label: '1' },
        { label: '2' },
        { label: '3' },
        { label: '4' },
        { label: '5' },
        { label: '6' },
        { label: '7' },
        { label: '8' },
        { label: '9–16' },
      ],
    })
  })
  it('takes a number that a level does not name as not met', () => {
    expect(
      fitOf(
        {
          ...platformLadder,
          rows: platformLadder.rows.map((row) => ({ ...row, shortAt: null, needs: row.needs.map(() => -1) })),
        },
        0,
        0,
      ),
    ).toBe('short')
  })
  it('never hides a number that is not zero', () => {
    const odd = {
      ...platformLadder,
      rows: platformLadder.rows.map((row, index) =>
        index === 3 ? { ...row, needs: row.needs.map((need, at) => (at === 12 ? 1 : need)) } : row,
      ),
    }
    const sgx = groupsOf(odd)[0]
    expect(sgx?.columns.find((column) => column.from <= 12 && column.to >= 12)?.isZeroRun).toBe(false)
  })
  it('marks the first shortfall, the others, and what is not compared', () => {
    expect([0, 1, 2, 17, 19].map((at) => fitOf(platformLadder, 0, at))).toEqual([
      'first-short',
      'short',
      'met',
      'not-compared',
      'short',
    ])
    expect(
      platformLadder.columns.map((_, at) => fitOf(platformLadder, 1, at)).filter((fit) => fit.includes('short')),
    ).toEqual([])
  })
  it('knows above, here and below; without a match all is above', () => {
    expect([0, 1, 2].map((row) => standing(platformLadder, row))).toEqual(['above', 'here', 'below'])
    expect([0, 1].map((row) => standing({ ...platformLadder, match: null }, row))).toEqual(['above', 'above'])
  })
  it('says what to update, compared components only', () => {
    expect(updatesOf(platformLadder)).toEqual([
      { column: 0, from: 3, to: 4 },
      { column: 1, from: 3, to: 4 },
      { column: 19, from: 3, to: 4 },
    ])
    expect(updatesOf(moduleLadder)).toEqual([{ column: 0, from: 6, to: 11 }])
    expect(updatesOf(enclaveLadder)).toEqual([])
    expect(
      updatesOf({ ...moduleLadder, rows: moduleLadder.rows.map((row) => ({ ...row, status: 'UpToDate' })) }),
    ).toEqual([])
  })
  it('is marked by the level that applies, and fails where none does', () => {
    expect(
      [platformLadder, { ...platformLadder, match: 0 }, { ...platformLadder, match: null }].map(markOfLadder),
    ).toEqual(['warns', 'holds', 'fails'])
  })
  it('names the bulletins of the level that applies, and none where none does', () => {
    expect(advisoriesOf(platformLadder)).toEqual(platformLadder.rows[1]?.advisories)
    expect(advisoriesOf({ ...platformLadder, match: null })).toEqual([])
  })
  it('never marks an unknown status as good', () => {
    expect(
      [
        'UpToDate',
        'SWHardeningNeeded',
        'OutOfDateConfigurationNeeded',
        'TDRelaunchAdvised',
        'Revoked',
        'Splendid',
        undefined,
      ].map(markOfStatus),
    ).toEqual(['holds', 'warns', 'warns', 'warns', 'fails', 'not-checked', 'fails'])
  })
  it('puts a second source beside the one that decided', () => {
    const source = platformLadder.source
    if (!source) throw new Error('no source')
    const newer = {
      ...platformLadder,
      id: 'newer',
      evaluationNumber: 21,
      source: { ...source, use: 'superseded' as const },
    }
    expect(
      familiesOf([newer, platformLadder, moduleLadder]).map((family) => family.map((ladder) => ladder.id)),
    ).toEqual([['platform', 'newer'], ['tdx-module']])
    expect([platformLadder, moduleLadder].map(isSmall)).toEqual([false, true])
  })
})
