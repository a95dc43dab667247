import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { fromHex, tilingFaults, toHex } from '../../bytes/layout.ts'
import { cborArray, cborBytes, cborInt, cborMap, cborTag, cborText } from '../../bytes/cbor-writer.ts'
import { contentFormatOf } from './cmw.ts'
import { entry } from './index.ts'
import { scheme } from './scheme.ts'

/** Detects and decodes as the engine would; the parts that are opened, by name and content. */
function open(bytes: Uint8Array) {
  const slice = sliceOf('', bytes)
  const best = entry.detectors.flatMap((detect) => detect(slice) ?? []).sort((a, b) => b.score - a.score)[0]
  const format = scheme.formats.find((one) => one.id === best?.format)
  const decoding = format?.decode(slice, { hints: {} })
  if (decoding) expect(tilingFaults(decoding.tree(), slice)).toEqual({ holes: [], overlaps: [] })
  return { format: best?.format, inner: (decoding?.inner ?? []).map((one) => [one.name, toHex(bytesOf(one.slice))]) }
}
const text = (content: string) => new TextEncoder().encode(content)

describe('conceptual message wrappers', () => {
  it('are opened from JSON', () => {
    expect(open(text('["application/eat-ucs+json", "e30K", 4]'))).toEqual({
      format: 'eat.cmw-json',
      inner: [['application/eat-ucs+json', '7b7d0a']],
    })
    expect(
      open(
        text('{"a": ["application/vnd.a", "YQ"], "more": {"__cmwc_t": "tag:example.com,2026:x", "b": [263, "Yg"]}}'),
      ),
    ).toEqual({
      format: 'eat.cmw-json',
      inner: [
        ['a (application/vnd.a)', '61'],
        ['more/b (263)', '62'],
      ],
    })
  })
  it('are opened from CBOR, as record, collection and tag', () => {
    expect(open(cborArray(cborInt(263), cborBytes(Uint8Array.of(1, 2)), cborInt(4)))).toEqual({
      format: 'eat.cmw-cbor',
      inner: [['263', '0102']],
    })
    expect(
      open(
        cborMap(
          [1, cborArray(cborText('application/vnd.a'), cborBytes(Uint8Array.of(7)))],
          ['t', cborTag(1668612070, cborBytes(fromHex('2347da55') ?? new Uint8Array()))],
        ),
      ),
    ).toEqual({
      format: 'eat.cmw-cbor',
      inner: [
        ['1 (application/vnd.a)', '07'],
        ['t (64999)', '2347da55'],
      ],
    })
  })
  it('are opened inside a COSE signature, which they say is not checked', async () => {
    const record = cborArray(cborInt(263), cborBytes(Uint8Array.of(1, 2)))
    const signed = (payload: Uint8Array, type: Uint8Array) =>
      cborTag(
        18,
        cborArray(
          cborBytes(cborMap([1, cborInt(-7)], [3, type])),
          cborMap(),
          cborBytes(payload),
          cborBytes(new Uint8Array(64)),
        ),
      )
    for (const payload of [record, cborMap(['a', record])])
      expect(open(signed(payload, cborText('application/cmw+cbor')))).toMatchObject({
        format: 'eat.cmw-signed',
        inner: [[expect.stringContaining('263'), '0102']],
      })
    const slice = sliceOf('', signed(record, cborText('application/cmw+cbor')))
    expect(
      scheme.formats
        .find((one) => one.id === 'eat.cmw-signed')
        ?.decode(slice, { hints: {} })
        .problems.map((problem) => problem.because.text),
    ).toEqual(['eat.cmw-signature'])
  })
  it('know content formats by their tag', () => {
    expect([1668546817n, 1668612070n, 1668612095n, 1668546816n].map(contentFormatOf)).toEqual([
      0,
      64999,
      65024,
      undefined,
    ])
  })
  it('are no other JSON and no other CBOR', () => {
    for (const other of ['{}', '[]', '["plain", "YQ"]', '["application/a", "not base64!"]', '{"a": 1}', '[1, 2]'])
      expect(open(text(other)).format).not.toBe('eat.cmw-json')
    expect(open(cborArray(cborText('plain'), cborBytes(Uint8Array.of(1)))).format).toBe('eat.cbor')
  })
})
describe('a COSE message around a map', () => {
  const cose = (claims: Uint8Array, ...header: [number, Uint8Array][]) =>
    open(
      cborTag(
        18,
        cborArray(
          cborBytes(cborMap([1, cborInt(-7)], ...header)),
          cborMap(),
          cborBytes(claims),
          cborBytes(new Uint8Array(64)),
        ),
      ),
    ).format
  it('is a token with one claim of its kind, whatever claims type is named', () => {
    for (const header of [
      [],
      [[3, cborInt(61)]],
      [[3, cborText('application/cwt')]],
      [[3, cborText('application/eat+cwt; eat_profile="tag:example.com,2026:x"')]],
    ] as [number, Uint8Array][][]) {
      expect(cose(cborMap([1, cborText('issuer')]), ...header)).toBe('eat.cwt')
      expect(cose(cborMap([265, cborText('tag:example.com,2026:x')]), ...header)).toBe('eat.cwt')
    }
  })
  it('is no token when the header names another type, as a signed CoRIM does, or when the small keys hold something else', () => {
    expect(cose(cborMap([1, cborText('issuer')]), [3, cborText('application/rim+cbor')])).toBe('eat.cbor')
    expect(
      cose(cborMap([0, cborText('id')], [1, cborArray(cborBytes(Uint8Array.of(1)))], [4, cborMap([1, cborInt(1)])])),
    ).toBe('eat.cbor')
  })
})
describe('other files', () => {
  it('are opened from diagnostic notation', () => {
    expect(open(text("[\n  64999,\n  h'2347da55' / four bytes /\n]\n"))).toEqual({
      format: 'eat.cbor-diagnostic',
      inner: [["h'…' 1", '2347da55']],
    })
    expect(open(text("1668612070(h'2347da55')")).format).toBe('eat.cbor-diagnostic')
    for (const other of ['[1, 2', "h'00", '{"a": 1}', "see h'00' there!", '12345'])
      expect(open(text(other)).format).not.toBe('eat.cbor-diagnostic')
  })
  it('are known as keys', () => {
    expect(open(text('{"kty": "EC", "crv": "P-256", "x": "a", "y": "b"}')).format).toBe('eat.key-file')
    expect(open(text('[{"instance-id": "01", "pkey": {"kty": "EC"}}]')).format).toBe('eat.key-file')
    expect(
      open(
        cborMap(
          [1, cborInt(2)],
          [-1, cborInt(1)],
          [-2, cborBytes(new Uint8Array(32))],
          [-3, cborBytes(new Uint8Array(32))],
        ),
      ).format,
    ).toBe('eat.key-file')
    expect(open(text('{"cnf": {"jwk": {"kty": "EC"}}, "iss": "x"}')).format).toBeUndefined()
  })
  it('are plain CBOR when they are one whole item', () => {
    expect(open(cborMap(['a', cborInt(1)])).format).toBe('eat.cbor')
    expect(open(fromHex('a161611801') ?? new Uint8Array()).format).toBeUndefined()
  })
})
