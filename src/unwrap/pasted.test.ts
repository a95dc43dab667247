import { readFileSync } from 'node:fs'
import { gzipSync } from 'fflate'
import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf, type ByteRange, type Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { Detection } from '../core/scheme.ts'
import { toHex } from '../bytes/layout.ts'
import { toBase64 } from '../envelope/base64.ts'
import { latin1 } from '../envelope/characters.ts'
import { mapBack } from '../envelope/map-back.ts'
import { encodePem } from '../envelope/pem.ts'
import { en } from './texts.en.ts'
import { peel } from './unwrap.ts'
import type { Peeled } from './types.ts'

/** A kept sample of the project, as its bytes: the ways people paste such a file are tried on it. */
const sample = JSON.parse(
  readFileSync(new URL('../schemes/amd-sev-snp/samples/milan-v2.json', import.meta.url), 'utf8'),
) as { files: { name: string; base64: string }[] }
const REPORT = new Uint8Array(Buffer.from(sample.files[0]?.base64 ?? '', 'base64'))
/** Bytes of a made-up format, known by its first five. */
const MAGIC = [0x44, 0x0a, 0x22, 0x5c, 0xff]
const made = (rest: readonly number[]) => Uint8Array.from([...MAGIC, ...rest])

function detectAll(slice: Slice): Detection[] {
  const head = bytesOf(slice)
  const starts = (with_: ArrayLike<number>, count: number) =>
    Array.from({ length: count }, (_, i) => with_[i]).every((byte, i) => head[i] === byte)
  if (starts(MAGIC, 5) || starts(REPORT, 96)) return [{ format: 'demo', score: 1, because: say('x') }]
  if (latin1(head.subarray(0, 200)).includes('"demoVersion"') && head[0] === 0x7b)
    return [{ format: 'document', score: 1, because: say('x') }]
  return latin1(head.subarray(0, 27)) === '-----BEGIN CERTIFICATE-----'
    ? [{ format: 'pem', score: 0.9, because: say('x') }]
    : []
}
const utf8 = (text: string) => new TextEncoder().encode(text)
const peelOf = (source: string | Uint8Array) =>
  peel(sliceOf('', typeof source === 'string' ? utf8(source) : source), detectAll)

/** What the first reading, or the only part, comes to; and for each of its bytes the place in the file that says it. */
function reached(
  peeled: Peeled,
): { hex: string; path: readonly string[]; placeOf: (at: number) => ByteRange | undefined } | undefined {
  const [best] = peeled.readings
  if (!best) return undefined
  const spaces = new Map(best.spaces.map((space) => [space.id, space]))
  const placeOf = (at: number) => {
    let ranges: ByteRange[] = [
      { space: best.slice.space, start: best.slice.start + at, end: best.slice.start + at + 1 },
    ]
    for (let i = 0; i < 10 && ranges.some(({ space }) => space !== ''); i++)
      ranges = ranges.flatMap((range) => (range.space === '' ? [range] : mapBack(spaces, range)))
    return ranges[0]
  }
  return { hex: toHex(bytesOf(best.slice)), path: best.path, placeOf }
}

const pairs = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0'))
const chunks = (text: string, width: number) => text.match(new RegExp(`[^]{1,${width}}`, 'g')) ?? []
const rows = (bytes: Uint8Array, width: number) =>
  Array.from({ length: Math.ceil(bytes.length / width) }, (_, i) => bytes.subarray(i * width, (i + 1) * width))
const shown = (bytes: Uint8Array) =>
  [...bytes].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
const escaped = (bytes: Uint8Array) =>
  [...bytes]
    .map((byte) =>
      byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x27 && byte !== 0x5c
        ? String.fromCharCode(byte)
        : `\\x${byte.toString(16).padStart(2, '0')}`,
    )
    .join('')
const dump = (bytes: Uint8Array, line: (offset: number, row: Uint8Array) => string) =>
  rows(bytes, 16)
    .map((row, i) => line(16 * i, row))
    .join('\n')
const hex8 = (n: number) => n.toString(16).padStart(8, '0')

