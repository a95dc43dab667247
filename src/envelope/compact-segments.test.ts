import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { pack, unpack } from './compact.ts'
import { readSegments, writeSegments } from './compact-segments.ts'

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const noise = (length: number, seed = 1) =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + seed, 2654435761) >>> 13) & 255)
const lines = (text: string, width: number, newline: string) =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(newline)
const back = (bytes: Uint8Array) => {
  const cut = writeSegments(bytes)
  return cut === undefined ? bytes : readSegments(cut, 1 << 20).bytes
}

describe('stretches of text that stand for bytes', () => {
  const data = Buffer.from(noise(900))
  it.each<[string, string]>([
    ['hex', data.toString('hex')],
    ['hex in capitals', data.toString('hex').toUpperCase()],
    ['hex with 0x', `0x${data.toString('hex')}`],
    ['odd hex', `${data.toString('hex')}a`],
    ['base64', data.toString('base64')],
    ['base64 with padding', Buffer.from(noise(901)).toString('base64')],
    ['base64url', data.toString('base64url')],
    ['base64url, two characters over', Buffer.from(noise(901)).toString('base64url')],
    ['JSON', JSON.stringify({ quote: data.toString('hex'), cert: data.toString('base64') })],
    ...[64, 76].flatMap((width) =>
      ['\n', '\r\n', '\\n', '\\r\\n'].map((newline): [string, string] => [
        `base64 in lines of ${width} with ${JSON.stringify(newline)}`,
        `-----BEGIN X509 CRL-----${newline}${lines(data.toString('base64'), width, newline)}${newline}-----END X509 CRL-----${newline}`,
      ]),
    ),
  ])('are carried as those bytes and come back: %s', (_name, text) => {
    const given = bytesOf(`before ${text} after`)
    const cut = writeSegments(given)
    expect(cut?.length ?? given.length).toBeLessThan(given.length * 0.8)
    expect(back(given)).toEqual(given)
  })
  it.each<[string, string]>([
    [
      'lines of different width',
      `${lines(data.toString('base64'), 64, '\n').slice(0, 300)}\n${lines(data.toString('base64'), 70, '\n')}`,
    ],
    [
      'mixed newlines',
      `${lines(data.toString('base64').slice(0, 640), 64, '\n')}\r\n${lines(data.toString('base64'), 64, '\r\n')}`,
    ],
    ['spare bits set', `${Buffer.from(noise(901)).toString('base64').slice(0, -3)}B==`],
    ['padding in the middle', `${Buffer.from(noise(100)).toString('base64')}${data.toString('base64')}`],
    ['both alphabets', `${'+/'.repeat(60)}${'-_'.repeat(60)}`],
    ['hex in both cases', `${data.toString('hex')}${data.toString('hex').toUpperCase()}`],
  ])('come back also where they cannot be carried so: %s', (_name, text) =>
    expect(back(bytesOf(text))).toEqual(bytesOf(text)),
  )
  it('come back for any mixture', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('hex')),
      fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('base64')),
      fc
        .tuple(
          fc.uint8Array({ minLength: 60, maxLength: 300 }),
          fc.constantFrom(60, 64, 76),
          fc.constantFrom('\n', '\r\n', '\\n'),
        )
        .map(([bytes, width, newline]) => lines(Buffer.from(bytes).toString('base64'), width, newline)),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const given = new TextEncoder().encode(pieces.join(''))
        expect(back(given)).toEqual(given)
      }),
      { numRuns: 400 },
    )
  })
  it('are found inside each other', () => {
    const pem = `-----BEGIN CERTIFICATE-----\n${lines(Buffer.from(noise(1200)).toString('base64'), 64, '\n')}\n-----END CERTIFICATE-----\n`
    const text = JSON.stringify({ quote: Buffer.from(pem).toString('hex') })
    const packed = pack(bytesOf(text), new Uint8Array())
    expect(packed[0]).toBe(2)
    expect(packed.length).toBeLessThan(1300)
    expect(unpack(packed, new Uint8Array()).bytes).toEqual(bytesOf(text))
  })
})

describe('stretches from outside', () => {
  it('never throw and never grow past the limit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const read = readSegments(bytes, 300)
        if (read.bytes) expect(read.bytes.length).toBeLessThanOrEqual(300)
      }),
      { numRuns: 2000 },
    )
  })
  it('of an unknown kind are damaged', () => {
    expect(readSegments(Uint8Array.of(3, 1, 0), 100)).toEqual({ why: 'damaged' })
    expect(readSegments(Uint8Array.of(25, 1, 0), 100)).toEqual({ why: 'damaged' })
    expect(readSegments(Uint8Array.of(0, 5, 0), 100)).toEqual({ why: 'damaged' })
    expect(readSegments(Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), 100)).toEqual({ why: 'damaged' })
  })
})
