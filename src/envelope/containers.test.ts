import { Readable } from 'node:stream'
import { createGzip, deflateSync as nodeZlib } from 'node:zlib'
import { gzipSync, deflateSync, zlibSync, zipSync } from 'fflate'
import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf, type Slice } from '../core/place.ts'
import { tilingFaults, toHex } from '../bytes/layout.ts'
import { readDataUri } from './data-uri.ts'
import { readDecimalArray } from './decimal.ts'
import { headerOf, issuerChains, readHttp } from './http.ts'
import { openDeflate, openGzip, openZlib, readDeflate, readGzip } from './inflate.ts'
import { readCompactJws } from './jws.ts'
import { mapBack } from './map-back.ts'
import { encodePem } from './pem.ts'
import { readUtf16 } from './utf16.ts'
import { readZip } from './zip.ts'

const CLEAN = { holes: [], overlaps: [] }
const utf8 = (text: string) => new TextEncoder().encode(text)
const text = (from: string) => sliceOf('', utf8(from))
const file = (bytes: Uint8Array) => sliceOf('', bytes)
const noise = (size: number) => {
  const out = new Uint8Array(size)
  for (let i = 0, x = 1; i < size; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0
    out[i] = x >>> 24
  }
  return out
}

/** A gzip file of zeros, made without holding them. */
async function bomb(size: number): Promise<Uint8Array> {
  const block = new Uint8Array(1024 * 1024)
  const parts: Uint8Array[] = []
  for await (const part of Readable.from(Array.from({ length: size / block.length }, () => block)).pipe(
    createGzip({ level: 9 }),
  ))
    parts.push(part as Uint8Array)
  return Buffer.concat(parts)
}

describe('compression', () => {
  it('reads back what was packed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.constantFrom<0 | 1 | 9>(0, 1, 9), (bytes, level) => {
        for (const read of [
          readGzip(file(gzipSync(bytes, { level, filename: 'x' }))),
          readDeflate(file(zlibSync(bytes, { level }))),
          readDeflate(file(deflateSync(bytes, { level }))),
        ]) {
          expect(read && toHex(bytesOf(read.slice))).toBe(toHex(bytes))
          expect(read?.problems).toEqual([])
        }
      }),
    )
  })
  it('maps the whole to the whole', () => {
    const packed = gzipSync(utf8('hello hello hello'))
    const read = readGzip(file(packed))
    expect(read?.space).toMatchObject({ id: 'inflate@0', parent: '', via: 'inflate', map: 'opaque' })
    if (read)
      expect(mapBack(new Map([[read.space.id, read.space]]), { space: read.space.id, start: 3, end: 4 })).toEqual([
        { space: '', start: 0, end: packed.length },
      ])
  })
  it('stops a bomb of 200 MiB in the stream, early and cheaply', async () => {
    const packed = await bomb(200 * 1024 * 1024)
    expect(packed.length).toBeLessThan(1024 * 1024)
    const before = process.memoryUsage().arrayBuffers
    const started = process.cpuUsage()
    expect(openGzip(file(packed))?.problem?.because.text).toMatch(/^inflate\.(ratio|too-large)$/)
    const { user, system } = process.cpuUsage(started)
    expect((user + system) / 1000).toBeLessThan(1500)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024)
  }, 60_000)
  it('stops at the size limit when the ratio is modest', () => {
    const large = noise(17 * 1024 * 1024)
    expect(openZlib(file(nodeZlib(large, { level: 1 })))?.problem?.because).toMatchObject({
      text: 'inflate.too-large',
      params: { limit: 16 * 1024 * 1024 },
    })
  }, 60_000)
  it('gives what was there when the data end early, and says when they are damaged', () => {
    const packed = gzipSync(noise(20_000).map((byte) => byte & 0x3f))
    expect(openGzip(file(packed.subarray(0, 9000)))?.read?.problems.map((one) => one.because.text)).toEqual([
      'inflate.truncated',
    ])
    expect(openGzip(file(packed.subarray(0, 12)))?.problem?.because.text).toMatch(/^inflate\./)
    expect(openDeflate(file(Uint8Array.of(0xff, 0xff, 0xff, 0xff))).problem?.because.text).toBe('inflate.damaged')
    // A length of four bytes before a document begins like a stored block, and its next bytes are no inverted length.
    const prefixed = Uint8Array.of(0, 0, 1, 0xb8, ...new Uint8Array(440).fill(0x84))
    expect(openDeflate(file(prefixed)).problem?.because.text).toBe('inflate.damaged')
    expect(openDeflate(file(Uint8Array.of(1, 2, 0, 0xfd, 0xff, 7, 9))).read?.space.bytes).toEqual(Uint8Array.of(7, 9))
  })
  it('checks the check value, and finds what follows it', () => {
    const packed = gzipSync(utf8('attestation attestation'))
    const wrong = packed.slice()
    wrong[wrong.length - 8] = (wrong.at(-8) ?? 0) ^ 1
    expect(readGzip(file(wrong))?.problems.map((one) => one.because.text)).toEqual(['inflate.check-value'])
    expect(readGzip(file(Buffer.concat([packed, utf8('more')])))?.problems.map((one) => one.because)).toEqual([
      { text: 'inflate.trailing', params: { at: `0x${packed.length.toString(16)}`, count: 4 } },
    ])
  })
  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom([], [0x1f, 0x8b, 8], [0x78, 0x9c], [0x1f, 0x8b, 8, 0x1f]),
        (bytes, head) => {
          const slice = file(Uint8Array.from([...head, ...bytes]))
          expect([readGzip(slice), readDeflate(slice)]).toHaveLength(2)
        },
      ),
    )
    expect(readGzip(file(new Uint8Array()))).toBeUndefined()
  })
})