/** Every way in which one run of bytes is pasted or saved: name, what it looks like. */
const WAYS: Readonly<Record<string, (bytes: Uint8Array) => string | Uint8Array>> = {
  'Rust, decimal with suffix': (b) => `&[${[...b].map((n) => `${n}u8`).join(', ')}]`,
  'Rust, hex with suffix': (b) =>
    `let q = [${pairs(b)
      .map((p) => `0x${p}_u8`)
      .join(', ')}];`,
  'Rust, hex over lines': (b) =>
    `const QUOTE: [u8; ${b.length}] = [\n${rows(b, 12)
      .map(
        (row) =>
          `    ${pairs(row)
            .map((p) => `0x${p},`)
            .join(' ')}`,
      )
      .join('\n')}\n];\n`,
  'dbg! of Rust': (b) => `[src/main.rs:12] &quote = [\n${[...b].map((n) => `    ${n},`).join('\n')}\n]\n`,
  'byte string': (b) => `let q = b"${escaped(b)}";`,
  'Python repr': (b) => `quote = b'${escaped(b)}'\n`,
  'Python literals over lines': (b) =>
    `QUOTE = (\n${chunks(toHex(b), 64)
      .map((part) => `    '${part}'`)
      .join('\n')}\n)\n`,
  'C array with remarks': (b) =>
    `/* from the host */\nint f(void) { return 0; }\nconst uint8_t quote[] = {\n${rows(b, 16)
      .map(
        (row, i) =>
          `  ${pairs(row)
            .map((p) => `0x${p},`)
            .join(' ')} // ${16 * i}`,
      )
      .join('\n')}\n};\n`,
  'C array, decimal': (b) => `unsigned char q[] = {${[...b].join(', ')}};\n`,
  'C string over lines': (b) =>
    `const char *q =\n${rows(b, 16)
      .map(
        (row) =>
          `    "${pairs(row)
            .map((p) => `\\x${p}`)
            .join('')}"`,
      )
      .join('\n')};\n`,
  'octal escapes': (b) => `quote: "${[...b].map((n) => `\\${n.toString(8).padStart(3, '0')}`).join('')}"\n`,
  'JavaScript, joined': (b) =>
    `const quote = ${chunks(toBase64(b), 64)
      .map((part) => `'${part}'`)
      .join(' +\n  ')};\n`,
  'Node Buffer': (b) => `<Buffer ${pairs(b).join(' ')}>`,
  'Uint8Array as JSON': (b) => JSON.stringify({ quote: Object.fromEntries([...b].entries()) }),
  'base64 in an array of lines': (b) => JSON.stringify({ quote: chunks(toBase64(b), 64) }),
  'Go []byte': (b) => `[]byte{${[...b].map((n) => `0x${n.toString(16)}`).join(', ')}}`,
  'Go, printed': (b) => `[${[...b].join(' ')}]`,
  'Java, casts': (b) =>
    `byte[] q = new byte[] {${pairs(b)
      .map((p) => `(byte) 0x${p}`)
      .join(', ')}};`,
  Erlang: (b) => `<<${[...b].join(',')}>>`,
  'numbers, one a line': (b) => [...b].join('\r\n'),
  'numbers, bare': (b) => [...b].join(', '),
  'spaced hex in a sentence': (b) => `here is my quote: ${pairs(b).join(' ')}\nok?`,
  'hex and a full stop': (b) => `My quote is 0x${toHex(b)}.`,
  'hex and a good-bye': (b) => `Hi,\n${toHex(b)}\nbye\n`,
  'xxd behind a prompt': (b) =>
    `$ xxd q.bin\n${dump(b, (at, row) => `${hex8(at)}: ${chunks(toHex(row), 4).join(' ').padEnd(39)}  ${shown(row)}`)}\n$ `,
  'xxd in a quoted mail': (b) =>
    dump(b, (at, row) => `> ${hex8(at)}: ${chunks(toHex(row), 4).join(' ').padEnd(39)}  ${shown(row)}`),
  tcpdump: (b) =>
    dump(
      b,
      (at, row) =>
        `\t0x${at.toString(16).padStart(4, '0')}:  ${chunks(toHex(row), 4).join(' ').padEnd(39)}  ${shown(row)}`,
    ),
  'kernel log': (b) =>
    dump(
      b,
      (at, row) =>
        `[   12.${at.toString().padStart(6, '0')}] quote: ${hex8(at)}: ${pairs(row).join(' ')}  ${shown(row)}`,
    ),
  'PowerShell Format-Hex': (b) =>
    `\r\n          Offset Bytes                                           Ascii\r\n          ------ ----- -----\r\n${dump(b, (at, row) => `${at.toString(16).padStart(16, '0')} ${pairs(row).join(' ').padEnd(48)}${shown(row)}`).replaceAll('\n', '\r\n')}\r\n`,
  'od -b': (b) =>
    dump(
      b,
      (at, row) =>
        `${at.toString(8).padStart(7, '0')} ${[...row].map((n) => n.toString(8).padStart(3, '0')).join(' ')}`,
    ),
  'lines with numbers': (b) =>
    chunks(toBase64(b), 64)
      .map((part, i) => `${String(i + 1).padStart(5)}  ${part}`)
      .join('\n'),
  'quoted in a mail': (b) =>
    `On Monday Bob wrote:\n${chunks(toBase64(b), 64)
      .map((part) => `> ${part}`)
      .join('\n')}\n\nthanks\n`,
  'a patch': (b) =>
    `--- a/q\n+++ b/q\n@@ -0,0 +1,9 @@\n${chunks(toHex(b), 64)
      .map((part) => `+${part}`)
      .join('\n')}\n`,
  'a line of a log each': (b) =>
    chunks(toBase64(b), 40)
      .map((part, i) => `2026-10-01T12:00:00Z INFO quote[${i}]: ${part}`)
      .join('\n'),
  'lines that go on': (b) => chunks(toHex(b), 64).join('\\\n'),
  'here document': (b) => `cat <<'EOF' | base64 -d > q\n${chunks(toBase64(b), 76).join('\n')}\nEOF\n`,
  'wrapped behind a tag': (b) => `<!doctype html><pre>${chunks(toHex(b), 80).join('\n')}</pre>`,
  'terminal colours': (b) => `\u001b[32mINFO\u001b[0m quote=\u001b[1;33m${toBase64(b)}\u001b[0m\n`,
  'no-break spaces': (b) => pairs(b).join('\u00a0'),
  'zero-width spaces': (b) => chunks(toHex(b), 64).join('\u200b\n'),
  'smart quotes in JSON': (b) => `{\u201cquote\u201d: \u201c${toBase64(b)}\u201d}`,
  'HTML entities': (b) => `<p>&quot;${toBase64(b).replaceAll('+', '&#43;').replaceAll('=', '&#61;')}&quot;</p>`,
  'quoted-printable': (b) =>
    `Content-Transfer-Encoding: quoted-printable\n\n${chunks(toBase64(b), 72)
      .map((part) => part.replaceAll('=', '=3D'))
      .join('=\n')}\n`,
  'UTF-16 without a mark': (b) =>
    Uint8Array.from(toBase64(b), (c) => c.charCodeAt(0)).reduce(
      (out, byte, i) => {
        out[2 * i] = byte
        return out
      },
      new Uint8Array(2 * toBase64(b).length),
    ),
  'Latin-1 saved as UTF-8': (b) => utf8(latin1(b)),
  'two recorded answers': (b) =>
    `HTTP/1.1 200 OK\r\nA: b\r\n\r\n{"hello": 1}\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\n{"quote":"${toBase64(b)}"}`,
  'a recorded request': (b) => `POST /attest HTTP/1.1\r\nHost: example.org\r\n\r\n{"quote":"${toBase64(b)}"}`,
}

/** Binary-safe ways need bytes that are no text. */
const NOISY: readonly string[] = ['Latin-1 saved as UTF-8']

describe('what people paste', () => {
  it('comes to the very bytes, each of which leads back to the text that says it', () => {
    for (const [name, wrap] of Object.entries(WAYS)) {
      const source = wrap(REPORT)
      const length = typeof source === 'string' ? utf8(source).length : source.length
      const found = reached(peelOf(source))
      expect(found?.hex, name).toBe(toHex(REPORT))
      let last = -1
      for (let at = 0; at < REPORT.length; at += 7) {
        const place = found?.placeOf(at)
        expect(place && place.start > last && place.end <= length, `${name} ${at}`).toBe(true)
        last = place?.start ?? last
      }
    }
  })
  it.each([
    ['a last row of a dump that is one space', [...Array.from({ length: 123 }, () => 0), 0x20], 'xxd in a quoted mail'],
    [
      'what looks like an escape of addresses',
      [0x25, 0x32, 0x30, ...Array.from({ length: 120 }, () => 0)],
      'byte string',
    ],
  ])('comes to the very bytes of %s', (_what, rest, name) => {
    const bytes = made(rest)
    expect(reached(peelOf(WAYS[name]?.(bytes) ?? ''))?.hex).toBe(toHex(bytes))
  })
  it('comes to the very bytes for any bytes', () => {
    const any = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 120, maxLength: 400 })
    fc.assert(
      fc.property(any, fc.constantFrom(...Object.keys(WAYS).filter((name) => !NOISY.includes(name))), (rest, name) => {
        const bytes = made(rest)
        expect(reached(peelOf(WAYS[name]?.(bytes) ?? ''))?.hex, name).toBe(toHex(bytes))
      }),
      { numRuns: 400 },
    )
  })
  it('finds a JSON text whole in the middle of other text', () => {
    const json = JSON.stringify(
      { demoVersion: 1, chain: encodePem('CERTIFICATE', REPORT), filler: 'x'.repeat(100) },
      null,
      1,
    )
    const ways = [
      `Here:\n\`\`\`json\n${json}\n\`\`\`\nok`,
      `hi, this: ${json} thanks`,
      `2026-01-01T00:00:00Z INFO evidence=${json.replaceAll('\n', ' ')}\n`,
      `Authorization: Bearer ${json}`,
      `// from the host\n${json}`,
      `< HTTP/2 200\n<\n${json}\n* Connection #0 left intact\n`,
      json
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n'),
      `\u001b[32m${json}\u001b[0m`,
    ]
    for (const source of ways) {
      const peeled = peelOf(source)
      expect(peeled.readings[0]?.detections[0]?.format, source.slice(0, 30)).toBe('document')
      expect(() => {
        JSON.parse(latin1(bytesOf(peeled.readings[0]?.slice ?? sliceOf('', new Uint8Array()))))
      }).not.toThrow()
    }
  })
})

