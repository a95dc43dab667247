import { fc } from '../../testing/seeded.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import type { FieldNode } from '../../core/field.ts'
import { bytesOf, sliceOf } from '../../core/place.ts'
import type { Decoding } from '../../core/scheme.ts'
import { explicit, implicitConstructed, integer, joinBytes, oid, sequence, set, tlv } from '../../bytes/der-writer.ts'
import { tilingFaults } from '../../bytes/layout.ts'
import { en as bytesEn } from '../../bytes/texts.en.ts'
import { encodePem } from '../../envelope/pem.ts'
import { issueCrl } from '../../pki/issue.ts'
import { en as pkiEn } from '../../pki/texts.en.ts'
import { chain, ES256, FROM, KEYS, NAMES, TO } from '../../pki/testing.ts'
import { spkiOf } from '../../pki/issue.ts'
import { textFaults } from '../../testing/texts.ts'
import { entry } from './index.ts'
import { scheme } from './scheme.ts'
import { en } from './texts.en.ts'
import { zh } from './texts.zh.ts'

let certificates: Uint8Array[]
let crl: Uint8Array
beforeAll(async () => {
  const { leaf, authority, root } = await chain()
  certificates = [leaf, authority, root].map((one) => bytesOf(one.slice))
  crl = await issueCrl({
    issuer: NAMES.authority,
    issuerKey: KEYS.authority,
    thisUpdate: FROM,
    nextUpdate: TO,
    algorithm: ES256,
    entries: Array.from({ length: 300 }, (_, i) => ({ serial: 1000 + i, revokedAt: FROM })),
  })
})

const detect = (bytes: Uint8Array) =>
  entry.detectors
    .flatMap((one) => one(sliceOf('', bytes)) ?? [])
    .toSorted((a, b) => b.score - a.score)
    .map((one) => one.format)
const decode = (format: string, bytes: Uint8Array): Decoding => {
  const known = scheme.formats.find((one) => one.id === format)
  if (!known) throw new Error(format)
  return known.decode(sliceOf('', bytes), { hints: {} })
}
const tiles = (format: string, bytes: Uint8Array) => {
  const decoding = decode(format, bytes)
  expect(tilingFaults(decoding.tree(), sliceOf('', bytes))).toEqual({ holes: [], overlaps: [] })
  return decoding
}
const nodes = (node: FieldNode): FieldNode[] => [node, ...node.children.flatMap(nodes)]
const bundle = () =>
  sequence(
    oid('1.2.840.113549.1.7.2'),
    explicit(
      0,
      sequence(
        integer(1),
        set(),
        sequence(oid('1.2.840.113549.1.7.1')),
        implicitConstructed(0, ...certificates),
        implicitConstructed(1, crl),
        set(),
      ),
    ),
  )
const pem = () =>
  new TextEncoder().encode(
    `# text before\n${certificates.map((one) => encodePem('CERTIFICATE', one)).join('')}${encodePem('X509 CRL', crl)}${encodePem('PUBLIC KEY', spkiOf(KEYS.root))}${encodePem('PRIVATE KEY', Uint8Array.of(0x30, 0))}`,
  )

