import { gzipSync } from 'fflate'
import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../core/place.ts'
import { tilingFaults, toHex } from '../bytes/layout.ts'
import { readHexDump } from './hex-dump.ts'
import { readHttp } from './http.ts'
import { readGzip } from './inflate.ts'
import { mapBack } from './map-back.ts'
import { endOfNumberList, readNumberList } from './number-list.ts'
import { readTar } from './tar.ts'

const CLEAN = { holes: [], overlaps: [] }
const utf8 = (text: string) => new TextEncoder().encode(text)
const text = (from: string) => sliceOf('', utf8(from))

/** A ustar block of one file. */
function entry(name: string, bytes: Uint8Array, type = '0'): Uint8Array {
  const out = new Uint8Array(512 + Math.ceil(bytes.length / 512) * 512)
  out.set(utf8(name).subarray(0, 100))
  out.set(utf8(`${bytes.length.toString(8).padStart(11, '0')}\0`), 124)
  out.set(utf8(`        ${type}`), 148)
  out.set(utf8('ustar\u000000'), 257)
  const sum = out.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  out.set(utf8(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
  out.set(bytes, 512)
  return out
}
const archive = (...entries: readonly Uint8Array[]) =>
  Uint8Array.from(Buffer.concat([...entries, new Uint8Array(1024)]))

describe('tar', () => {
  it('gives the files as they stand, and tiles the archive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 1200 }), { minLength: 1, maxLength: 4 }),
        (files) => {
          const slice = sliceOf('', archive(...files.map((bytes, i) => entry(`d/${i}.bin`, bytes))))
          const read = readTar(slice)
          expect(read?.entries.map(({ name, slice: own }) => [name, toHex(bytesOf(own))])).toEqual(
            files.map((bytes, i) => [`d/${i}.bin`, toHex(bytes)]),
          )
          expect(read?.problems).toEqual([])
          if (read) expect(tilingFaults(read.node, slice)).toEqual(CLEAN)
        },
      ),
    )
  })
  it('takes long names of GNU and of pax', () => {
    const long = `d/${'n'.repeat(150)}`
    const pax = (path: string) => {
      const body = ` path=${path}\n`
      const length = body.length + String(body.length + 3).length
      return utf8(`${length}${body}`)
    }
    for (const named of [entry('././@LongLink', utf8(`${long}\0`), 'L'), entry('PaxHeader', pax(long), 'x')])
      expect(
        readTar(sliceOf('', archive(named, entry('short', utf8('a')), entry('next', utf8('b')))))?.entries.map(
          ({ name }) => name,
        ),
      ).toEqual([long, 'next'])
  })
  it('leaves out a file that is cut off, and says so', () => {
    const whole = archive(entry('a', utf8('first')), entry('b', new Uint8Array(2000)))
    const slice = sliceOf('', whole.subarray(0, 2000))
    const read = readTar(slice)
    expect(read?.entries.map(({ name }) => name)).toEqual(['a'])
    expect(read?.problems.map(({ because }) => [because.text, because.params])).toEqual([
      ['tar.cut', { at: '0x400', name: 'b', size: 2000, left: 464 }],
    ])
    if (read) expect(tilingFaults(read.node, slice)).toEqual(CLEAN)
  })
  it('is none without the sum, and never throws', () => {
    const wrong = entry('a', utf8('x'))
    wrong[0] = 0x62
    expect(readTar(sliceOf('', wrong))).toBeUndefined()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1500 }), fc.nat(1400), (noise, at) => {
        const bytes = archive(entry('a', utf8('x')), entry('b', utf8('y')))
        bytes.set(noise.subarray(0, Math.max(0, bytes.length - at)), at)
        const slice = sliceOf('', bytes)
        const read = readTar(slice)
        if (read) expect(tilingFaults(read.node, slice)).toEqual(CLEAN)
      }),
    )
  })
})

describe('gzip of several members', () => {
  it('is one stream; what stands behind the last is said', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (parts, hasMore) => {
          const bytes = Uint8Array.from(
            Buffer.concat([...parts.map((part) => gzipSync(part)), utf8(hasMore ? 'more' : '')]),
          )
          const read = readGzip(sliceOf('', bytes))
          expect(read && toHex(bytesOf(read.slice))).toBe(toHex(Uint8Array.from(Buffer.concat(parts))))
          expect(read?.problems.map(({ because }) => because.text)).toEqual(hasMore ? ['inflate.trailing'] : [])
        },
      ),
    )
  })
})