describe('what is not whole', () => {
  const reasons = (source: string | Uint8Array) => {
    const peeled = peelOf(source)
    return {
      readings: peeled.readings.length,
      parts: peeled.parts.length,
      texts: peeled.problems.map(({ because }) => because.text),
    }
  }
  const none = (reason: string) => ({ readings: 0, parts: 0, texts: expect.arrayContaining([reason]) as unknown })
  const base64 = toBase64(REPORT)
  const hex = toHex(REPORT)
  it('is not read as if it ended there', () => {
    expect(reasons(`${base64.slice(0, 500)}!${base64.slice(501)}`)).toEqual(none('unwrap.looks-like.broken-base64'))
    expect(reasons(`${hex.slice(0, 300)}O${hex.slice(301)}`)).toEqual(none('unwrap.looks-like.broken-hex'))
    expect(reasons(`quote: ${base64.slice(0, 500)}!${base64.slice(501)} ok`)).toEqual(
      none('unwrap.looks-like.broken-value'),
    )
    expect(reasons(`${base64.slice(0, 600)}\u2026`)).toEqual(none('unwrap.looks-like.left-out'))
    expect(reasons(`${hex.slice(0, 600)}...${hex.slice(-600)}`)).toEqual(none('unwrap.looks-like.left-out'))
    expect(reasons(`${hex.slice(0, 600)}\n[...]\n${hex.slice(700)}`)).toEqual(none('unwrap.looks-like.left-out'))
    expect(reasons(` 44 0a 22 5c ff ${'00 '.repeat(80)}\n*\n 01 02\n`)).toEqual(
      none('unwrap.looks-like.repeated-lines'),
    )
  })
  it('says where', () => {
    const [problem] = peelOf(`quote: ${base64.slice(0, 500)}!${base64.slice(501)} ok`).problems
    expect(problem?.because.params).toMatchObject({ at: '0x1fb', from: '0x7' })
    expect(problem?.range.start).toBe(0x1fb)
  })
  it('says which way of writing bytes is not read', () => {
    expect(reasons([...REPORT].map((byte) => byte.toString(2).padStart(8, '0')).join(' '))).toEqual(
      none('unwrap.looks-like.bits'),
    )
    expect(reasons('MFRGGZDFMZTWQ2LK'.repeat(8))).toEqual(none('unwrap.looks-like.base32'))
    expect(reasons('begin 644 quote.bin\nM8F%S938T\n`\nend\n')).toEqual(none('unwrap.looks-like.uuencode'))
  })
  it('says that bytes were lost when binary was saved as text', () => {
    const { texts } = reasons(
      utf8(new TextDecoder('utf-8').decode(Uint8Array.from({ length: 400 }, (_, i) => 128 + (i % 128)))),
    )
    expect(texts).toContain('unwrap.looks-like.bytes-lost')
  })
  it('names what IBM Secure Execution writes, which is no evidence that could be read here', () => {
    const marked = (mark: string) => reasons(Uint8Array.from([...utf8(mark), 0, 0, 1, 0, 0, 0, 1, 0xc0, ...REPORT]))
    expect(marked('pvattest').texts).toContain('unwrap.looks-like.ibm-se-exchange')
    expect(marked('IBMSecEx').texts).toContain('unwrap.looks-like.ibm-se-header')
  })
  it('is not looked for inside packed files', () => {
    expect(reasons(Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3, 0x48, 0x43, 0x4c, 0x41, ...REPORT]))).toEqual(
      none('unwrap.looks-like.zstd'),
    )
    expect(reasons(Uint8Array.from([0x50, 0x4b, 3, 4, ...new Uint8Array(30), ...REPORT]))).toEqual(
      none('zip.no-directory'),
    )
  })
  it('has words for each reason', () => {
    for (const source of [
      `${base64.slice(0, 600)}\u2026`,
      `${hex.slice(0, 600)}\n[...]\n`,
      `quote: ${base64.slice(0, 500)}!${base64.slice(501)} ok`,
    ])
      for (const { because } of peelOf(source).problems) expect(because.text in en).toBe(true)
  })
})