describe('each format', () => {
  it('is found, tiles, and gives its parts as inner artifacts', () => {
    const all = joinBytes(certificates)
    const cases: [string, Uint8Array, string[]][] = [
      ['x509.certificate', certificates[0] ?? all, []],
      ['x509.crl', crl, []],
      ['x509.public-key', spkiOf(KEYS.rsa), []],
      ['x509.public-key', spkiOf(KEYS.ed), []],
      ['x509.concatenated', all, ['Leaf', 'Authority', 'Root']],
      ['x509.pkipath', sequence(...certificates), ['Leaf', 'Authority', 'Root']],
      ['x509.pkcs7', bundle(), ['Leaf', 'Authority', 'Root', 'Authority']],
      ['x509.pem', new TextEncoder().encode(encodePem('CERTIFICATE', certificates[0] ?? all)), ['Leaf']],
    ]
    for (const [format, bytes, inner] of cases) {
      expect(detect(bytes)[0], format).toBe(format)
      expect(
        tiles(format, bytes).inner.map((one) => one.name),
        format,
      ).toEqual(inner)
    }
  })
  it('opens every block of a PEM but private keys', () => {
    expect(detect(pem())).toEqual(['x509.pem'])
    const { inner, spaces } = tiles('x509.pem', pem())
    expect(inner.map((one) => [one.name, one.format])).toEqual([
      ['Leaf', 'x509.certificate'],
      ['Authority', 'x509.certificate'],
      ['Root', 'x509.certificate'],
      ['Authority', 'x509.crl'],
      ['#5', 'x509.public-key'],
    ])
    expect(spaces().length).toBeGreaterThanOrEqual(5)
    for (const one of inner) expect(spaces().some((space) => space.id === one.slice.space)).toBe(true)
  })
  it('opens entries of a long list on demand', () => {
    const { tree, expand } = decode('x509.crl', crl)
    const array = nodes(tree()).find((one) => one.kind === 'array')
    expect(array).toMatchObject({ count: 300 })
    expect(expand?.(array?.path ?? '', 290, 400)).toHaveLength(10)
    expect(expand?.('elsewhere', 0, 10)).toEqual([])
  })
  it('says that a signature of a CMS message is not verified', () => {
    const signed = sequence(
      oid('1.2.840.113549.1.7.2'),
      explicit(
        0,
        sequence(
          integer(1),
          set(),
          sequence(oid('1.2.840.113549.1.7.1')),
          implicitConstructed(0, ...certificates),
          set(sequence(integer(1))),
        ),
      ),
    )
    expect(
      nodes(tiles('x509.pkcs7', signed).tree()).flatMap((one) => one.problems.map((problem) => problem.because.text)),
    ).toContain('x509.cms-not-verified')
    expect(nodes(tiles('x509.pkcs7', bundle()).tree()).flatMap((one) => one.problems)).toEqual([])
  })
  it('keeps bytes behind the end in sight', () => {
    for (const [format, bytes] of [
      ['x509.certificate', certificates[0]],
      ['x509.crl', crl],
      ['x509.pkipath', sequence(...certificates)],
      ['x509.concatenated', joinBytes(certificates)],
      ['x509.public-key', spkiOf(KEYS.root)],
      ['x509.pkcs7', bundle()],
    ] as const) {
      const more = joinBytes([bytes ?? crl, new Uint8Array(16)])
      expect(
        nodes(tiles(format, more).tree()).find((one) => one.label === 'trailing'),
        format,
      ).toMatchObject({ kind: 'gap' })
    }
  })
  it('has texts for everything that it shows', () => {
    const texts: Readonly<Record<string, string>> = { ...bytesEn, ...pkiEn, ...en }
    const trees = [
      decode('x509.certificate', certificates[0] ?? crl),
      decode('x509.crl', crl),
      decode('x509.pkcs7', bundle()),
      decode('x509.pkipath', sequence(...certificates)),
      decode('x509.public-key', spkiOf(KEYS.rsa)),
    ].map((one) => one.tree())
    expect(
      [...new Set(trees.flatMap(nodes).flatMap((one) => (one.doc === undefined ? [] : [one.doc])))].filter(
        (id) => !Object.hasOwn(texts, id),
      ),
    ).toEqual([])
    expect(textFaults({ en, zh })).toEqual([])
    expect(entry.formats).toEqual(expect.arrayContaining(scheme.formats.map((one) => one.id)))
  })
})

describe('other bytes', () => {
  it('are not taken for any of these', () => {
    for (const bytes of [
      new Uint8Array(),
      Uint8Array.of(0x30),
      Uint8Array.of(0x30, 0),
      sequence(integer(1), integer(2)),
      new TextEncoder().encode('{"a":1}'),
      new TextEncoder().encode('-----BEGIN SOMETHING-----'),
      tlv(0x31, certificates[0] ?? crl),
    ])
      expect(detect(bytes)).toEqual([])
  })
  it('never throw and always tile', () => {
    const seeds: [string, Uint8Array][] = [
      ['x509.certificate', certificates[0] ?? crl],
      ['x509.crl', crl.slice(0, 600)],
      ['x509.pkcs7', bundle()],
      ['x509.pkipath', sequence(...certificates)],
      ['x509.concatenated', joinBytes(certificates)],
      ['x509.public-key', spkiOf(KEYS.rsa)],
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 6 }),
        fc.nat(2000),
        fc.boolean(),
        ([format, good], changes, cut, isCut) => {
          const bytes = good.slice(0, isCut ? cut : good.length)
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          detect(bytes)
          tiles(format, bytes)
        },
      ),
      { numRuns: 1000 },
    )
    for (const format of scheme.formats) expect(() => tiles(format.id, new Uint8Array())).not.toThrow()
  })
})
