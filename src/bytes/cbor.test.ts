import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { ARRAY_WINDOW, type FieldNode } from '../core/field.ts'
import { sliceOf } from '../core/place.ts'
import { CBOR_DEPTH, CBOR_ITEMS, readCbor, type CborItem } from './cbor.ts'
import { cborTree } from './cbor-node.ts'
import { cborArray, cborBytes, cborHead, cborInt, cborMap, cborTag } from './cbor-writer.ts'
import { joinBytes } from './der-writer.ts'
import { fromHex, tilingFaults } from './layout.ts'

const read = (hex: string) => readCbor(sliceOf('', fromHex(hex) ?? new Uint8Array()))
const reasons = (hex: string) => read(hex).problems.map((problem) => problem.because.text)

function only<K extends CborItem['kind']>(item: CborItem | undefined, kind: K): CborItem & { kind: K } {
  if (item?.kind !== kind) throw new Error(`${item?.kind} is no ${kind}`)
  return item as CborItem & { kind: K }
}

describe('what RFC 8949 appendix A lists', () => {
  it.each([
    ['00', 0n],
    ['17', 23n],
    ['1818', 24n],
    ['1903e8', 1000n],
    ['1bffffffffffffffff', 18446744073709551615n],
    ['20', -1n],
    ['3bffffffffffffffff', -18446744073709551616n],
    ['3903e7', -1000n],
  ])('integer %s', (hex, value) => {
    expect(read(hex).item).toMatchObject({ kind: 'int', value })
    expect(reasons(hex)).toEqual([])
  })
  it.each([
    ['f90000', 0],
    ['f98000', -0],
    ['f93c00', 1],
    ['fb3ff199999999999a', 1.1],
    ['f97bff', 65504],
    ['fa47c35000', 100000],
    ['f90001', 5.960464477539063e-8],
    ['f90400', 0.00006103515625],
    ['f9c400', -4],
    ['f97c00', Infinity],
    ['f97e00', NaN],
    ['f9fc00', -Infinity],
    ['fa7fc00000', NaN],
    ['fbc010666666666666', -4.1],
  ])('float %s', (hex, value) => {
    expect(Object.is(only(read(hex).item, 'float').value, value)).toBe(true)
  })
  it.each([
    ['f4', 20],
    ['f5', 21],
    ['f6', 22],
    ['f7', 23],
    ['f0', 16],
    ['f8ff', 255],
  ])('simple %s', (hex, value) => {
    expect(read(hex).item).toMatchObject({ kind: 'simple', value })
  })
  it('keeps head, body and item of everything, keys included', () => {
    const map = only(read('a26161 190100 430a0b0c 8102'.replaceAll(' ', '')).item, 'map')
    expect(map).toMatchObject({ range: { start: 0, end: 12 }, head: { start: 0, end: 1 }, body: { start: 1, end: 12 } })
    expect(
      map.entries.map(({ key, value }) => [
        key.range.start,
        key.head.end,
        key.body.end,
        value.range.start,
        value.head.end,
        value.body.end,
      ]),
    ).toEqual([
      [1, 2, 3, 3, 6, 6],
      [6, 7, 10, 10, 11, 12],
    ])
  })
  it('puts the chunks of a string together in a space of their own, which maps back', () => {
    const reading = read('5f42010243030405ff')
    const string = only(reading.item, 'bytes')
    expect([...string.content.bytes]).toEqual([1, 2, 3, 4, 5])
    expect(reading.spaces).toMatchObject([
      {
        id: 'concat@0',
        parent: '',
        via: 'concat',
        pieces: [
          { at: 0, length: 2, sourceStart: 2, sourceEnd: 4 },
          { at: 2, length: 3, sourceStart: 5, sourceEnd: 8 },
        ],
      },
    ])
    expect(only(read('7f657374726561646d696e67ff').item, 'text').text).toBe('streaming')
  })
  it('reads indefinite arrays and maps', () => {
    expect(only(read('9f018202039f0405ffff').item, 'array').items).toHaveLength(3)
    const map = only(read('bf61610161629f0203ffff').item, 'map')
    expect(map).toMatchObject({ isIndefinite: true, isWhole: true, range: { end: 11 } })
    expect(map.entries).toHaveLength(2)
  })
})