describe('ZIP', () => {
  const archive = zipSync({
    'quote.bin': noise(300),
    'dir/chain.pem': [utf8('x'.repeat(500)), { level: 9 }],
    'stored.bin': [noise(50), { level: 0 }],
    'dir/': new Uint8Array(),
  })
  it('takes files out, and tiles the archive', () => {
    const slice = file(Buffer.concat([archive]))
    const read = readZip(slice)
    expect(read?.entries.map((entry) => [entry.name, entry.slice.end])).toEqual([
      ['quote.bin', 300],
      ['dir/chain.pem', 500],
      ['stored.bin', 50],
    ])
    expect(read?.entries[0] && toHex(bytesOf(read.entries[0].slice))).toBe(toHex(noise(300)))
    expect(read?.problems).toEqual([])
    expect(read && tilingFaults(read.node, slice)).toEqual(CLEAN)
    expect(read?.spaces.map((space) => space.map)).toEqual(['opaque', 'opaque', 'exact'])
  })
  it('tiles damaged archives and never throws', () => {
    fc.assert(
      fc.property(
        fc.nat(archive.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.nat(archive.length),
        (at, flip, cut) => {
          for (const bytes of [archive.slice(), archive.slice(0, cut)]) {
            if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ flip
            const slice = file(bytes)
            const read = readZip(slice)
            if (read) expect(tilingFaults(read.node, slice)).toEqual(CLEAN)
          }
        },
      ),
    )
    expect(readZip(file(archive.slice(0, -1)))).toBeUndefined()
  })
  it('stops a bomb and a file that claims too much', () => {
    const packed = zipSync({ zeros: [new Uint8Array(2 * 1024 * 1024), { level: 9 }] })
    expect(readZip(file(packed))?.problems.map((one) => one.because.text)).toEqual(['inflate.ratio'])
    const lying = zipSync({ a: [noise(100), { level: 0 }] })
    const directory = Buffer.from(lying).indexOf('PK\u0001\u0002')
    lying[directory + 22] = 0xff
    expect(readZip(file(lying))?.problems.map((one) => one.because.text)).toEqual(['zip.too-long'])
  })
})

describe('recorded HTTP', () => {
  const chain = encodePem('CERTIFICATE', noise(200)) + encodePem('CERTIFICATE', noise(150))
  const answer = (body: string, ...more: string[]) =>
    text(
      [
        'HTTP/1.1 302 Found',
        'Location: /x',
        '',
        'HTTP/2 200 ',
        'Content-Type: application/json',
        ...more,
        '',
        body,
      ].join('\r\n'),
    )
  it('finds headers and body of the last answer, whatever the case of names', () => {
    const slice = answer('{"tcbInfo":{}}', `tcb-info-issuer-chain: ${encodeURIComponent(chain)}`)
    const read = readHttp(slice)
    expect(read?.status).toBe(200)
    expect(read && new TextDecoder().decode(bytesOf(read.body))).toBe('{"tcbInfo":{}}')
    expect(read && headerOf(read, 'TCB-Info-Issuer-Chain')?.name).toBe('tcb-info-issuer-chain')
    expect(read && issuerChains(read).map((one) => one.pem)).toEqual([chain])
    expect(read && tilingFaults(read.node, slice)).toEqual(CLEAN)
  })
  it('keeps a body of bytes untouched, and says when the empty line is missing', () => {
    const read = readHttp(file(Buffer.concat([utf8('HTTP/1.1 200 OK\n\n'), Uint8Array.of(0x30, 0, 10, 0)])))
    expect(read && toHex(bytesOf(read.body))).toBe('30000a00')
    expect(readHttp(text('HTTP/1.1 200 OK\n{"a":1}'))?.body.start).toBe(16)
    expect(readHttp(text('HTTP/1.1 200 OK\n{a}\n'))?.problems.map((one) => one.because.text)).toEqual([
      'http.no-empty-line',
    ])
    expect(readHttp(text('HTTP/x'))).toBeUndefined()
  })
  it('never throws, and tiles anything', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('HTTP/1.1 200 OK', 'HTTP/2 404', '\r\n', '\n', 'A: b', ':', ' ', 'x', '\0')),
        (parts) => {
          const slice = text(parts.join(''))
          const read = readHttp(slice)
          if (read) expect(tilingFaults(read.node, slice)).toEqual(CLEAN)
        },
      ),
    )
    expect(readHttp(text(''))).toBeUndefined()
  })
})

