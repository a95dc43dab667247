import { gzipSync as gzip } from 'node:zlib'
import { gzipSync, zipSync, zlibSync } from 'fflate'
import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf, type Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { Detection, Mark } from '../core/scheme.ts'
import { cborArray, cborBytes, cborInt, cborMap, cborTag, cborText } from '../bytes/cbor-writer.ts'
import { joinBytes } from '../bytes/der-writer.ts'
import { tilingFaults, toHex } from '../bytes/layout.ts'
import { toBase64, toBase64Url } from '../envelope/base64.ts'
import { latin1 } from '../envelope/characters.ts'
import { mapBack } from '../envelope/map-back.ts'
import { encodePem } from '../envelope/pem.ts'
import { en } from './texts.en.ts'
import { zh } from './texts.zh.ts'
import { peel } from './unwrap.ts'
import type { Peeled } from './types.ts'

/** A made-up format: `DEMO`, then bytes. And another, weaker by its nature: PEM with certificates. */
const MAGIC = Uint8Array.of(0x44, 0x45, 0x4d, 0x4f, 0xff)
const demo = (size = 100, seed = 1) =>
  Uint8Array.from([...MAGIC, ...Array.from({ length: size }, (_, i) => (i * 37 + seed) & 255)])
function detectAll(slice: Slice): Detection[] {
  const head = bytesOf(slice)
  if (MAGIC.every((byte, i) => head[i] === byte)) return [{ format: 'demo', score: 1, because: say('x') }]
  if (latin1(head.subarray(0, 27)) === '-----BEGIN CERTIFICATE-----')
    return head.includes(0x25) || head.includes(0x5c) ? [] : [{ format: 'pem', score: 0.9, because: say('x') }]
  if (latin1(head.subarray(0, 11)) === '{"tcbInfo":') return [{ format: 'tcb', score: 0.9, because: say('x') }]
  const quote = [0x93, 0x9a, 0x72, 0x33].every((byte, i) => head[12 + i] === byte)
  return quote ? [{ format: 'quote', score: 0.9, because: say('x') }] : []
}
const utf8 = (text: string) => new TextEncoder().encode(text)
/** A quote has its vendor's name 12 bytes behind its start; here it is 88 bytes long. */
const MARKS: readonly Mark[] = [
  { bytes: [0x93, 0x9a, 0x72, 0x33], behind: 12, end: ({ start, end }) => Math.min(end, start + 88) },
]
const peelBytes = (bytes: Uint8Array) => peel(sliceOf('', bytes), detectAll, MARKS)
const peelText = (text: string) => peelBytes(utf8(text))
const hexed = (bytes: Uint8Array) => toHex(bytes)

/** Checks that the first reading is that evidence, that its spaces lead back to the file, and gives its path. */
function pathTo(peeled: Peeled, evidence: Uint8Array): readonly string[] {
  const [best] = peeled.readings
  expect(best && toHex(bytesOf(best.slice))).toBe(toHex(evidence))
  expect(peeled.parts).toEqual([])
  const spaces = new Map(best?.spaces.map((space) => [space.id, space]))
  let ranges = best ? [{ space: best.slice.space, start: best.slice.start, end: best.slice.start + 1 }] : []
  for (let i = 0; i < 10 && ranges.some((range) => range.space !== ''); i++)
    ranges = ranges.flatMap((range) => (range.space === '' ? [range] : mapBack(spaces, range)))
  expect(ranges.length).toBeGreaterThan(0)
  expect(best?.layers.map((layer) => layer.via)).toEqual(best?.path)
  return best?.path ?? []
}