describe('what is unusual or wrong', () => {
  it.each([
    ['non-minimal integer', '1817', 'cbor.non-minimal'],
    ['non-minimal length', '580101', 'cbor.non-minimal'],
    ['non-minimal tag', 'd80100', 'cbor.non-minimal'],
    ['non-minimal count', '980101', 'cbor.non-minimal'],
    ['duplicate key', 'a201000102', 'cbor.duplicate-key'],
    ['duplicate key in a longer form', 'a2010018010a', 'cbor.duplicate-key'],
    ['duplicate text key in chunks', 'a26161007f6161ff01', 'cbor.duplicate-key'],
    ['duplicate map key whose members stand in another order', 'a2a20102030400a20304010205', 'cbor.duplicate-key'],
    ['two NaN keys', 'a2f97e0000fa7fc0000001', 'cbor.duplicate-key'],
    ['bad UTF-8', '61ff', 'cbor.utf8'],
    ['reserved head', '1c', 'cbor.reserved-head'],
    ['indefinite integer', '1f', 'cbor.reserved-head'],
    ['indefinite tag', 'df00', 'cbor.reserved-head'],
    ['end mark alone', 'ff', 'cbor.break'],
    ['end mark in a definite array', '81ff', 'cbor.break'],
    ['end mark after a key', 'bf01ff', 'cbor.odd-map'],
    ['text in chunks of bytes', '5f6161ff', 'cbor.chunk'],
    ['chunk in chunks', '5f5f4101ffff', 'cbor.chunk'],
    ['simple value in a forbidden form', 'f818', 'cbor.simple'],
    ['cut in a head', '19', 'cbor.ends'],
    ['cut in an array', '8201', 'cbor.ends'],
    ['cut in a map', 'a101', 'cbor.ends'],
    ['cut after a tag', 'c0', 'cbor.ends'],
    ['cut in a string', '4301', 'cbor.length'],
    ['cut in an indefinite array', '9f01', 'cbor.ends'],
    ['a count of 4 294 967 295', '9affffffff', 'cbor.ends'],
    ['a length of 2^64 - 1', '5bffffffffffffffff00', 'cbor.length'],
    ['nothing at all', '', 'cbor.ends'],
  ])('%s', (_name, hex, reason) => {
    expect(reasons(hex)).toContain(reason)
  })
  it('takes 1, "1", 1.0, h\'31\' and [1] for five keys', () => {
    expect(reasons('a5010061310 0f93c000041310081 0100'.replaceAll(' ', ''))).toEqual([])
  })
  it('shows a duplicate at both places', () => {
    const { problems } = read('a3010002000103')
    expect(problems.map((problem) => problem.range)).toEqual([
      { space: '', start: 1, end: 2 },
      { space: '', start: 5, end: 6 },
    ])
    expect(
      problems.every(
        (problem) => problem.because.params['first'] === '0x1' && problem.because.params['second'] === '0x5',
      ),
    ).toBe(true)
  })
  it('keeps keys that would poison an object as plain entries', () => {
    const hex = Buffer.from(
      joinBytes([
        cborHead(5, 2),
        cborHead(3, 9),
        Buffer.from('__proto__'),
        Uint8Array.of(1),
        cborHead(3, 11),
        Buffer.from('constructor'),
        Uint8Array.of(2),
      ]),
    ).toString('hex')
    expect(only(read(hex).item, 'map').entries.map(({ key }) => only(key, 'text').text)).toEqual([
      '__proto__',
      'constructor',
    ])
    expect(reasons(hex)).toEqual([])
  })
  it('answers at once at any depth, and says how deep it went', () => {
    for (const byte of [0x81, 0xa1, 0xc6, 0x9f, 0xbf]) {
      for (const levels of [5_000, 1_000_000]) {
        const started = performance.now()
        const tree = cborTree(sliceOf('', new Uint8Array(levels).fill(byte)), '', 'item')
        expect(performance.now() - started).toBeLessThan(1_000)
        expect(tree.problems[0]).toMatchObject({
          because: { text: byte === 0xa1 || byte === 0xbf ? expect.stringMatching(/^cbor\./) : 'cbor.depth' },
        })
        expect(tree.isWhole).toBe(false)
      }
    }
    expect(read('81'.repeat(CBOR_DEPTH) + '01').isWhole).toBe(true)
    expect(reasons('81'.repeat(CBOR_DEPTH + 1) + '01')).toEqual(['cbor.depth'])
  })
  it('stops at the number of items it may read, and tiles all the same', () => {
    const many = joinBytes([cborHead(4, 1_000_000), new Uint8Array(1_000_000)])
    const tree = cborTree(sliceOf('', many), '', 'item')
    expect(tree.problems.map((problem) => problem.because)).toMatchObject([
      { text: 'cbor.budget', params: { limit: CBOR_ITEMS } },
    ])
    expect(tilingFaults(tree.node, sliceOf('', many))).toEqual({ holes: [], overlaps: [] })
  })
})

