import { fc } from '../testing/seeded.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { native } from '../bytes/native.ts'
import { sliceOf, type Space } from '../core/place.ts'
import { readBase64, toBase64 } from './base64.ts'
import { readHex } from './hex.ts'
import { encodePem } from './pem.ts'

/** The standard's strictest reading, for platforms that do not have it. */
const strict = {
  fromHex(text: string): Uint8Array {
    if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) throw new SyntaxError('hex')
    return Uint8Array.from(Buffer.from(text, 'hex'))
  },
  fromBase64(text: string): Uint8Array {
    const plain = text.replace(/[\t\n\f\r ]/g, '')
    const out = Uint8Array.from(Buffer.from(plain, 'base64'))
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain) || Buffer.from(out).toString('base64') !== plain)
      throw new SyntaxError('base64')
    return out
  },
}

const before = { ...native }
afterEach(() => {
  Object.assign(native, before)
})

const plain = (space: Space) => ({
  ...space,
  bytes: [...space.bytes],
  pieces: space.pieces.map((piece) => ({ ...piece })),
})
const both = <T>(read: () => T): readonly [T, T] => {
  Object.assign(native, { fromHex: undefined, fromBase64: undefined })
  const own = read()
  Object.assign(native, strict)
  return [own, read()]
}

describe("the platform's codecs and our own loops", () => {
  it('read the same bytes at the same places, and find the same things odd', () => {
    const text = fc.oneof(
      fc.uint8Array({ minLength: 60, maxLength: 300 }).map((bytes) => toBase64(bytes)),
      fc
        .uint8Array({ minLength: 1, maxLength: 300 })
        .map((bytes) => encodePem('X', bytes).split('\n').slice(1, -2).join('\n')),
      fc.uint8Array({ minLength: 0, maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('hex')),
      fc.uint8Array({ minLength: 0, maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('hex').toUpperCase()),
      fc.string({ maxLength: 200 }),
    )
    const change = fc.record({
      at: fc.nat(400),
      put: fc.constantFrom('', '=', '==', ' ', '\n', '-', '_', '+', '/', 'a', 'F', '\0', '\f', 'é', '0x'),
    })
    fc.assert(
      fc.property(text, fc.array(change, { maxLength: 2 }), (start, changes) => {
        const changed = changes.reduce((now, { at, put }) => {
          const i = at % (now.length + 1)
          return `${now.slice(0, i)}${put}${now.slice(i + 1)}`
        }, start)
        const slice = sliceOf(
          '',
          new TextEncoder().encode(`..${changed}..`),
          2,
          new TextEncoder().encode(`..${changed}`).length,
        )
        for (const read of [readBase64, readHex]) {
          const [own, fast] = both(() => read(slice))
          expect(fast && plain(fast.space)).toEqual(own && plain(own.space))
          expect(fast?.problems).toEqual(own?.problems)
        }
      }),
      { numRuns: 3000 },
    )
  })
})