describe('layers', () => {
  const bytes = demo()
  it('leaves alone what is a format as it stands', () => expect(pathTo(peelBytes(demo()), demo())).toEqual([]))
  it('takes off each text layer', () => {
    const hex = hexed(bytes)
    const ways: readonly (readonly [string | Uint8Array, readonly string[]])[] = [
      [hex, ['hex']],
      [`  0x${hex.toUpperCase()}\n`, ['hex']],
      [`\ufeff${hex}\r\n`, ['hex']],
      [`${hex}\0`, ['hex']],
      [`'${hex}'`, ['quotes', 'hex']],
      [toBase64(bytes), ['base64']],
      [toBase64Url(bytes), ['base64']],
      [`${(toBase64(bytes).match(/.{1,76}/g) ?? []).join('\r\n')}\r\n`, ['base64']],
      [`"${toBase64(bytes).replaceAll('/', '\\/')}"`, ['JSON string', 'base64']],
      [`"${hex}"`, ['JSON string', 'hex']],
      [Buffer.from(`\ufeff${hex}\r\n`, 'utf16le'), ['UTF-16', 'hex']],
      [JSON.stringify([...bytes]), ['decimal array']],
      [`data:;base64,${toBase64(bytes)}`, ['data URI']],
      [
        encodeURIComponent(
          `${toBase64(bytes)}==`.replace(/=+$/, (pad) =>
            pad.slice(0, (4 - (toBase64(bytes).replace(/=+$/, '').length % 4)) % 4),
          ),
        ),
        ['percent escapes', 'base64'],
      ],
      [gzipSync(bytes), ['gzip']],
      [zlibSync(bytes), ['zlib']],
      [encodePem('EVIDENCE', bytes), ['PEM block EVIDENCE']],
      [`HTTP/1.1 200 OK\r\nA: b\r\n\r\n${hex}`, ['HTTP body', 'hex']],
      [zipSync({ 'a.txt': utf8('hello'), 'report.bin': bytes }), ['zip entry report.bin']],
      [toBase64(utf8(JSON.stringify({ other: 'x'.repeat(50), quote: hex }))), ['base64', 'JSON member quote', 'hex']],
      [hexed(utf8(hex)), ['hex', 'hex']],
      [
        `quote: |-\n  ${(toBase64(bytes).match(/.{1,60}/g) ?? []).join('\n  ')}\nother: 5\n`,
        ['text value quote', 'base64'],
      ],
      [`<Quote>${hex}</Quote>`, ['text value Quote', 'hex']],
    ]
    for (const [source, path] of ways)
      expect(
        pathTo(typeof source === 'string' ? peelText(source) : peelBytes(source), bytes),
        String(source).slice(0, 60),
      ).toEqual(path)
  })
  it('takes off any stack of layers up to six', () => {
    const stacks: readonly (readonly [string, (inner: Uint8Array) => Uint8Array])[] = [
      ['hex', (inner) => utf8(hexed(inner))],
      ['base64', (inner) => utf8(toBase64(inner))],
      ['gzip', (inner) => gzipSync(inner)],
      ['zlib', (inner) => zlibSync(inner)],
      ['decimal array', (inner) => utf8(JSON.stringify([...inner]))],
      ['JSON member a.b', (inner) => utf8(JSON.stringify({ n: 1, a: { b: latin1(inner) } }))],
    ]
    fc.assert(
      fc.property(fc.array(fc.nat(stacks.length - 1), { maxLength: 5 }), (plan) => {
        let source: Uint8Array = bytes
        const path: string[] = []
        for (const index of plan) {
          const [name, wrap] = stacks[index] ?? ['', (inner: Uint8Array) => inner]
          // JSON holds text only.
          if (name.startsWith('JSON') && source.some((byte) => byte >= 0x80 || byte < 0x20)) continue
          source = wrap(source)
          path.unshift(name)
        }
        expect(pathTo(peelBytes(source), bytes)).toEqual(path)
      }),
      { numRuns: 60 },
    )
  })
  it('finds JSON in a string of JSON, several texts in one file, and one thing told twice', () => {
    expect(pathTo(peelText(JSON.stringify({ result: JSON.stringify({ quote: hexed(bytes) }) })), bytes)).toEqual([
      'JSON member result',
      'JSON member quote',
      'hex',
    ])
    expect(pathTo(peelText(JSON.stringify({ list: [{ report: [...bytes] }] })), bytes)).toEqual([
      'JSON member list[0].report',
      'decimal array',
    ])
    expect(pathTo(peelText(`{"level":"info"}\n{"quote":"${toBase64(bytes)}"}\n`), bytes)).toEqual([
      'JSON member [1].quote',
      'base64',
    ])
    expect(
      pathTo(peelText(JSON.stringify({ a: JSON.stringify({ b: hexed(bytes) }), c: hexed(bytes) })), bytes),
    ).toEqual(['JSON member c', 'hex'])
  })
  it('finds a member of CBOR: in a map, in a list, in chunks, in CBOR inside a byte string', () => {
    const value = cborBytes(bytes)
    expect(pathTo(peelBytes(cborMap(['outblob', value], ['provider', cborText('some_guest')])), bytes)).toEqual([
      'CBOR member outblob',
    ])
    expect(pathTo(peelBytes(cborArray(cborInt(1), cborTag(600, cborMap([-3, value])))), bytes)).toEqual([
      'CBOR member [1].-3',
    ])
    expect(
      pathTo(
        peelBytes(
          cborMap([
            'a',
            joinBytes([
              Uint8Array.of(0x5f),
              cborBytes(bytes.subarray(0, 40)),
              cborBytes(bytes.subarray(40)),
              Uint8Array.of(0xff),
            ]),
          ]),
        ),
        bytes,
      ),
    ).toEqual(['CBOR member a'])
    expect(pathTo(peelBytes(cborMap(['a', cborBytes(cborMap(['b', value]))])), bytes)).toEqual([
      'CBOR member a',
      'CBOR member b',
    ])
    expect(pathTo(peelBytes(cborMap(['a', cborText(toBase64(bytes))])), bytes)).toEqual(['CBOR member a', 'base64'])
  })
  it('asks about a COSE message inside CBOR as a whole, with its tag and without', () => {
    const message = cborArray(
      cborBytes(cborMap([1, cborInt(-7)])),
      cborMap(),
      cborBytes(bytes),
      cborBytes(new Uint8Array(64)),
    )
    for (const inner of [message, cborTag(18, message)]) {
      const source = cborMap(['evidence', inner], ['x', cborInt(1)])
      const asked: string[] = []
      peel(sliceOf('', source), (slice) => {
        asked.push(toHex(bytesOf(slice)))
        return []
      })
      expect(asked).toContain(toHex(inner))
      // What it carries is its own format's business.
      expect(asked).not.toContain(toHex(bytes))
    }
  })
  it('leaves CBOR that is cut, that is followed by more, or that is a COSE message', () => {
    const whole = cborMap(['a', cborBytes(bytes)])
    const cose = cborTag(
      18,
      cborArray(cborBytes(cborMap([1, cborInt(-7)])), cborMap(), cborBytes(bytes), cborBytes(new Uint8Array(64))),
    )
    for (const other of [whole.subarray(0, -1), joinBytes([whole, Uint8Array.of(0)]), cose])
      expect([peelBytes(other).readings, peelBytes(other).parts]).toEqual([[], []])
  })
  it('finds known marks in the middle of other bytes', () => {
    const quote = Uint8Array.from([
      ...new Uint8Array(12),
      0x93,
      0x9a,
      0x72,
      0x33,
      0xf7,
      0x9c,
      0x4c,
      0xa9,
      0x94,
      0x0a,
      0x0d,
      0xb3,
      0x95,
      0x7f,
      0x06,
      0x07,
      ...new Uint8Array(60),
    ])
    const peeled = peelBytes(Uint8Array.from([0x0a, 0x99, 1, 2, 3, ...quote]))
    expect(pathTo(peeled, quote)).toEqual(['bytes from 0x5'])
    expect(peeled.problems).toMatchObject([
      { because: { text: 'unwrap.found-inside', params: { at: '0x5', count: 5 } }, range: { start: 0, end: 5 } },
    ])
    const two = peelBytes(Uint8Array.from([0x0a, ...quote, 7, 7, ...quote.subarray(0, -1), 8, 9]))
    expect(two.parts.map(({ slice }) => [slice.start, slice.end])).toEqual([
      [1, 89],
      [91, 179],
    ])
    expect(two.problems).toMatchObject([
      { because: { text: 'unwrap.found-inside', params: { count: 1 } } },
      { because: { text: 'unwrap.found-before', params: { at: '0xb3', count: 1 } }, range: { start: 179, end: 180 } },
    ])
    if (!two.tree) throw new Error('no tree')
    expect(tilingFaults(two.tree, sliceOf('', new Uint8Array(180)))).toEqual({ holes: [], overlaps: [] })
  })
  it('looks for marks in time that grows with the size', () => {
    const cost = (size: number) => {
      const bytes = new Uint8Array(size).fill(0x72)
      const from = performance.now()
      peelBytes(bytes)
      return performance.now() - from
    }
    cost(1 << 20)
    expect(cost(4 << 20)).toBeLessThan(4 * 4 * Math.max(cost(1 << 20), 5))
  })
  it('finds signed JSON between lengths, ending where its value ends, and the certificates beside it', () => {
    const info = utf8(
      `{"tcbInfo":{"version":3,"fmspc":"00906ed50000","filler":"${'long enough '.repeat(8)}"},"signature":"ab"}`,
    )
    const chain = utf8(encodePem('CERTIFICATE', demo()))
    const peeled = peelBytes(
      Uint8Array.from([...le4(0), ...le4(chain.length), ...le4(info.length), ...chain, 0, ...info, 0]),
    )
    const start = 12 + chain.length + 1
    expect(
      peeled.parts.map((part) => [part.slice.start, part.slice.end]).toSorted(([a], [b]) => (a ?? 0) - (b ?? 0)),
    ).toEqual([
      [12, 12 + chain.length],
      [start, start + info.length],
    ])
    expect(peeled.problems).toMatchObject([
      { because: { text: 'unwrap.found-inside', params: { at: '0xc', count: 12 } } },
      { because: { text: 'unwrap.found-before', params: { count: 1 } } },
    ])
  })
})