function everyPath(node: FieldNode): string[] {
  return [node.path, ...node.children.flatMap(everyPath)]
}

describe('nodes', () => {
  const tile = (bytes: Uint8Array) => {
    const slice = sliceOf('', bytes)
    const tree = cborTree(slice, '', 'item')
    expect(tilingFaults(tree.node, slice)).toEqual({ holes: [], overlaps: [] })
    const paths = everyPath(tree.node)
    expect(new Set(paths).size).toBe(paths.length)
    for (const space of tree.spaces) expect(space.bytes).toBeInstanceOf(Uint8Array)
  }
  it('tile any bytes, and reading never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), tile), { numRuns: 3_000 })
    // Bytes that are likely heads, so that the reader gets further in.
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            0x00,
            0x18,
            0x20,
            0x40,
            0x41,
            0x43,
            0x5f,
            0x60,
            0x61,
            0x7f,
            0x80,
            0x82,
            0x9f,
            0xa0,
            0xa1,
            0xa2,
            0xbf,
            0xc1,
            0xd8,
            0xf6,
            0xf9,
            0xff,
            0x58,
            0x9a,
          ),
          { maxLength: 120 },
        ),
        (bytes) => tile(Uint8Array.from(bytes)),
      ),
      { numRuns: 3_000 },
    )
  })
  it('say the number that a bignum is, and never open its bytes', () => {
    const symbolOf = (hex: string) =>
      cborTree(sliceOf('', fromHex(hex) ?? new Uint8Array()), '', 'item').node.children.find(
        (child) => child.path === '' || child.path.startsWith(':value'),
      )?.symbol
    expect([symbolOf('c249010000000000000000'), symbolOf('c349010000000000000000'), symbolOf('c240')]).toEqual([
      '18446744073709551616',
      '-18446744073709551617',
      '0',
    ])
    expect(symbolOf('c2420181')).toBe('385')
    expect(symbolOf(`c259ffff${'01'.repeat(65_535)}`)).toBeUndefined()
  })
  it('open CBOR inside byte strings in a space of its own', () => {
    const tree = cborTree(sliceOf('', fromHex('8143a10102') ?? new Uint8Array()), '', 'item')
    expect(tree.spaces).toMatchObject([{ id: 'slice@2', parent: '', via: 'slice', map: 'exact' }])
    const opened = tree.node.children[2]
    expect(opened).toMatchObject({ kind: 'embedded', ranges: [{ space: '', start: 2, end: 5 }] })
    expect(opened?.children.map((child) => [child.path, child.ranges])).toEqual([
      ['[0]:inner1', [{ space: 'slice@2', start: 0, end: 1 }]],
      ['[0].1:key', [{ space: 'slice@2', start: 1, end: 2 }]],
      ['[0].1', [{ space: 'slice@2', start: 2, end: 3 }]],
    ])
  })
})

