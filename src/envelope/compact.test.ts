import { fc } from '../testing/seeded.ts'
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { pack, unpack } from './compact.ts'

const dictionary = new TextEncoder().encode('a dictionary that both sides keep')
const pem = (width: number, newline: string, bytes: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----${newline}${(
    Buffer.from(bytes)
      .toString('base64')
      .match(new RegExp(`.{1,${width}}`, 'g')) ?? []
  ).join(newline)}${newline}-----END CERTIFICATE-----`
const noise = (length: number) => Uint8Array.from({ length }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 255)

describe('round trip', () => {
  it('is byte-exact for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        expect(unpack(pack(bytes, dictionary), dictionary).bytes).toEqual(bytes)
      }),
      { numRuns: 300 },
    )
  })
  it.each<[string, string]>([
    ['64 LF', pem(64, '\n', noise(900))],
    ['64 CRLF', pem(64, '\r\n', noise(900))],
    ['76 wide', pem(76, '\n', noise(900))],
    ['NUL at the end', `${pem(64, '\n', noise(901))}\n\0`],
    ['two blocks', `${pem(64, '\n', noise(902))}\n${pem(64, '\r\n', noise(30))}`],
    ['cut off', pem(64, '\n', noise(900)).slice(0, 700)],
    ['bad padding', pem(64, '\n', noise(900)).replace(/.(?=\n-----END)/, '!')],
    ['nested begin', `-----BEGIN CERTIFICATE-----\n${pem(64, '\n', noise(90))}`],
  ])('is byte-exact for PEM: %s', (_name, text) => {
    const bytes = Uint8Array.from(Buffer.concat([noise(100), Buffer.from(text, 'latin1'), noise(10)]))
    expect(unpack(pack(bytes, dictionary), dictionary).bytes).toEqual(bytes)
  })
  it('carries PEM as DER', () => {
    expect(pack(new TextEncoder().encode(pem(64, '\n', noise(3000))), dictionary).length).toBeLessThan(3100)
  })
})

describe('hostile input', () => {
  const packed = (bytes: Uint8Array) => Uint8Array.from([0, ...deflateSync(bytes, { dictionary })])
  it('stops a bomb in the stream', () => {
    expect(unpack(packed(new Uint8Array(40 * 1024 * 1024)), dictionary)).toEqual({ why: 'too-large' })
    expect(unpack(packed(new Uint8Array(200 * 1024)), dictionary)).toEqual({ why: 'ratio' })
  })
  it('says damaged for truncation and never throws', () => {
    const whole = pack(noise(5000), dictionary)
    for (let length = 0; length < whole.length; length += 97)
      expect(unpack(whole.slice(0, length), dictionary).bytes).toBeUndefined()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        unpack(bytes, dictionary)
        unpack(Uint8Array.from([1, ...deflateSync(bytes, { dictionary })]), dictionary)
      }),
      { numRuns: 500 },
    )
  })
})
