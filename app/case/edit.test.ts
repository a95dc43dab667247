import { fc } from '../../src/testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { sliceOf, type Space } from '../../src/core/place.ts'
import { readBase64, toBase64 } from '../../src/envelope/base64.ts'
import { readHex } from '../../src/envelope/hex.ts'
import { changesFor, edited, seenIn } from './edit.ts'

const fileSpace = (bytes: Uint8Array): Space => ({ id: '', via: 'file', map: 'exact', bytes, pieces: [] })
const text = (value: string) => new TextEncoder().encode(value)
const bytes = fc.uint8Array({ minLength: 1, maxLength: 80 })

function after(spaces: readonly Space[], space: string, offset: number, to: number): Uint8Array | undefined {
  const changes = changesFor(spaces, space, offset, to)
  const file = spaces[0]?.bytes
  return changes && file && edited(file, [{ file: 'x', space, offset, before: 0, after: to, changes }])
}

describe('a change seen in derived bytes', () => {
  it('is a change of two characters of hex', () => {
    const file = text('0aFF 10')
    const hex = readHex(sliceOf('', file))
    expect(hex && new TextDecoder().decode(after([fileSpace(file), hex.space], hex.space.id, 1, 0xab))).toBe('0aAB 10')
  })
  it('gives back exactly the wanted bytes through base64 of any length, wrapped or not', () => {
    fc.assert(
      fc.property(bytes, fc.nat(), fc.nat(255), fc.boolean(), (wanted, at, to, isWrapped) => {
        const offset = at % wanted.length
        const plain = toBase64(wanted)
        const file = text(isWrapped ? plain.replace(/.{5}/g, '$&\n') : plain)
        const read = readBase64(sliceOf('', file))
        if (!read) throw new Error('not read')
        const changed = after([fileSpace(file), read.space], read.space.id, offset, to)
        const again = changed && readBase64(sliceOf('', changed))
        const expected = wanted.slice()
        expected[offset] = to
        expect(again && [...again.space.bytes]).toEqual([...expected])
      }),
    )
  })
  it('goes through base64 in base64', () => {
    fc.assert(
      fc.property(bytes, fc.nat(), fc.nat(255), (wanted, at, to) => {
        const offset = at % wanted.length
        const file = text(toBase64(text(toBase64(wanted))))
        const outer = readBase64(sliceOf('', file))
        const inner = outer && readBase64(outer.slice)
        if (!inner) throw new Error('not read')
        const changed = after([fileSpace(file), outer.space, inner.space], inner.space.id, offset, to)
        const outerAgain = changed && readBase64(sliceOf('', changed))
        const again = outerAgain && readBase64(outerAgain.slice)
        const expected = wanted.slice()
        expected[offset] = to
        expect(again && [...again.space.bytes]).toEqual([...expected])
      }),
    )
  })
  it('is refused where the text could not hold it', () => {
    const file = text('{"a":"bc"}')
    const inner: Space = {
      id: 'json-unescape@6',
      parent: '',
      via: 'json-unescape',
      map: 'exact',
      bytes: text('bc'),
      pieces: [{ at: 0, length: 2, sourceStart: 6, sourceEnd: 8 }],
    }
    expect(changesFor([fileSpace(file), inner], inner.id, 0, 0x64)).toEqual([{ offset: 6, to: 0x64 }])
    expect(changesFor([fileSpace(file), inner], inner.id, 0, 0x22)).toBeUndefined()
    const inflated: Space = {
      id: 'inflate@0',
      parent: '',
      via: 'inflate',
      map: 'opaque',
      bytes: text('bc'),
      pieces: [{ at: 0, length: 2, sourceStart: 0, sourceEnd: 10 }],
    }
    expect(changesFor([fileSpace(file), inflated], inflated.id, 0, 1)).toBeUndefined()
  })
  it('never touches the bytes that were opened', () => {
    const file = text('abc')
    expect([
      ...edited(file, [{ file: 'x', space: '', offset: 1, before: 0x62, after: 0, changes: [{ offset: 1, to: 0 }] }]),
    ]).toEqual([0x61, 0, 0x63])
    expect([...file]).toEqual([...text('abc')])
  })
})

describe('where a byte of the file shows', () => {
  it('follows it into every derived space', () => {
    const file = text('61 62 63')
    const hex = readHex(sliceOf('', file))
    if (!hex) throw new Error('not read')
    expect(seenIn([fileSpace(file), hex.space], 3)).toEqual([
      { space: '', start: 3, end: 4 },
      { space: hex.space.id, start: 1, end: 2 },
    ])
  })
})
