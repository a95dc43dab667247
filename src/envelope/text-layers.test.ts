import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf, type Slice } from '../core/place.ts'
import { toHex } from '../bytes/layout.ts'
import { readBase64, toBase64, toBase64Url } from './base64.ts'
import { readHex } from './hex.ts'
import { mapBack } from './map-back.ts'
import type { Unwrapped } from './types.ts'

const text = (from: string) => sliceOf('', new TextEncoder().encode(from))
const hexOf = (read: Unwrapped | undefined) => read && toHex(bytesOf(read.slice))
const reasons = (read: Unwrapped | undefined) => read?.problems.map((problem) => problem.because.text)

/** For each derived byte, the source text that says it. */
function said(source: Slice, read: Unwrapped): string[] {
  const spaces = new Map([[read.space.id, read.space]])
  return [...bytesOf(read.slice)].map((_, at) =>
    mapBack(spaces, { space: read.space.id, start: at, end: at + 1 })
      .map(({ start, end }) => new TextDecoder('latin1').decode(source.bytes.subarray(start, end)))
      .join('|'),
  )
}

describe('hex', () => {
  const wrap = (parts: readonly string[], separator: string, width: number) =>
    parts.map((part, i) => (i > 0 ? (i % width === 0 ? '\n' : separator) : '') + part).join('')
  it('reads every usual way of writing bytes, and maps each byte to its digits', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 70 }),
        fc.constantFrom('', ' ', ':', ', ', ',', '-', '\n'),
        fc.constantFrom('', '0x', '\\x'),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        (bytes, separator, prefix, upper, width) => {
          fc.pre(!(prefix === '0x' && separator === ''))
          const parts = [...bytes].map((byte) => {
            const pair = byte.toString(16).padStart(2, '0')
            return upper ? pair.toUpperCase() : pair
          })
          const source = text(
            wrap(
              parts.map((part) => prefix + part),
              separator,
              width,
            ),
          )
          const read = readHex(source)
          expect(hexOf(read)).toBe(toHex(bytes))
          if (read) expect(said(source, read)).toEqual(parts)
        },
      ),
    )
  })
  it('reads a text that was wrapped in the middle of a byte', () =>
    expect(hexOf(readHex(text('040\n002\r\n00')))).toBe('04000200'))
  it('reads one 0x in front of everything', () => expect(hexOf(readHex(text('0x04000200\n')))).toBe('04000200'))
  it('reads a C array, digits without leading zero, text around it', () => {
    expect(hexOf(readHex(text('{0x4, 0x00,\n0xAB}')))).toBe('0400ab')
    const read = readHex(text('unsigned char quote[] = {\n  0x04, 0x00, 0x02\n};\nunsigned int quote_len = 3;\n'))
    expect(hexOf(read)).toBe('040002')
    expect(reasons(read)).toEqual(['hex.surroundings'])
  })
  it('reads an array of Rust or Go with text around it, whatever other brackets come first', () => {
    const many = '0x04, 0x00, 0x02,\n'.repeat(40)
    for (const source of [
      `// a quote\npub const QUOTE: [u8; 120] = [\n${many}];\n`,
      `var quote = []byte{${many}}\nfunc main() {}\n`,
      `quote: &[u8] = &[${many}];`,
    ]) {
      const read = readHex(text(source))
      expect([hexOf(read), reasons(read)]).toEqual(['040002'.repeat(40), ['hex.surroundings']])
    }
    // A longer source is not thrown away for its first array.
    for (const wrong of [
      `let a = [${many}];\nlet b = "${'04'.repeat(200)}";`,
      'x = [0x04, 0x00',
      'x = [4, 0]',
      'y = [0x04, 0x0g]',
      `${' '.repeat(5000)}x = [0x04]`,
    ])
      expect(readHex(text(wrong))).toBeUndefined()
  })
  it('refuses what is not whole bytes', () => {
    for (const wrong of ['', ' ', '0', '040', '04 0', '0x', '04g0', '4, 0, 2', 'hello', '0x040', '04\0'])
      expect(readHex(text(wrong))).toBeUndefined()
  })
  it('says when cases are mixed', () => expect(reasons(readHex(text('aAbB')))).toEqual(['hex.mixed-case']))

  const sample = Uint8Array.from({ length: 37 }, (_, i) => (i * 7 + 4) & 255)
  const pairs = (from: number, to: number) =>
    [...sample.subarray(from, to)].map((byte) => byte.toString(16).padStart(2, '0'))
  it('reads xxd', () => {
    const line = (at: number) =>
      `${at.toString(16).padStart(8, '0')}: ${(
        pairs(at, at + 16)
          .join('')
          .match(/.{1,4}/g) ?? []
      )
        .join(' ')
        .padEnd(39)}  ................`
    const source = text([0, 16, 32].map(line).join('\n') + '\n')
    const read = readHex(source)
    expect(hexOf(read)).toBe(toHex(sample))
    if (read) expect(said(source, read)).toEqual(pairs(0, 37))
  })
  it('reads hexdump -C with repeats', () => {
    const zeros = '00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|'
    const read = readHex(
      text(`00000000  ${zeros}\n*\n00000040  01 02 03                                          |...|\n00000043\n`),
    )
    expect(hexOf(read)).toBe('00'.repeat(64) + '010203')
  })
  it('reads hexdump without options: words, low byte first', () =>
    expect(hexOf(readHex(text('0000000 0004 0002 0000 0000 000b 000a 9a93 3372\n0000010 7f9c 4cc4\n0000014\n')))).toBe(
      '0400020000000000' + '0b000a00939a7233' + '9c7fc44c',
    ))
  it('reads od -t x1, whose offsets are octal', () =>
    expect(
      hexOf(readHex(text('0000000 04 00 02 00 00 00 00 00 0b 00 0a 00 93 9a 72 33\n0000020 01 02\n0000022\n'))),
    ).toBe('04000200000000000b000a00939a72330102'))
  it('does not believe offsets that disagree, or a repeat without end', () => {
    expect(readHex(text('00000000: 0400 0200\n00000008: 0100\n'))).toBeUndefined()
    expect(readHex(text('00000000  00 00\n*\nffffffff  01\n'))).toBeUndefined()
    expect(readHex(text('00000000  00 00\n*\n00fffffe  01\n'))).toBeUndefined()
  })
})