const le4 = (value: number) => [value & 255, (value >> 8) & 255, 0, 0]

describe('several things in one container', () => {
  it('gives each member of JSON that leads somewhere, with a tree of the whole', () => {
    const source = `{"tcbInfo_response": {"tcbInfo": {"version":3,"fmspc":"00906ed50000","filler":"${'long enough '.repeat(8)}"},"signature":"ab"}, "quote": "${hexed(demo())}", "nothing": "${'word '.repeat(20)}", "chain": ${JSON.stringify(encodePem('CERTIFICATE', demo()))}}`
    const slice = sliceOf('', utf8(source))
    const peeled = peel(slice, detectAll)
    expect(peeled.readings).toEqual([])
    expect(peeled.parts.map((part) => [part.name, part.path])).toEqual([
      ['tcbInfo_response', ['JSON member tcbInfo_response']],
      ['quote', ['JSON member quote']],
      ['chain', ['JSON member chain']],
    ])
    // Each part can be peeled on its own.
    expect(peeled.parts.map((part) => peel(part.slice, detectAll).readings[0]?.path)).toEqual([[], ['hex'], []])
    for (const part of peeled.parts)
      expect(part.slice.space === '' || peeled.spaces.some((space) => space.id === part.slice.space)).toBe(true)
    expect(peeled.tree && tilingFaults(peeled.tree, slice)).toEqual({ holes: [], overlaps: [] })
  })
  it('gives each member of CBOR that leads somewhere, with a tree of the whole', () => {
    const slice = sliceOf(
      '',
      cborMap(
        ['kat', cborBytes(demo(100))],
        ['pat', cborArray(joinBytes([Uint8Array.of(0x5f), cborBytes(demo(120)), Uint8Array.of(0xff)]))],
        ['note', cborText('word '.repeat(40))],
      ),
    )
    const peeled = peel(slice, detectAll)
    expect(peeled.parts.map((part) => [part.name, part.path])).toEqual([
      ['kat', ['CBOR member kat']],
      ['pat[0]', ['CBOR member pat[0]']],
    ])
    for (const part of peeled.parts)
      expect(part.slice.space === '' || peeled.spaces.some((space) => space.id === part.slice.space)).toBe(true)
    expect(peeled.tree && tilingFaults(peeled.tree, slice)).toEqual({ holes: [], overlaps: [] })
  })
  it('keeps the way through layers around the container', () => {
    const source = utf8(toBase64(utf8(JSON.stringify({ a: hexed(demo(100)), b: toBase64(demo(110)) }))))
    const slice = sliceOf('', source)
    const peeled = peel(slice, detectAll)
    expect(peeled.parts.map((part) => part.path)).toEqual([
      ['base64', 'JSON member a'],
      ['base64', 'JSON member b'],
    ])
    expect(peeled.tree && tilingFaults(peeled.tree, slice)).toEqual({ holes: [], overlaps: [] })
  })
  it('opens archives, and containers in containers', () => {
    const slice = sliceOf(
      '',
      zipSync({
        'quote.hex': utf8(hexed(demo(50))),
        'more.json': utf8(JSON.stringify({ x: hexed(demo(60)), y: hexed(demo(70)) })),
        'readme.txt': utf8('hello'),
      }),
    )
    const peeled = peel(slice, detectAll)
    expect(peeled.parts.map((part) => part.name)).toEqual(['quote.hex', 'more.json/x', 'more.json/y'])
    expect(peeled.tree && tilingFaults(peeled.tree, slice)).toEqual({ holes: [], overlaps: [] })
    for (const part of peeled.parts) expect(peeled.spaces.some((space) => space.id === part.slice.space)).toBe(true)
  })
  it('hands the issuer chain of an HTTP answer to its body', () => {
    const chain = encodePem('CERTIFICATE', demo(200)) + encodePem('CERTIFICATE', demo(150))
    const peeled = peelText(
      `HTTP/1.1 200 OK\r\nSome-Issuer-Chain: ${encodeURIComponent(chain)}\r\n\r\n{"tcbInfo": {"version":3}}`,
    )
    expect(peeled.parts.map((part) => [part.name, part.path, part.hints])).toEqual([
      ['body', ['HTTP body'], { issuerChain: chain }],
      ['Some-Issuer-Chain', ['HTTP header Some-Issuer-Chain'], undefined],
    ])
    expect(peel(peeled.parts[1]?.slice ?? sliceOf('', new Uint8Array()), detectAll).readings[0]?.path).toEqual([
      'escaped PEM',
    ])
  })
  it('takes lines apart only when they are values of their own', () => {
    const peeled = peelText(`0x${hexed(demo(80))}\n0x${hexed(demo(90))}\n`)
    expect(peeled.parts.map((part) => part.name)).toEqual(['line 1', 'line 2'])
    const wrapped =
      hexed(demo(300))
        .match(/.{1,128}/g)
        ?.join('\n') ?? ''
    expect(pathTo(peelText(wrapped), demo(300))).toEqual(['hex'])
  })
})

