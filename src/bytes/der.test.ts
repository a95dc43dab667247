import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { sliceOf } from '../core/place.ts'
import { derNode } from './der-node.ts'
import * as write from './der-writer.ts'
import {
  contentOf,
  DER_DEPTH,
  DER_ELEMENTS,
  dottedOid,
  integerOf,
  oidOf,
  readDer,
  readDerStrict,
  textOf,
  timeOf,
  type DerElement,
} from './der.ts'
import { fromHex, tilingFaults, toHex } from './layout.ts'

const read = (hex: string) => readDer(sliceOf('', fromHex(hex) ?? new Uint8Array()))
const reasons = (hex: string) => read(hex).problems.map((problem) => problem.because.text)
const only = (bytes: Uint8Array): DerElement => {
  const element = readDerStrict(sliceOf('', bytes))
  if (!element) throw new Error('not DER')
  return element
}

describe('strictness', () => {
  it.each([
    ['0500', []],
    ['0101ff', []],
    ['010100', []],
    ['020100', []],
    ['02020080', []],
    ['03010 0'.replace(' ', ''), []],
    ['0303040ff0', []],
    ['06032a0304', []],
    ['170d3235303630313030303030305a', []],
    ['180f32303235303630313030303030305a', []],
    ['30030101ff', []],
    ['0281010 1'.replace(' ', ''), ['der.length']],
    ['30820003020101', ['der.length']],
    ['028200 0101'.replace(' ', ''), ['der.length']],
    ['3080020101000 0'.replace(' ', ''), ['der.indefinite']],
    ['1f0500', ['der.tag']],
    ['1f801f00', ['der.tag']],
    ['010101', ['der.boolean']],
    ['0100', ['der.boolean']],
    ['0200', ['der.integer']],
    ['02020001', ['der.integer']],
    ['0202ffff', ['der.integer']],
    ['0300', ['der.bit-string']],
    ['030208ff', ['der.bit-string']],
    ['030204ff', ['der.bit-string']],
    ['030101', ['der.bit-string']],
    ['050100', ['der.null']],
    ['0600', ['der.oid']],
    ['06028001', ['der.oid']],
    ['06022a80', ['der.oid']],
    ['2403040100', ['der.form']],
    ['1003020101', ['der.form']],
    ['170d3235303633323030303030305a', ['der.time']],
    ['170b323530363031303030305a', ['der.time']],
    ['0000', ['der.tag']],
    ['3004020101', ['der.truncated']],
    ['30', ['der.truncated']],
    ['', ['der.truncated']],
    ['3084ffffffff', ['der.truncated']],
    ['3088ffffffffffffffff', ['der.truncated']],
  ])('%s → %j', (hex, expected) => {
    expect([...new Set(reasons(hex))]).toEqual(expected)
  })
  it('reads on past an open length, and includes its end mark', () => {
    const { element, end } = read('30800201050000ff')
    expect(element?.children?.map((child) => integerOf(child))).toEqual([5n])
    expect(end).toBe(7)
  })
  it('leaves what follows to the caller', () => {
    expect(read('020105ffff')).toMatchObject({ end: 3, problems: [] })
    expect(readDerStrict(sliceOf('', fromHex('020105ff') ?? new Uint8Array()))).toBeUndefined()
  })
  it('stops at its limits: depth, count', () => {
    let nested: Uint8Array = write.nothing()
    for (let i = 0; i < DER_DEPTH + 1; i++) nested = write.sequence(nested)
    expect(readDer(sliceOf('', nested)).problems.map((one) => one.because.text)).toEqual(['der.depth'])
    const many = write.tlv(
      0x30,
      new Uint8Array(2 * (DER_ELEMENTS + 10)).map((_, i) => (i % 2 === 0 ? 5 : 0)),
    )
    expect(readDer(sliceOf('', many)).problems.map((one) => one.because.text)).toEqual(['der.count'])
    const deep = new Uint8Array(200_000).fill(0x30).map((byte, i) => (i % 2 === 0 ? byte : 0x80))
    expect(readDer(sliceOf('', deep)).problems.map((one) => one.because.text)).toContain('der.depth')
  })
})