describe('base64', () => {
  it('reads back what it writes, in both alphabets, wrapped at any width', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 80 }),
        (bytes, url, width) => {
          const written = url ? toBase64Url(bytes) : toBase64(bytes)
          expect(written).toBe(Buffer.from(bytes).toString(url ? 'base64url' : 'base64'))
          const source = text((written.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\r\n'))
          const read = readBase64(source)
          expect(hexOf(read)).toBe(toHex(bytes))
          if (!read) return
          expect(read.problems).toEqual([])
          for (const [at, own] of said(source, read).entries()) {
            // Of the four characters of a group, a byte is said by the two that hold its bits.
            const first = Math.floor((at * 8) / 6)
            expect(own.replace(/\r\n/g, '')).toBe(written.slice(first, first + 2))
          }
        },
      ),
    )
  })
  it('says what is odd', () => {
    expect(reasons(readBase64(text('AA/CAw')))).toEqual(['base64.no-padding'])
    expect(reasons(readBase64(text('AAECAx==')))).toEqual(['base64.spare-bits'])
    expect(reasons(readBase64(text('+A-A')))).toEqual(['base64.mixed-alphabets'])
    expect(reasons(readBase64(text('-AECAw==')))).toEqual([])
    expect(reasons(readBase64(text('-AECAw=='), { url: true }))).toEqual(['base64.padding'])
    expect(readBase64(text('+AEC'), { url: true })).toBeUndefined()
  })
  it('refuses everything else', () => {
    for (const wrong of ['', '=', '====', 'A', 'AAAAA', 'AA=', 'AAA==', 'AA==AA==', 'AA=A', 'AAEC\0', 'AA EC!', '{}'])
      expect(readBase64(text(wrong))).toBeUndefined()
  })
  it('never throws, and agrees with the platform on what it reads', () => {
    let count = 0
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AZaz09+/-_= \n=='.split('')), maxLength: 30 }), (any) => {
        const read = readBase64(text(any))
        if (!read) return
        count++
        expect(hexOf(read)).toBe(Buffer.from(any, 'base64').toString('hex'))
      }),
      { numRuns: 500 },
    )
    expect(count).toBeGreaterThan(0)
  })
})