describe('what is not recognised', () => {
  const reasons = (peeled: Peeled) => peeled.problems.map((problem) => problem.because)
  const noise = (size: number) => {
    const out = new Uint8Array(size)
    for (let i = 0, x = 7; i < size; i++) {
      x = (Math.imul(x, 1664525) + 1013904223) >>> 0
      out[i] = x >>> 24
    }
    return out
  }
  it('says what it is instead', () => {
    const ways: readonly (readonly [string | Uint8Array, string])[] = [
      ['', 'empty'],
      [' \n', 'blank'],
      [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2), 'png'],
      [Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1), 'elf'],
      ['<!DOCTYPE html><html></html>', 'html'],
      ['<?xml version="1.0"?><a/>', 'xml'],
      ['{"a":1}', 'json'],
      ['{"a":1', 'broken-json'],
      ['hello, this is a letter', 'text'],
      [`${'ab'.repeat(40)}c`, 'odd-hex'],
      [`${'ab'.repeat(40)}g`, 'broken-hex'],
      [`${'Zx/9'.repeat(30)}*`, 'broken-base64'],
      [`${'Zx/9'.repeat(30)}A`, 'base64'],
      [`ey${'Jh'.repeat(20)}.e30.AA`, 'jwt'],
      ['https://example.org/x', 'url'],
      [new Uint8Array(50), 'zeros'],
      [new Uint8Array(50).fill(7), 'one-byte'],
      [noise(5000), 'random'],
      [Uint8Array.of(1, 2, 3, 0, 9), 'binary'],
      [Uint8Array.of(0x30, 0x82, 1, 0, 0), 'der'],
      ['-----BEGIN CERTIFICATE REQ-----\nAAAA\n', 'broken-pem'],
      [Buffer.concat([utf8('name'.padEnd(257, '\0')), utf8('ustar'), new Uint8Array(250)]), 'tar'],
    ]
    for (const [source, name] of ways) {
      const peeled = typeof source === 'string' ? peelText(source) : peelBytes(source)
      expect([peeled.readings.length, peeled.parts.length]).toEqual([0, 0])
      expect(
        reasons(peeled).map((because) => because.text),
        String(source).slice(0, 40),
      ).toContain(`unwrap.looks-like.${name}`)
    }
  })
  it('says at which byte', () => {
    expect(reasons(peelText(`${'ab'.repeat(40)}*cd`))).toMatchObject([
      { text: 'unwrap.looks-like.broken-hex', params: { at: '0x50' } },
    ])
    expect(peelText(`${'ab'.repeat(40)}*cd`).problems[0]?.range.start).toBe(80)
  })
  it('says which layers came off first', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...noise(60))
    expect(reasons(peelText(toBase64(png)))).toMatchObject([
      { text: 'unwrap.layers-ended', params: { path: 'base64' } },
      { text: 'unwrap.looks-like.png', params: { at: '0x0' } },
    ])
  })
  it('says when a bomb was stopped', () => {
    const packed = gzip(new Uint8Array(12 * 1024 * 1024))
    expect(reasons(peelBytes(packed)).map((because) => because.text)).toContain('inflate.ratio')
    expect(reasons(peelBytes(gzip(packed))).map((because) => because.text)).toContain('inflate.ratio')
  })
  it('has words for everything that it says', () => {
    for (const [text, params] of peelText('{').problems.map(
      (problem) => [problem.because.text, problem.because.params] as const,
    ))
      expect([text in en, Object.keys(params).length > 0]).toEqual([true, true])
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort())
  })
})