describe('layers around several things', () => {
  it('keeps lines that say several things apart', () => {
    const log = [1, 2, 3]
      .map((seed) => `2026-10-01 INFO quote=${toBase64(made(Array.from({ length: 100 }, (_, i) => (i * seed) & 255)))}`)
      .join('\n')
    expect(peelOf(log).parts).toHaveLength(3)
  })
  it('joins members of gzip', () => {
    const source = Buffer.concat([gzipSync(REPORT.subarray(0, 500)), gzipSync(REPORT.subarray(500))])
    expect(reached(peelOf(source))?.hex).toBe(toHex(REPORT))
  })
})

describe('hostile text', () => {
  const cpu = (run: () => void) => {
    const from = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1000
  }
  it('takes time in proportion to the size', () => {
    for (const unit of [
      '[1//[1/*',
      '[1,',
      '"\\x41" ',
      '"\\q" ',
      `"'`,
      '> ',
      '>>> a\n',
      '+a\n',
      '1: AAAAAAAAAAAAAAAAAAAAAAAA\n',
      '{"a":1} ',
      '{"a":',
      '&#43;',
      '\u001b[',
      '\u001b[0mA',
      'a=\n',
      '\u00a0',
      '\u00c3\u00bf',
      '<Buffer ',
      '<<EOF\n',
      '00000000: 00\n',
      '*\n',
      '04 ',
      'AB CD\n\n',
      '\\"',
      'HTTP/1.1 200 OK\r\n\r\n',
      '\nHTTP/1.1 200 OK\r\nA: b\r\n\r\n{}',
      `x ${'A'.repeat(80)}\n`,
    ]) {
      const size = Math.ceil(32_000 / unit.length)
      const best = (count: number) => {
        const source = Buffer.from(unit.repeat(count), 'utf8')
        return Math.min(
          ...[1, 2, 3].map(() =>
            cpu(() => {
              peelOf(source)
            }),
          ),
        )
      }
      best(size)
      // Quadratic time would be sixteenfold.
      expect(best(4 * size), unit).toBeLessThan(8 * best(size) + 40)
    }
  }, 120_000)
  it('never throws', () => {
    const token = fc.constantFrom(
      '[',
      '1, ',
      '0x04, ',
      ']',
      '{',
      '}',
      '"',
      `b'`,
      '\\x04',
      '\\',
      '\n',
      '> ',
      '+',
      '1: ',
      ' ',
      '00000000: ',
      '04 ',
      '*',
      '&#43;',
      '=\n',
      '\u001b[0m',
      '\u00a0',
      '\u2026',
      '...',
      '<<EOF',
      '<Buffer ',
      '//',
      '/*',
      'A'.repeat(64),
      '-----BEGIN A-----',
      'HTTP/1.1 200 OK\n\n',
      'POST / HTTP/1.1\n\n',
      '{"a":1}',
      'ustar',
    )
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), (parts) => {
        expect(peelOf(parts.join('')).readings.length).toBeLessThan(10)
      }),
      { numRuns: 1500 },
    )
  }, 60_000)
})
