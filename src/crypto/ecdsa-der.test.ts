import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../bytes/layout.ts'
import { derToP1363, p1363ToDer } from './ecdsa-der.ts'

const bytes = (hex: string) => fromHex(hex.replaceAll(' ', '')) ?? new Uint8Array()
const R = '11'.repeat(32)
const S = '22'.repeat(32)
const GOOD = `3044 0220${R} 0220${S}`

describe('the one DER form', () => {
  it('is read', () => expect(toHex(derToP1363(bytes(GOOD), 32) ?? new Uint8Array())).toBe(R + S))
  it('comes back from every r ‖ s', () => {
    for (const width of [32, 48, 66]) {
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 2 * width, maxLength: 2 * width }), fc.nat(width - 1), (raw, zeros) => {
          raw.fill(0, 0, zeros)
          if (raw.subarray(0, width).every((byte) => byte === 0) || raw.subarray(width).every((byte) => byte === 0))
            return
          if (width === 66) {
            raw[0] = (raw[0] ?? 0) & 1
            raw[width] = (raw[width] ?? 0) & 1
          }
          expect(derToP1363(p1363ToDer(raw), width)).toEqual(raw)
        }),
      )
    }
  })
  it.each([
    ['long length where the short one does', `308144 0220${R} 0220${S}`],
    ['two length bytes', `30820044 0220${R} 0220${S}`],
    ['long length of an integer', `3045 028120${R} 0220${S}`],
    ['open length (BER)', `3080 0220${R} 0220${S} 0000`],
    ['leading zero', `3045 022100${R} 0220${S}`],
    ['missing zero: negative r', `3044 0220${'81'.repeat(32)} 0220${S}`],
    ['negative s', `3044 0220${R} 0220${'ff'.repeat(32)}`],
    ['r = 0', `3025 020100 0220${S}`],
    ['s = 0', `3025 0220${R} 020100`],
    ['empty r', `3024 0200 0220${S}`],
    ['bytes behind', `${GOOD} 00`],
    ['bytes behind inside', `3046 0220${R} 0220${S} 0500`],
    ['a third integer', `3047 0220${R} 0220${S} 020101`],
    ['length short by one', `3043 0220${R} 0220${S}`],
    ['length long by one', `3045 0220${R} 0220${S}`],
    ['cut off', `3044 0220${R} 0220${'22'.repeat(31)}`],
    ['r too long', `3045 0221 11${R} 0220${S}`],
    ['a set', `3144 0220${R} 0220${S}`],
    ['an octet string for r', `3044 0420${R} 0220${S}`],
    ['r alone', `3022 0220${R}`],
    ['an empty sequence', '3000'],
    ['nothing', ''],
    ['raw r ‖ s', R + S],
    ['length byte 0x80', `3080 0220${R} 0220${S}`],
  ])('refuses %s', (_, hex) => expect(derToP1363(bytes(hex), 32)).toBeUndefined())
  it('refuses every other byte string near it', () => {
    const good = bytes(GOOD)
    expect(derToP1363(good, 32)).toBeDefined()
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
        const changed = good.slice()
        changed[at] = value
        const read = derToP1363(changed, 32)
        // What is still read must be its own one encoding.
        expect(read ? p1363ToDer(read) : changed).toEqual(changed)
      }),
      { numRuns: 2000 },
    )
  })
})