describe('hostile input', () => {
  it('never throws', () => {
    const token = fc.constantFrom(
      '{',
      '"',
      '[',
      ':',
      ',',
      '-----BEGIN A-----',
      '-----END A-----',
      'AAAA',
      '=',
      '04',
      '0x',
      '\n',
      ' ',
      '%0A',
      'HTTP/1.1 200 OK',
      'data:',
      '\\',
      'PK\u0003\u0004',
      '\u001f\u008b\u0008',
      '\0',
      'é',
    )
    fc.assert(
      fc.property(fc.array(token, { maxLength: 40 }), (parts) => {
        expect(peelText(parts.join('')).readings.length).toBeLessThan(10)
      }),
      { numRuns: 1000 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(peelBytes(bytes).problems.length).toBeGreaterThan(0)
      }),
    )
    expect(peelText('').readings).toEqual([])
  })
  const cpu = (run: () => void) => {
    const from = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1000
  }
  it('takes time in proportion to the size', () => {
    for (const unit of [
      '-----BEGIN',
      '-----BEGIN A-----\n',
      '=',
      'a',
      '{',
      '[',
      '"',
      '[1,',
      '{"a":',
      'ab cd\n',
      '0x',
      '%41',
      'A'.repeat(70) + '\n',
      'HCLA\u0001',
      'ey.',
      'quote: ',
      '""',
      '[]\n',
      '\u0093\u009a',
    ]) {
      const size = Math.ceil(32_000 / unit.length)
      const best = (count: number) => {
        const source = Buffer.from(unit.repeat(count), 'latin1')
        return Math.min(
          ...[1, 2, 3].map(() =>
            cpu(() => {
              peelBytes(source)
            }),
          ),
        )
      }
      best(size)
      // Quadratic time would be sixteenfold.
      expect(best(4 * size), unit).toBeLessThan(8 * best(size) + 40)
    }
  }, 120_000)
  it('gives up on 16 MiB of noise quickly', () => {
    const source = new Uint8Array(16 * 1024 * 1024)
    for (let i = 0, x = 7; i < source.length; i++) {
      x = (Math.imul(x, 1664525) + 1013904223) >>> 0
      source[i] = x >>> 24
    }
    expect(
      cpu(() => {
        peelBytes(source)
      }),
    ).toBeLessThan(1000)
  }, 60_000)
})

describe('more than is read', () => {
  const members = (count: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`m${i}`, hexed(demo(100 + i, i))])))
  it('says how many parts were left out', () => {
    const peeled = peelText(members(300))
    expect(peeled.parts).toHaveLength(256)
    expect(peeled.problems.find((problem) => problem.because.text === 'unwrap.too-many-parts')?.because.params).toEqual(
      { limit: 256, left: 44 },
    )
    expect(peelText(members(200)).problems.map((problem) => problem.because.text)).not.toContain(
      'unwrap.too-many-parts',
    )
  })
})