describe('values', () => {
  it('writes and reads integers alike', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 300n), max: 1n << 300n }), (value) => {
        expect(integerOf(only(write.integer(value)))).toBe(value)
      }),
    )
  })
  it('writes and reads object identifiers alike', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 0, max: 39 }),
        fc.array(fc.bigInt({ min: 0n, max: 1n << 128n }), { maxLength: 8 }),
        (top, second, rest) => {
          const dotted = [top, second, ...rest].join('.')
          expect(oidOf(only(write.oid(dotted)))).toBe(dotted)
        },
      ),
    )
    expect(oidOf(only(write.oid('2.999.3')))).toBe('2.999.3')
    expect(dottedOid(new Uint8Array(5000).fill(1))).toBeUndefined()
  })
  it('writes and reads times alike, leap days and the year 9999 included', () => {
    for (const iso of [
      '1950-01-01T00:00:00Z',
      '2024-02-29T23:59:59Z',
      '2049-12-31T23:59:59Z',
      '2050-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
    ])
      expect(timeOf(only(write.time(Date.parse(iso)))), iso).toBe(Date.parse(iso))
    expect(timeOf(read('170d3233303232393030303030305a').element)).toBeUndefined()
    expect(toHex(write.time(Date.parse('2050-01-01T00:00:00Z'))).startsWith('180f')).toBe(true)
  })
  it('reads every kind of text', () => {
    expect(textOf(only(write.utf8('中文 ñ')))).toBe('中文 ñ')
    expect(textOf(read('1e04004e2d3b').element)).toBe('N\u2d3b')
    expect(textOf(read('1404e4f6fc80').element)).toBe('äöü\u0080')
    expect(textOf(read('1c0400010348').element)).toBe('\u{10348}')
    expect(textOf(read('0c01ff').element)).toBe('\ufffd')
    expect(textOf(read('020101').element)).toBeUndefined()
  })
  it('sorts a SET OF', () =>
    expect(toHex(contentOf(only(write.set(write.utf8('b'), write.utf8('a')))))).toBe('0c01610c0162'))
})

describe('trees', () => {
  it('never throw and tile, whatever the bytes', () => {
    const slices = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .array(fc.constantFrom(0x30, 0x80, 0x02, 0x01, 0x04, 0x06, 0x31, 0xa0, 0x00, 0x81, 0x05), { maxLength: 80 })
        .map((list) => Uint8Array.from(list)),
    )
    fc.assert(
      fc.property(slices, fc.nat(5), (bytes, from) => {
        const slice = sliceOf('s', bytes, Math.min(from, bytes.length))
        expect(tilingFaults(derNode(slice, 'x', 'x'), slice)).toEqual({ holes: [], overlaps: [] })
      }),
      { numRuns: 2000 },
    )
  })
  it('put a problem on the field that it is about', () => {
    const inner = derNode(sliceOf('', fromHex('3006020200010500') ?? new Uint8Array()), 'x', 'x')
    expect(inner.children.find((child) => child.path === 'x[0]')?.problems.map((one) => one.because.text)).toEqual([
      'der.integer',
    ])
  })
  it('grow no faster than their bytes', () => {
    // Octet strings in octet strings: each opens into thousands of elements.
    const one = write.octetString(
      write.tlv(
        0x30,
        new Uint8Array(20_000).map((_, i) => (i % 2 === 0 ? 5 : 0)),
      ),
    )
    const bytes = write.sequence(...Array.from({ length: 60 }, () => one))
    let count = 0
    const stack = [derNode(sliceOf('', bytes), 'x', 'x')]
    for (let node = stack.pop(); node; node = stack.pop()) {
      count++
      stack.push(...node.children)
    }
    expect(count).toBeLessThan(150_000)
  })
})

it('an identifier without end is not written out: the digits of one number of 4 KiB take longer than all else in a file', () => {
  const arc = (size: number) => Uint8Array.from({ length: size }, (_, i) => (i === size - 1 ? 1 : 0x81))
  expect(dottedOid(Uint8Array.from([0x2a, ...arc(100)]))).toMatch(/^1\.2\.\d{30,}$/)
  expect(dottedOid(Uint8Array.from([0x2a, ...arc(4096)]))).toBeUndefined()
})
