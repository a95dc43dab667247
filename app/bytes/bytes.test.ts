import { describe, expect, it } from 'vitest'
import type { FieldNode } from '../../src/core/field.ts'
import type { Space } from '../../src/core/place.ts'
import type { CheckResult, Coverage } from '../../src/core/verdict.ts'
import { coverageOf, coveredBytes, protectionAt, protectionOf, sourcesOf } from './coverage.ts'
import { indexTree, openAtFirst, rowsOf, shadesOf, zerosAround } from './tree.ts'
import { base64Of, cArray, shortValue } from './value.ts'

const leaf = (path: string, label: string, start: number, end: number, space = ''): FieldNode => ({
  path,
  label,
  kind: 'leaf',
  ranges: [{ space, start, end }],
  value: { kind: 'bytes', length: end - start },
  children: [],
  problems: [],
})
const struct = (path: string, start: number, end: number, children: FieldNode[]): FieldNode => ({
  path,
  label: path,
  kind: 'struct',
  ranges: [{ space: '', start, end }],
  value: { kind: 'none' },
  children,
  problems: [],
})
const embedded: FieldNode = {
  ...leaf('q.chain', 'chain', 20, 40),
  kind: 'embedded',
  children: [leaf('q.chain.a', 'a', 0, 10, 'base64@20'), leaf('q.chain.b', 'b', 10, 15, 'base64@20')],
}
const tree = struct('q', 0, 40, [
  struct('q.header', 0, 8, [leaf('q.header.version', 'version', 0, 2), leaf('q.header.type', 'type', 2, 8)]),
  leaf('q.size', 'size', 8, 12),
  leaf('q.body', 'body', 12, 20),
  embedded,
])
const none = new Map<string, FieldNode[]>()

describe('the tree', () => {
  it('shows what is open, in order, with its places', () => {
    const rows = rowsOf(tree, new Set(['q.header']), none)
    expect(rows.map((row) => `${row.level} ${row.node.path} ${row.position}/${row.setSize}`)).toEqual([
      '1 q.header 1/4',
      '2 q.header.version 1/2',
      '2 q.header.type 2/2',
      '1 q.size 2/4',
      '1 q.body 3/4',
      '1 q.chain 4/4',
    ])
    expect(rows[2]?.parent).toBe(0)
  })
  it('offers the rest of a long array', () => {
    const list: FieldNode = { ...struct('l', 0, 100, [leaf('l[0]', '[0]', 0, 1)]), kind: 'array', count: 100 }
    expect(rowsOf(struct('t', 0, 100, [list]), new Set(['l']), none).at(-1)?.more).toEqual({
      from: 1,
      to: 100,
      count: 100,
    })
  })
  it('folds neighbours without a name that are zero, and opens them', () => {
    const number = (at: number, value: string, label = `[${at}]`): FieldNode => ({
      ...leaf(`n[${at}]`, label, at, at + 1),
      value: { kind: 'uint', value, width: 8 },
    })
    const svn = struct('n', 0, 8, [
      number(0, '6', '[0] TDX Module'),
      number(1, '0', '[1] TDX Module'),
      ...[2, 3, 4, 5].map((at) => number(at, '0')),
      number(6, '1'),
      number(7, '0'),
    ])
    const names = (open: readonly string[]) =>
      rowsOf(svn, new Set(open), none).map((row) =>
        row.zeros ? `${row.node.label}…${row.zeros.last.label}` : row.node.label,
      )
    expect(names([])).toEqual(['[0] TDX Module', '[1] TDX Module', '[2]…[5]', '[6]', '[7]'])
    const key = zerosAround(svn.children[4] ?? svn, svn, none)
    expect(key).toBeDefined()
    expect(names([key ?? ''])).toHaveLength(8)
    expect(zerosAround(svn.children[7] ?? svn, svn, none)).toBeUndefined()
  })
  it('opens no more than can be read', () => {
    const wide = struct(
      'w',
      0,
      1000,
      Array.from({ length: 3 }, (_, at) =>
        struct(
          `w.${at}`,
          at,
          at + 1,
          Array.from({ length: 60 }, (__, n) => leaf(`w.${at}.${n}`, 'x', n, n + 1)),
        ),
      ),
    )
    expect(openAtFirst(wide).size).toBe(1)
  })
  it('finds the smallest field of a byte, in every space', () => {
    const index = indexTree(tree, none)
    expect(index.at('', 3)?.path).toBe('q.header.type')
    expect(index.at('', 25)?.path).toBe('q.chain')
    expect(index.at('base64@20', 12)?.path).toBe('q.chain.b')
    expect(index.at('', 40)).toBeUndefined()
    expect(index.at('nowhere', 0)).toBeUndefined()
  })
  it('shades the field, its length before it, and what encloses it', () => {
    const index = indexTree(tree, none)
    const body = index.node('q.body')
    expect(body && shadesOf(body, index)).toEqual({
      around: tree.ranges[0],
      head: { space: '', start: 8, end: 12 },
      value: { space: '', start: 12, end: 20 },
    })
    const inner = index.node('q.chain.a')
    expect(inner && shadesOf(inner, index).around).toBeUndefined()
  })
})