describe('recorded HTTP', () => {
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n'
  it('puts chunks together, each byte with its place', () => {
    const slice = text(chunked)
    const { whole, node } = readHttp(slice) ?? {}
    expect(whole && new TextDecoder().decode(bytesOf(whole.slice))).toBe('hello world')
    if (whole)
      expect(mapBack(new Map([[whole.space.id, whole.space]]), { space: whole.space.id, start: 4, end: 6 })).toEqual([
        { space: '', start: chunked.indexOf('hello') + 4, end: chunked.indexOf('hello') + 5 },
        { space: '', start: chunked.indexOf(' world'), end: chunked.indexOf(' world') + 1 },
      ])
    if (node) expect(tilingFaults(node, slice)).toEqual(CLEAN)
    expect(readHttp(text(chunked.replace('6;x=y', '9')))?.whole).toBeUndefined()
  })
  it('knows a request, and where the next answer begins', () => {
    expect(readHttp(text('POST /a HTTP/1.1\r\nHost: b\r\n\r\nbody'))).toMatchObject({ status: 0, body: { start: 29 } })
    expect(readHttp(text('POST something else\r\n\r\n'))).toBeUndefined()
    const source = 'HTTP/1.1 200 OK\r\nA: b\r\n\r\n{"a":1}\nHTTP/2 204 \r\n\r\n'
    const slice = text(source)
    const read = readHttp(slice)
    expect([read?.body.end, read?.next?.start]).toEqual([source.indexOf('HTTP/2'), source.indexOf('HTTP/2')])
    if (read) expect(tilingFaults(read.node, slice)).toEqual(CLEAN)
  })
})

describe('number lists', () => {
  const hexOf = (source: string) => {
    const read = readNumberList(text(source))
    return read && toHex(bytesOf(read.slice))
  }
  it('reads what languages print', () => {
    for (const source of [
      '[4, 0, 129]',
      '{4,0,129,}',
      '&[4u8, 0u8, 129u8]',
      '[0x04_u8, 0x0_u8, 0x81_u8]',
      '[4 0 129]',
      '<<4,0,129>>',
      '{ (byte) 0x04, (byte) 0, (byte) -127 }',
      '[4, // x\n 0, /* y */ 129]',
      '(4, 0, 0x81)',
    ])
      expect(hexOf(source), source).toBe('040081')
  })
  it('refuses what may mean something else', () => {
    for (const wrong of [
      '[]',
      '[256]',
      '[04 00 81]',
      '[004]',
      '[1,,2]',
      '[,1]',
      '[1.5]',
      '[-129]',
      '[1}',
      '[0x123]',
      '[1 2',
      '1 2 3',
      '[1a]',
      '[ff]',
      '[1 // x',
    ])
      expect(hexOf(wrong), wrong).toBeUndefined()
    expect(endOfNumberList(utf8('x[1, 2] y'), 1, 9)).toMatchObject({ stop: 7, count: 2 })
    expect(endOfNumberList(utf8('x[1, z] y'), 1, 9).stop).toBe(1)
  })
})

describe('dumps', () => {
  const hexOf = (source: string) => {
    const read = readHexDump(text(source))
    return read && toHex(bytesOf(read.slice))
  }
  it('takes the last word of an odd number of bytes for one byte', () => {
    expect(hexOf('0000000 0004 0002\n0000003\n')).toBe('040002')
    // A byte that is not zero was no filling.
    expect(hexOf('0000000 0004 0302\n0000003\n')).toBeUndefined()
    expect(hexOf('0000000 0004 0002 0000 0000 0000 0000 0000 0000\n0000010 0201 0003\n0000013\n')).toBe(
      '04000200000000000000000000000000010203',
    )
    expect(
      hexOf('0000000 000004 000002 000000 000000 000000 000000 000000 000000\n0000020 001001 000003\n0000023\n'),
    ).toBe('04000200000000000000000000000000010203')
  })
  it('does not lose a byte to a fault in the last line', () =>
    expect(
      hexOf('00000000: 0400 0200 0000 0000 0000 0000 0000 0000  ................\n00000010: 0400 02O0  ....\n'),
    ).toBeUndefined())
})