describe('long arrays and maps', () => {
  const item = (i: number) => cborMap([1, cborInt(i)], ['b', cborBytes(Uint8Array.of(0x82, 1, 2))])
  const list = (count: number) => cborArray(...Array.from({ length: count }, (_, i) => item(i)))
  const all = (node: FieldNode): FieldNode[] => [node, ...node.children.flatMap(all)]
  const closedIn = (node: FieldNode) => all(node).filter((one) => one.count !== undefined)
  /** Opens everything, window by window, and checks that each window tiles its bytes. */
  function openAll(tree: ReturnType<typeof cborTree>, closed: FieldNode): FieldNode[] {
    const out: FieldNode[] = []
    for (let from = 0; from < (closed.count ?? 0); from += 150) out.push(...tree.expand(closed.path, from, from + 150))
    return out
  }
  it('are shown whole up to the window, and stay closed beyond it', () => {
    expect(closedIn(cborTree(sliceOf('', list(ARRAY_WINDOW)), '', 'item').node)).toEqual([])
    const bytes = list(ARRAY_WINDOW + 1)
    const slice = sliceOf('', bytes)
    const tree = cborTree(slice, '', 'item')
    expect(tilingFaults(tree.node, slice)).toEqual({ holes: [], overlaps: [] })
    const [closed] = closedIn(tree.node)
    expect(closed).toMatchObject({ kind: 'array', count: ARRAY_WINDOW + 1, children: [] })
    const opened = closed ? openAll(tree, closed) : []
    expect(opened).toHaveLength(ARRAY_WINDOW + 1)
    expect(new Set(opened.flatMap(all).map((node) => node.path)).size).toBe(opened.flatMap(all).length)
    let at = opened[0]?.ranges[0]?.start ?? -1
    expect(at).toBe(2)
    for (const node of opened) {
      const [range] = node.ranges
      expect(range?.start).toBe(at)
      at = range?.end ?? -1
      expect(tilingFaults(node, { ...slice, start: range?.start ?? 0, end: at })).toEqual({ holes: [], overlaps: [] })
    }
    expect(at).toBe(bytes.length)
    expect(tree.expand('nowhere', 0, 10)).toEqual([])
  })
  it('open wherever they stand: before other bytes, in a map, in a byte string, in one another', () => {
    const long = list(ARRAY_WINDOW + 50)
    const many = cborMap(
      ...Array.from(
        { length: ARRAY_WINDOW + 2 },
        (_, i) => [i % 2 === 0 ? `k${i}` : i, i === 3 ? long : cborInt(i)] as const,
      ),
    )
    for (const [bytes, counts] of [
      [joinBytes([long, Uint8Array.of(0, 0)]), [250]],
      [cborMap(['a', cborTag(5, long)]), [250]],
      [cborMap(['a', cborBytes(long)]), [250]],
      [many, [202, 250]],
    ] as const) {
      const slice = sliceOf('', bytes)
      const tree = cborTree(slice, '', 'item')
      expect(tilingFaults(tree.node, slice)).toEqual({ holes: [], overlaps: [] })
      const found: number[] = []
      for (let next = closedIn(tree.node); next.length > 0;) {
        found.push(...next.map((node) => node.count ?? 0))
        next = next.flatMap((node) => {
          const opened = openAll(tree, node)
          expect(opened).toHaveLength(node.count ?? -1)
          return opened.flatMap(closedIn)
        })
      }
      expect(found).toEqual(counts)
    }
  })
  it('lose no finding: what is wrong inside is said at the closed node', () => {
    const bytes = joinBytes([
      cborHead(4, 300),
      ...Array.from({ length: 299 }, () => cborInt(1)),
      fromHex('a2010018010a') ?? new Uint8Array(),
    ])
    const tree = cborTree(sliceOf('', bytes), '', 'item')
    const told = (node: FieldNode) => all(node).flatMap((one) => one.problems.map((problem) => problem.because.text))
    expect(told(tree.node)).toEqual(tree.problems.map((problem) => problem.because.text))
    expect(told(tree.node)).toContain('cbor.duplicate-key')
  })
  it('are not closed when they are cut: where reading stopped is shown', () => {
    const tree = cborTree(sliceOf('', list(300).subarray(0, -1)), '', 'item')
    expect(closedIn(tree.node)).toEqual([])
    expect(all(tree.node).some((node) => node.problems.length > 0)).toBe(true)
  })
})
