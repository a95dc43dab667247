import { describe, expect, it } from 'vitest'
import type { AppraisalView, Inspection } from '../../../src/engine/api.ts'
import { say } from '../../../src/core/saying.ts'
import { appraisal, checks } from '../../testing/sample-case.ts'
import type { Edit } from '../../case/edit.ts'
import { pairsOf, reachOf, targetsOf } from './compare.ts'

const artifact = { index: 0, file: 0 }
const inspection = {
  files: [],
  evidenceTime: null,
  artifacts: [artifact],
  spaces: [
    { file: 0, space: { id: '', via: 'file', map: 'exact', bytes: new Uint8Array(4936), pieces: [] } },
    {
      file: 0,
      space: {
        id: 'base64@1258',
        parent: '',
        via: 'base64',
        map: 'exact',
        bytes: new Uint8Array(900),
        pieces: [{ at: 0, length: 900, sourceStart: 1300, sourceEnd: 2500 }],
      },
    },
  ],
} as unknown as Inspection

const edit = (offset: number): Edit => ({
  file: 'f',
  space: '',
  offset,
  before: 0,
  after: 1,
  changes: [{ offset, to: 1 }],
})

describe('before and after', () => {
  const broken: AppraisalView = {
    ...appraisal,
    checks: checks.map((check) =>
      check.id === 'test.body-signed'
        ? { ...check, outcome: 'fail', because: say('test.body-signed.fails') }
        : check.id === 'test.level'
          ? { ...check, found: 'Revoked' }
          : check,
    ),
  }
  it('puts what changed first, and says in what', () => {
    const pairs = pairsOf(appraisal, broken)
    expect(pairs.slice(0, 3).map((pair) => [pair.id, pair.change])).toEqual([
      ['test.body-signed', 'outcome'],
      ['test.level', 'value'],
      ['test.well-formed', 'none'],
    ])
    expect(pairs).toHaveLength(checks.length)
  })
  it('shows checks that are gone or new', () => {
    expect(
      pairsOf(appraisal, { ...appraisal, checks: [] }).every(
        (pair) => pair.change === 'outcome' && pair.after === undefined,
      ),
    ).toBe(true)
    expect(
      pairsOf({ ...appraisal, checks: [] }, appraisal).every(
        (pair) => pair.change === 'outcome' && pair.before === undefined,
      ),
    ).toBe(true)
  })
  it('finds nothing changed in the same', () => {
    expect(pairsOf(appraisal, appraisal).every((pair) => pair.change === 'none')).toBe(true)
  })
})

describe('who looks at a byte', () => {
  const ids = (offset: number) => {
    const reach = reachOf(edit(offset), 0, inspection, appraisal)
    return {
      covering: reach.covering.map((check) => check.id),
      by: reach.by,
      reading: reach.reading.map((check) => check.id),
    }
  }
  it('names the checks that protect it, and those that only read it', () => {
    expect(ids(50)).toEqual({
      covering: ['test.body-signed'],
      by: ['attestation-key'],
      reading: ['test.well-formed', 'test.level'],
    })
    expect(ids(720)).toEqual({ covering: ['test.key-bound'], by: ['hash'], reading: ['test.well-formed'] })
  })
  it('names nobody for a byte that nothing covers', () => {
    expect(ids(633)).toMatchObject({ covering: [], by: [] })
  })
  it('follows a byte of the file into what was derived from it', () => {
    const derived: AppraisalView = {
      ...appraisal,
      checks: [
        {
          ...(checks[0] as (typeof checks)[number]),
          cites: [],
          covers: [{ artifact: 0, range: { space: 'base64@1258', start: 100, end: 110 }, by: 'endorsement' }],
        },
      ],
    }
    expect(reachOf(edit(1300 + Math.ceil((105 * 4) / 3)), 0, inspection, derived).covering).toHaveLength(1)
    expect(reachOf(edit(2400), 0, inspection, derived).covering).toHaveLength(0)
  })
})

it('offers one byte of each kind of protection', () => {
  expect(targetsOf(appraisal, inspection, 0).map((target) => [target.by, target.offset])).toEqual([
    ['attestation-key', 316],
    ['hash', 732],
    ['endorsement', 2479],
    ['signature', 668],
  ])
})
