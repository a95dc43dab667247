import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../core/place.ts'
import {
  insideQuotes,
  jsonStringContent,
  jsonStringSpace,
  member,
  readJson,
  textOf,
  type JsonString,
  type JsonValue,
} from './json.ts'
import { tilingFaults } from './layout.ts'

const utf8 = (text: string) => sliceOf('', new TextEncoder().encode(text))
const reasons = (text: string) => readJson(utf8(text)).problems.map((problem) => problem.because.text)

function plain(value: JsonValue): unknown {
  switch (value.kind) {
    case 'object':
      return Object.fromEntries(value.members.map((one) => [one.key, plain(one.value)]))
    case 'array':
      return value.items.map(plain)
    case 'string':
      return value.text
    case 'number':
      return Number(value.text)
    case 'bool':
      return value.value
    case 'null':
      return null
  }
}
const stringIn = (value: JsonValue | undefined): JsonString => {
  if (value?.kind !== 'string') throw new Error('no string')
  return value
}

describe('what is read', () => {
  it('keeps the bytes of names and values', () => {
    const text = ' {"a" : [1, -2.5e3, true, null], "b":{"c":"x"}} '
    const { value, problems } = readJson(utf8(text))
    expect(problems).toEqual([])
    const a = member(value, 'a')
    expect(text.slice(a?.range.start, a?.range.end)).toBe('[1, -2.5e3, true, null]')
    const key = value?.kind === 'object' ? value.members[1]?.keyRange : undefined
    expect(text.slice(key?.start, key?.end)).toBe('"b"')
    expect(textOf(member(member(value, 'b'), 'c'))).toBe('x')
    expect(member(value, 'missing')).toBeUndefined()
  })
  it('agrees with the platform on everything that it writes', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 1, '\t'), (json, space) => {
        const text = JSON.stringify(JSON.parse(json), null, space)
        const slice = utf8(text)
        const { value, node } = readJson(slice)
        // Object.fromEntries makes an own __proto__, as JSON.parse does.
        expect(value && JSON.stringify(plain(value))).toBe(JSON.stringify(JSON.parse(text)))
        expect(tilingFaults(node, slice)).toEqual({ holes: [], overlaps: [] })
      }),
    )
  })
  it('refuses what the platform refuses, and tiles it all the same', () => {
    const text = fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0123e+-.tfn \n"'.split('')), maxLength: 30 })
    fc.assert(
      fc.property(text, (json) => {
        const slice = utf8(json)
        const { value, node, problems } = readJson(slice)
        expect(tilingFaults(node, slice)).toEqual({ holes: [], overlaps: [] })
        let accepts = true
        try {
          JSON.parse(json)
        } catch {
          accepts = false
        }
        expect(
          value !== undefined &&
            !problems.some(({ because }) => ['json.trailing', 'json.control-character'].includes(because.text)),
        ).toBe(accepts)
      }),
      { numRuns: 1000 },
    )
  })
  it('never throws and always tiles, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(5), (bytes, from) => {
        const slice = sliceOf('s', bytes, Math.min(from, bytes.length))
        expect(tilingFaults(readJson(slice, 'p').node, slice)).toEqual({ holes: [], overlaps: [] })
      }),
    )
  })
})