describe('smaller layers', () => {
  it('reads data: addresses', () => {
    expect(readDataUri(text('data:application/octet-stream;base64,AAEC'))).toMatchObject({
      mediaType: 'application/octet-stream',
      slice: { bytes: Uint8Array.of(0, 1, 2) },
    })
    expect(readDataUri(text('data:;base64,AAEC%2B%2F8%3D'))?.slice.bytes).toEqual(Uint8Array.of(0, 1, 2, 251, 255))
    const plain = readDataUri(text('data:,a%20b'))
    expect(plain && new TextDecoder().decode(bytesOf(plain.slice))).toBe('a b')
    expect(readDataUri(text('data:;base64,A'))).toBeUndefined()
  })
  it('reads lists of numbers, and maps each byte to its number', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 50 }),
        fc.constantFrom(',', ', ', ' ,\n'),
        fc.constantFrom('[]', '{}', '()'),
        fc.boolean(),
        (bytes, comma, brackets, signed) => {
          const numbers = [...bytes].map((byte) => String(signed && byte > 127 ? byte - 256 : byte))
          const source = `${brackets[0]}${numbers.join(comma)}${brackets[1]}`
          const read = readDecimalArray(text(source))
          expect(read && [...bytesOf(read.slice)]).toEqual([...bytes])
          const spaces = new Map(read ? [[read.space.id, read.space]] : [])
          for (const [at, number] of numbers.entries())
            expect(
              mapBack(spaces, { space: read?.space.id ?? '', start: at, end: at + 1 }).map((one) =>
                source.slice(one.start, one.end),
              ),
            ).toEqual([number])
        },
      ),
    )
    for (const wrong of ['[]', '[256]', '[1 2]', '[1,,2]', '[-129]', '[1', '1]', '[1.5]', '[1}'])
      expect(readDecimalArray(text(wrong))).toBeUndefined()
    expect(readDecimalArray(text('[1, 2,]'))?.slice.end).toBe(2)
  })
  it('reads ASCII saved as UTF-16', () => {
    for (const [label, mark] of [
      ['utf16le', 0],
      ['utf16be', 1],
    ] as const) {
      const little = Buffer.from('\ufeff0400', 'utf16le')
      const read = readUtf16(file(mark === 0 ? little : Buffer.from(little).swap16()))
      expect(read && new TextDecoder().decode(bytesOf(read.slice)), label).toBe('0400')
    }
    // Half a pair and a control character are no text.
    for (const wrong of ['\ufeff\ud800a', '\ufeffa\u0001'])
      expect(readUtf16(file(Buffer.from(wrong, 'utf16le')))).toBeUndefined()
  })
  it('reads other characters of UTF-16 too, and text without a mark', () => {
    const read = readUtf16(file(Buffer.from('\ufeffé…😀"0400"', 'utf16le')))
    expect(read && new TextDecoder().decode(bytesOf(read.slice))).toBe('é…😀"0400"')
    if (read)
      expect(
        mapBack(new Map([[read.space.id, read.space]]), {
          space: read.space.id,
          start: read.slice.end - 1,
          end: read.slice.end,
        }),
      ).toEqual([{ space: '', start: 20, end: 22 }])
    const plain = readUtf16(file(Buffer.from('04'.repeat(40), 'utf16le')))
    expect(plain && new TextDecoder().decode(bytesOf(plain.slice))).toBe('04'.repeat(40))
    expect(readUtf16(file(new Uint8Array(100)))).toBeUndefined()
  })
  it('splits a compact JWS and tiles it', () => {
    const slice: Slice = text('eyJhbGciOiJFUzM4NCJ9.eyJhIjoxfQ.AAECAw')
    const read = readCompactJws(slice)
    expect(read?.payload.slice && new TextDecoder().decode(bytesOf(read.payload.slice))).toBe('{"a":1}')
    expect(read && new TextDecoder().decode(bytesOf(read.signingInput))).toBe('eyJhbGciOiJFUzM4NCJ9.eyJhIjoxfQ')
    expect(read?.spaces).toHaveLength(3)
    expect(read && tilingFaults(read.node('jws'), slice)).toEqual(CLEAN)
    expect(readCompactJws(text('eyJhbGciOiJub25lIn0.e30.'))?.signature.slice).toBeUndefined()
    for (const wrong of ['a.b', 'a.b.c.d', '.e30.', 'eyJ9 .e30.AA', 'eyJ+.e30.AAAA', 'eyJ9.e30.AAAA\n'])
      expect(readCompactJws(text(wrong))).toBeUndefined()
    expect(readCompactJws(text('eyJhIjoxfQ==.e30.AAAA'))?.problems.map((one) => one.because.text)).toEqual([
      'base64.padding',
    ])
  })
})