const check = (outcome: CheckResult['outcome'], covers: readonly Coverage[]): CheckResult => ({
  id: 'x',
  layer: 2,
  answer: 'genuine',
  weight: 'decides',
  outcome,
  because: { text: 'x', params: {} },
  cites: [],
  covers,
  spec: { title: '', section: '' },
  subject: 0,
})
const cover = (start: number, end: number, by: Coverage['by'], space = ''): Coverage => ({
  artifact: 0,
  range: { space, start, end },
  by,
})
const base64: Space = {
  id: 'base64@20',
  parent: '',
  via: 'base64',
  map: 'exact',
  bytes: new Uint8Array(15),
  pieces: [{ at: 0, length: 15, sourceStart: 20, sourceEnd: 40 }],
}

describe('what protects bytes', () => {
  const file = () => 0
  it('is only what passed', () => {
    expect(
      coverageOf(
        [check('fail', [cover(0, 8, 'attestation-key')]), check('not-checked', [cover(0, 8, 'hash')])],
        file,
        0,
        [],
      ).size,
    ).toBe(0)
  })
  it('names the strongest where several apply', () => {
    const segments =
      coverageOf([check('pass', [cover(0, 10, 'hash'), cover(4, 6, 'attestation-key')])], file, 0, []).get('') ?? []
    expect(segments).toEqual([
      { start: 0, end: 4, by: 'hash' },
      { start: 4, end: 6, by: 'attestation-key' },
      { start: 6, end: 10, by: 'hash' },
    ])
    expect([
      protectionAt(segments, 5),
      protectionAt(segments, 10),
      protectionOf(segments, 0, 10),
      protectionOf(segments, 6, 10),
      protectionOf(segments, 8, 12),
    ]).toEqual(['attestation-key', 'none', 'mixed', 'hash', 'mixed'])
    expect(coveredBytes(segments)).toBe(10)
  })
  it('reaches back to the bytes that it was derived from', () => {
    const coverage = coverageOf([check('pass', [cover(0, 15, 'endorsement', 'base64@20')])], file, 0, [base64])
    expect(coverage.get('')).toEqual([{ start: 20, end: 40, by: 'endorsement' }])
    expect(sourcesOf('base64@20', 0, 3, [base64])).toEqual([{ space: '', start: 20, end: 24 }])
  })
  it('reaches into what was derived from covered bytes, nested too, and no further than they go', () => {
    const slice: Space = {
      id: 'slice@25',
      parent: 'base64@20',
      via: 'slice',
      map: 'exact',
      bytes: new Uint8Array(6),
      pieces: [{ at: 0, length: 6, sourceStart: 5, sourceEnd: 11 }],
    }
    const zip: Space = {
      id: 'zip@20',
      parent: '',
      via: 'zip',
      map: 'opaque',
      bytes: new Uint8Array(90),
      pieces: [{ at: 0, length: 90, sourceStart: 20, sourceEnd: 40 }],
    }
    const whole = coverageOf([check('pass', [cover(20, 40, 'hash')])], file, 0, [slice, base64, zip])
    expect([whole.get('base64@20'), whole.get('slice@25'), whole.get('zip@20')]).toEqual([
      [{ start: 0, end: 15, by: 'hash' }],
      [{ start: 0, end: 6, by: 'hash' }],
      [{ start: 0, end: 90, by: 'hash' }],
    ])
    const half = coverageOf([check('pass', [cover(20, 31, 'hash')])], file, 0, [zip, slice, base64])
    expect([half.get('base64@20'), half.get('slice@25'), half.get('zip@20')]).toEqual([
      [{ start: 0, end: 8, by: 'hash' }],
      [{ start: 0, end: 3, by: 'hash' }],
      undefined,
    ])
  })
  it('says nothing about other files', () => {
    expect(coverageOf([check('pass', [cover(0, 8, 'hash')])], () => 1, 0, []).size).toBe(0)
  })
})

describe('values', () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, at) => at)
  const read = (range: { start: number; end: number }) => bytes.subarray(range.start, range.end)
  it('are short but honest', () => {
    expect(shortValue(leaf('a', 'a', 0, 48), read)).toBe('0001020304…2d2e2f')
    expect(shortValue(leaf('a', 'a', 1, 4), read)).toBe('010203')
    expect(shortValue({ ...leaf('n', 'n', 0, 4), value: { kind: 'uint', value: '4294967295', width: 4 } }, read)).toBe(
      '0xffffffff',
    )
    expect(shortValue({ ...leaf('n', 'n', 0, 4), value: { kind: 'uint', value: '4300', width: 4 } }, read)).toBe('4300')
  })
  it('can be taken along', () => {
    expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'))
    expect(cArray(bytes.subarray(0, 2), '2 MR-TD')).toBe(
      'static const unsigned char _2_MR_TD[2] = {\n  0x00, 0x01,\n};\n',
    )
  })
})