describe('what is odd', () => {
  it('shows both names when one is repeated', () => {
    const { value, problems, node } = readJson(utf8('{"alg":"none","alg":"ES384"}'))
    expect(problems.map(({ because }) => because)).toEqual([
      { text: 'json.duplicate-key', code: 'duplicate-key', params: { at: '0xe', key: 'alg', first: '0x1' } },
    ])
    expect(textOf(member(value, 'alg'))).toBe('none')
    expect(node.children.map((child) => child.path)).toEqual(['{}', 'alg', 'alg#2'])
    expect(node.children[2]?.problems).toHaveLength(1)
  })
  it('takes __proto__ as a name like any other', () => {
    const { value } = readJson(utf8('{"__proto__":{"x":1},"toString":2}'))
    expect(member(value, '__proto__')?.kind).toBe('object')
    expect(member(value, 'constructor')).toBeUndefined()
  })
  it('names what is wrong', () => {
    expect(reasons('\ufeff{}')).toEqual(['json.bom'])
    expect(reasons('{}\0')).toEqual(['json.trailing'])
    expect(reasons('"\\ud800"')).toEqual(['json.lone-surrogate'])
    expect(reasons('"a\nb"')).toEqual(['json.control-character'])
    expect(
      readJson(sliceOf('', Uint8Array.of(0x22, 0xc0, 0x80, 0x22))).problems.map((one) => one.because.text),
    ).toEqual(['json.bad-utf8'])
    for (const text of ['', '{', '{"a"', '{"a":', '[1', '"abc', '"abc\\'])
      expect(reasons(text)).toEqual(['json.ends-early'])
    for (const text of ['01', '1.', '.5', '+1', '[1,]', '{"a":1,}', '{a:1}', "{'a':1}", 'NaN', 'tru', '[1 2]', '-'])
      expect(readJson(utf8(text)).value === undefined || reasons(text).includes('json.trailing')).toBe(true)
    expect(reasons('"\\x41"')).toEqual(['json.bad-escape'])
  })
  it('bounds depth and count', () => {
    expect(readJson(utf8('['.repeat(64) + ']'.repeat(64))).value).toBeDefined()
    expect(reasons('['.repeat(65) + ']'.repeat(65))).toEqual(['json.too-deep'])
    expect(reasons('['.repeat(200_000))).toEqual(['json.too-deep'])
    const many = utf8(`[${'0,'.repeat(400_000)}0]`)
    const reading = readJson(many)
    expect(reading.problems.map((one) => one.because.text)).toEqual(['json.too-many-values'])
    expect(tilingFaults(reading.node, many)).toEqual({ holes: [], overlaps: [] })
  })
  it('closes long arrays and opens them on demand', () => {
    const text = JSON.stringify({ quote: Array.from({ length: 5000 }, (_, i) => i % 256) })
    const slice = utf8(text)
    const { node, expand } = readJson(slice, 'j')
    const quote = node.children[1]
    expect(quote).toMatchObject({ path: 'j.quote', kind: 'array', count: 5000, children: [] })
    expect(tilingFaults(node, slice)).toEqual({ holes: [], overlaps: [] })
    expect(expand('j.quote', 4998, 5000)?.map((one) => [one.path, one.value])).toEqual([
      ['j.quote[4998]', { kind: 'uint', value: '134', width: 0 }],
      ['j.quote[4999]', { kind: 'uint', value: '135', width: 0 }],
    ])
    expect(expand('j.other', 0, 1)).toBeUndefined()
  })
})

describe('strings as bytes of their own', () => {
  it('says what the platform says, and maps every byte to what says it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, all) => {
        const json = all
          ? `"${text
              .split('')
              .map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
              .join('')}"`
          : JSON.stringify(text)
        const slice = utf8(` ${json}`)
        const value = stringIn(readJson(slice).value)
        const derived = jsonStringSpace(slice, value)
        expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(derived.slice))).toBe(text)
        expect(derived.space.pieces.reduce((sum, piece) => sum + piece.length, 0)).toBe(derived.slice.end)
        for (const piece of derived.space.pieces) {
          const source = new TextDecoder().decode(slice.bytes.subarray(piece.sourceStart, piece.sourceEnd))
          if (!source.startsWith('\\'))
            expect(bytesOf(derived.slice).subarray(piece.at, piece.at + piece.length)).toEqual(
              slice.bytes.subarray(piece.sourceStart, piece.sourceEnd),
            )
        }
      }),
    )
  })
  it('stays in place when nothing is escaped', () => {
    const slice = utf8('{"a":"AbC\\u003d","b":"AbC="}')
    const { value } = readJson(slice)
    const a = jsonStringContent(slice, stringIn(member(value, 'a')))
    const b = jsonStringContent(slice, stringIn(member(value, 'b')))
    expect([a.spaces.length, b.spaces.length]).toEqual([1, 0])
    expect(bytesOf(a.slice)).toEqual(bytesOf(b.slice))
    expect(b.slice).toEqual(insideQuotes(slice, stringIn(member(value, 'b'))))
    expect(a.slice.space).toBe('json-unescape@5')
  })
})
