import { beforeAll, describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../core/place.ts'
import type { TrustAnchor } from '../core/scheme.ts'
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  nothing,
  octetString,
  oid,
  printable,
  sequence,
  set,
  time,
  tlv,
  utf8,
} from '../bytes/der-writer.ts'
import { joinBytes } from '../bytes/join.ts'
import { p1363ToDer } from '../crypto/ecdsa-der.ts'
import { ecSpki } from '../crypto/keys.ts'
import { readCertificate } from './certificate.ts'
import { algorithmIdentifier, name, signWith, spkiOf } from './issue.ts'
import { verifyPath } from './path.ts'
import { anchorOf, AT, BAD_KEYS, chain, ES256, FROM, KEYS, NAMES, PROFILE, TO } from './testing.ts'
import type { Certificate } from './types.ts'

/**
 * Certificates that are signed as they should be and wrong in one thing: what public suites and forgers have fooled verifiers with, made here.
 * Each is put where it would do harm, and must never end at the root beyond doubt. The first test shows that the untouched ones do.
 */
interface Parts {
  readonly version: Uint8Array
  readonly serial: Uint8Array
  readonly inner: Uint8Array
  readonly outer: Uint8Array
  readonly issuer: Uint8Array
  readonly validity: Uint8Array
  readonly subject: Uint8Array
  readonly spki: Uint8Array
  /** `[3]` and what is in it. */
  readonly extensions: Uint8Array
  /** Behind the extensions. */
  readonly more: Uint8Array
  readonly signer: JsonWebKey
  /** The value of the BIT STRING, from r ‖ s in DER. */
  readonly signature: (der: Uint8Array) => Uint8Array
  readonly whole: (der: Uint8Array) => Uint8Array
}

const EMPTY = new Uint8Array()
const ES256_ID = algorithmIdentifier(ES256)
const critical = (id: string, value: Uint8Array) => sequence(oid(id), boolean(true), octetString(value))
const plain = (id: string, value: Uint8Array) => sequence(oid(id), octetString(value))
const extensionList = (...list: readonly Uint8Array[]) => explicit(3, sequence(...list))
const BASIC = '2.5.29.19'
const USAGE = '2.5.29.15'
const LEAF_USAGE = critical(USAGE, bitString(Uint8Array.of(0x80), 7))
const CA_USAGE = critical(USAGE, bitString(Uint8Array.of(0x06), 1))
const NO_CA = critical(BASIC, sequence())
const CA = critical(BASIC, sequence(boolean(true)))
const text = (tag: number, value: string) => tlv(tag, new TextEncoder().encode(value))
const utc = (value: string) => text(0x17, value)
const general = (value: string) => text(0x18, value)

const LEAF: Parts = {
  version: explicit(0, integer(2)),
  serial: integer(77),
  inner: ES256_ID,
  outer: ES256_ID,
  issuer: NAMES.authority,
  validity: sequence(time(FROM), time(TO)),
  subject: NAMES.leaf,
  spki: spkiOf(KEYS.leaf),
  extensions: extensionList(NO_CA, LEAF_USAGE),
  more: EMPTY,
  signer: KEYS.authority,
  signature: (der) => bitString(der),
  whole: (der) => der,
}
const AUTHORITY: Parts = {
  ...LEAF,
  issuer: NAMES.root,
  subject: NAMES.authority,
  spki: spkiOf(KEYS.authority),
  extensions: extensionList(CA, CA_USAGE),
  signer: KEYS.root,
}

async function made(parts: Parts): Promise<Uint8Array> {
  const tbs = sequence(
    parts.version,
    parts.serial,
    parts.inner,
    parts.issuer,
    parts.validity,
    parts.subject,
    parts.spki,
    parts.extensions,
    parts.more,
  )
  return parts.whole(sequence(tbs, parts.outer, parts.signature(await signWith(parts.signer, ES256, tbs))))
}

let root: Certificate
let anchor: TrustAnchor
beforeAll(async () => {
  ;({ root, anchor } = await chain())
})

/** What there is to say against it; empty when it holds beyond doubt. */
async function saidOf(
  leaf: Uint8Array,
  pool: readonly Uint8Array[],
  anchors: readonly TrustAnchor[] = [anchor],
): Promise<string[]> {
  const read = readCertificate(sliceOf('', leaf))
  if (!read) return ['no certificate']
  const path = await verifyPath({
    leaf: read,
    pool: [...pool.flatMap((der) => readCertificate(sliceOf('', der)) ?? []), root],
    anchors,
    purpose: 'evidence',
    profile: PROFILE,
    at: AT,
  })
  expect(path.path[0]).toBe(read)
  return [
    ...new Set([
      ...[...path.faults, ...path.outside, ...path.unsupported].map((one) => one.because.text),
      ...(path.rootStatus === 'pinned' ? [] : [`root ${path.rootStatus}`]),
    ]),
  ]
}
const leafSays = async (over: Partial<Parts>) => saidOf(await made({ ...LEAF, ...over }), [await made(AUTHORITY)])
const authoritySays = async (over: Partial<Parts>, leaf: Partial<Parts> = {}) =>
  saidOf(await made({ ...LEAF, ...leaf }), [await made({ ...AUTHORITY, ...over })])

it('the untouched ones hold', async () => {
  expect(await leafSays({})).toEqual([])
  expect(await authoritySays({})).toEqual([])
})

const pss = (
  salt: number,
  trailer: number | undefined,
  hash = '2.16.840.1.101.3.4.2.2',
  mgf = '1.2.840.113549.1.1.8',
) =>
  sequence(
    oid('1.2.840.113549.1.1.10'),
    sequence(
      explicit(0, sequence(oid(hash), nothing())),
      explicit(1, sequence(oid(mgf), sequence(oid(hash), nothing()))),
      explicit(2, integer(salt)),
      ...(trailer === undefined ? [] : [explicit(3, integer(trailer))]),
    ),
  )
const both = (algorithm: Uint8Array): Partial<Parts> => ({ inner: algorithm, outer: algorithm })
const dated = (from: Uint8Array, to: Uint8Array): Partial<Parts> => ({ validity: sequence(from, to) })
const listed = (...list: readonly Uint8Array[]): Partial<Parts> => ({ extensions: extensionList(...list) })
const keyed = (spki: Uint8Array): Partial<Parts> => ({ spki })
const rsa = (modulus: Uint8Array, exponent: number) =>
  sequence(sequence(oid('1.2.840.113549.1.1.1'), nothing()), bitString(sequence(integer(modulus), integer(exponent))))
const MODULUS = new Uint8Array(256).fill(0xf1)
// r, s of the one DER form, to be written otherwise.
const half = (der: Uint8Array, at: 0 | 1) => {
  const lengthOfR = der[3] ?? 0
  return at === 0 ? der.subarray(4, 4 + lengthOfR) : der.subarray(6 + lengthOfR)
}
const N = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')
const number = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)

describe('a leaf', () => {
  it.each<readonly [string, Partial<Parts>, readonly string[]]>([
    // Version, serial, names
    ['of version 1 with extensions', { version: EMPTY }, ['cert.profile']],
    ['whose version is spelled out as 1', { version: explicit(0, integer(0)) }, ['cert.profile']],
    ['of version 2', { version: explicit(0, integer(1)) }, ['cert.profile']],
    ['of version 4', { version: explicit(0, integer(3)) }, ['cert.profile']],
    ['of a version without a number', { version: explicit(0, nothing()) }, ['cert.profile']],
    ['of a negative serial', { serial: integer(-1) }, ['cert.profile']],
    ['of an empty serial', { serial: tlv(2, EMPTY) }, ['cert.der', 'cert.profile']],
    ['of a padded serial', { serial: tlv(2, Uint8Array.of(0, 0x4d)) }, ['cert.der']],
    ['of a serial of 21 bytes', { serial: tlv(2, new Uint8Array(21).fill(1)) }, ['cert.profile']],
    ['without subject', { subject: sequence() }, ['cert.profile']],
    // Algorithms
    [
      'whose outer algorithm is another',
      { outer: algorithmIdentifier({ kind: 'ecdsa', hash: 'SHA-384', form: 'der' }) },
      ['cert.profile', 'chain.signature', 'cert.algorithm'],
    ],
    [
      'whose inner algorithm is another',
      { inner: algorithmIdentifier({ kind: 'ecdsa', hash: 'SHA-1', form: 'der' }) },
      ['cert.profile'],
    ],
    [
      'whose outer algorithm has parameters',
      { outer: sequence(oid('1.2.840.10045.4.3.2'), integer(0)) },
      ['cert.profile'],
    ],
    ['whose algorithms have parameters', both(sequence(oid('1.2.840.10045.4.3.2'), sequence())), ['cert.profile']],
    [
      'whose algorithms have two parameters',
      both(sequence(oid('1.2.840.10045.4.3.2'), nothing(), nothing())),
      ['cert.profile'],
    ],
    ['whose algorithm is no OID', both(sequence(utf8('ecdsa'))), ['cert.profile']],
    ['of RSA without NULL', both(sequence(oid('1.2.840.113549.1.1.11'))), ['cert.profile']],
    ['of RSA under an EC key', both(algorithmIdentifier({ kind: 'rsa-pkcs1', hash: 'SHA-256' })), ['chain.signature']],
    ['of MD5', both(sequence(oid('1.2.840.113549.1.1.4'), nothing())), ['crypto.unsupported']],
    [
      'of ECDSA with SHA-1',
      both(algorithmIdentifier({ kind: 'ecdsa', hash: 'SHA-1', form: 'der' })),
      ['cert.algorithm'],
    ],
    ['of PSS with another trailer', both(pss(48, 2)), ['cert.profile']],
    ['of PSS with a negative salt', both(pss(-1, undefined)), ['cert.profile']],
    [
      'of PSS with a mask that is not MGF1',
      both(pss(48, undefined, undefined, '1.2.840.113549.1.1.9')),
      ['cert.profile'],
    ],
    ['of PSS without parameters', both(sequence(oid('1.2.840.113549.1.1.10'))), ['cert.profile']],
    // Dates
    ['that has ended', dated(time(FROM), time(AT - 1000)), ['cert.expired']],
    ['that has not begun', dated(time(AT + 1000), time(TO)), ['cert.not-yet-valid']],
    ['that ends before it begins', dated(time(TO), time(FROM)), ['cert.not-yet-valid']],
    ['with a date without seconds', dated(utc('2501010000Z'), time(TO)), ['cert.profile']],
    ['with an offset instead of Z', dated(utc('250101000000+0000'), time(TO)), ['cert.profile']],
    ['with fractions of seconds', dated(time(FROM), general('20500101000000.5Z')), ['cert.profile']],
    ['with a long date without Z', dated(time(FROM), general('20500101000000')), ['cert.profile']],
    ['with an offset in a long date', dated(time(FROM), general('20500101000000+0100')), ['cert.profile']],
    ['with a small z', dated(time(FROM), general('20500101000000z')), ['cert.profile']],
    ['with 30 February', dated(utc('250230000000Z'), time(TO)), ['cert.profile']],
    ['with hour 24', dated(utc('250101240000Z'), time(TO)), ['cert.profile']],
    ['with second 60', dated(utc('250101000060Z'), time(TO)), ['cert.profile']],
    ['with a month 13', dated(time(FROM), general('20501301000000Z')), ['cert.profile']],
    ['with letters in a date', dated(utc('2501010000 0Z'), time(TO)), ['cert.profile']],
    ['with a date that is no time', dated(utf8('250101000000Z'), time(TO)), ['cert.profile']],
    ['with one date', { validity: sequence(time(FROM)) }, ['no certificate']],
    ['with three dates', { validity: sequence(time(FROM), time(TO), time(TO)) }, ['no certificate']],
    // Extensions
    [
      'with an unknown critical extension',
      listed(NO_CA, LEAF_USAGE, critical('1.2.3.4', nothing())),
      ['chain.critical-ext'],
    ],
    [
      'with a critical key identifier',
      listed(NO_CA, critical('2.5.29.14', octetString(EMPTY))),
      ['chain.critical-ext'],
    ],
    ['with two keyUsages', listed(NO_CA, LEAF_USAGE, LEAF_USAGE), ['cert.profile']],
    [
      'with two unknown extensions of one name',
      listed(NO_CA, plain('1.2.3', EMPTY), plain('1.2.3', EMPTY)),
      ['cert.profile'],
    ],
    ['with two lists of extensions', { more: extensionList(NO_CA) }, ['no certificate']],
    ['with an empty list of extensions', { extensions: explicit(3, sequence()) }, ['cert.profile']],
    [
      'with two members in the list’s wrapper',
      { extensions: explicit(3, joinBytes([sequence(NO_CA), sequence(NO_CA)])) },
      ['cert.profile'],
    ],
    ['with an extension that is no pair', listed(NO_CA, sequence(oid('1.2.3'))), ['cert.profile']],
    [
      'with an extension of four parts',
      listed(sequence(oid('1.2.3'), boolean(true), octetString(EMPTY), nothing())),
      ['cert.profile'],
    ],
    ['whose criticality is a number', listed(sequence(oid('1.2.3'), integer(1), octetString(EMPTY))), ['cert.profile']],
    [
      'whose criticality is 0x01',
      listed(sequence(oid('1.2.3.4'), tlv(1, Uint8Array.of(1)), octetString(EMPTY))),
      ['cert.der', 'chain.critical-ext'],
    ],
    ['whose extension’s value is no octet string', listed(sequence(oid('1.2.3'), bitString(EMPTY))), ['cert.profile']],
    ['of which cA is 0x01', listed(critical(BASIC, sequence(tlv(1, Uint8Array.of(1)))), LEAF_USAGE), ['cert.profile']],
    [
      'with bytes behind basicConstraints',
      listed(critical(BASIC, joinBytes([sequence(), Uint8Array.of(5, 0)])), LEAF_USAGE),
      ['cert.profile'],
    ],
    [
      'with a third member in basicConstraints',
      listed(critical(BASIC, sequence(boolean(true), integer(0), integer(0)))),
      ['cert.profile'],
    ],
    ['with a negative pathLen', listed(critical(BASIC, sequence(boolean(true), integer(-1)))), ['cert.profile']],
    ['with a pathLen and no cA', listed(critical(BASIC, sequence(integer(0))), LEAF_USAGE), ['cert.profile']],
    ['that is an authority', listed(CA, critical(USAGE, bitString(Uint8Array.of(0x84), 2))), ['chain.leaf-is-ca']],
    ['that may only sign lists', listed(NO_CA, critical(USAGE, bitString(Uint8Array.of(0x02), 1))), ['chain.usage']],
    ['whose keyUsage names nothing', listed(NO_CA, critical(USAGE, bitString(EMPTY))), ['chain.usage']],
    ['whose keyUsage is a number', listed(NO_CA, critical(USAGE, integer(0x80))), ['cert.profile']],
    [
      'whose keyUsage has unused bits set',
      listed(NO_CA, critical(USAGE, bitString(Uint8Array.of(0x81), 7))),
      ['cert.profile'],
    ],
    ['whose extKeyUsage is empty', listed(NO_CA, plain('2.5.29.37', sequence())), ['cert.profile']],
    [
      'meant for e-mail only',
      listed(NO_CA, critical('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.4')))),
      ['chain.purpose'],
    ],
    ['with name constraints', listed(NO_CA, plain('2.5.29.30', sequence())), ['chain.name-constraints']],
    [
      'with policyConstraints',
      listed(NO_CA, plain('2.5.29.36', sequence(implicit(0, Uint8Array.of(0))))),
      ['chain.policy'],
    ],
    ['whose subjectKeyIdentifier is a sequence', listed(NO_CA, plain('2.5.29.14', sequence())), ['cert.profile']],
    [
      'whose authorityKeyIdentifier is an octet string',
      listed(NO_CA, plain('2.5.29.35', octetString(EMPTY))),
      ['cert.profile'],
    ],
    ['with something behind the extensions', { more: explicit(4, nothing()) }, ['no certificate']],
    // Signature and encoding
    ['whose signature has unused bits', { signature: (der) => bitString(der, 1) }, ['cert.profile']],
    ['whose signature is an octet string', { signature: (der) => octetString(der) }, ['no certificate']],
    [
      'with r ‖ s without DER',
      { signature: (der) => bitString(joinBytes([half(der, 0).slice(-32), half(der, 1).slice(-32)])) },
      ['chain.signature'],
    ],
    [
      'with a padded r',
      {
        signature: (der) =>
          bitString(sequence(tlv(2, joinBytes([Uint8Array.of(0, 0), half(der, 0)])), tlv(2, half(der, 1)))),
      },
      ['chain.signature'],
    ],
    [
      'with a third number in the signature',
      { signature: (der) => bitString(sequence(tlv(2, half(der, 0)), tlv(2, half(der, 1)), integer(1))) },
      ['chain.signature'],
    ],
    [
      'with bytes behind the signature',
      { signature: (der) => bitString(joinBytes([der, Uint8Array.of(0)])) },
      ['chain.signature'],
    ],
    [
      'with a long length in the signature',
      { signature: (der) => bitString(joinBytes([Uint8Array.of(0x30, 0x81), der.subarray(1)])) },
      ['chain.signature'],
    ],
    [
      'with s + n',
      { signature: (der) => bitString(sequence(tlv(2, half(der, 0)), integer(number(half(der, 1)) + N))) },
      ['chain.signature'],
    ],
    ['with r and s zero', { signature: () => bitString(sequence(integer(0), integer(0))) }, ['chain.signature']],
    ['with r = n, s = n', { signature: () => bitString(sequence(integer(N), integer(N))) }, ['chain.signature']],
    [
      'with r = 1, s = 1',
      { signature: () => bitString(p1363ToDer(Uint8Array.from({ length: 64 }, (_, i) => (i % 32 === 31 ? 1 : 0)))) },
      ['chain.signature'],
    ],
    ['with an empty signature', { signature: () => bitString(EMPTY) }, ['chain.signature']],
    ['signed by the root instead', { signer: KEYS.root }, ['chain.signature']],
    ['signed by itself instead', { signer: KEYS.leaf }, ['chain.signature']],
    ['with bytes behind it', { whole: (der) => joinBytes([der, Uint8Array.of(0)]) }, ['cert.der']],
    [
      'of indefinite length',
      { whole: (der) => joinBytes([Uint8Array.of(0x30, 0x80), der.subarray(4), Uint8Array.of(0, 0)]) },
      ['cert.der'],
    ],
    [
      'with a length in three bytes',
      { whole: (der) => joinBytes([Uint8Array.of(0x30, 0x83, 0), der.subarray(2)]) },
      ['cert.der'],
    ],
    // Keys
    ['with an explicit curve', keyed(BAD_KEYS.explicit), ['cert.algorithm']],
    ['with RSA-1024', keyed(BAD_KEYS.rsa1024), ['cert.algorithm']],
    ['with P-192', keyed(BAD_KEYS.p192), ['cert.algorithm']],
    ['with RSA and e = 1', keyed(rsa(MODULUS, 1)), ['cert.algorithm']],
    ['with RSA and an even e', keyed(rsa(MODULUS, 4)), ['cert.algorithm']],
    ['with RSA and an even modulus', keyed(rsa(new Uint8Array(256).fill(0xf0), 65537)), ['cert.algorithm']],
    [
      'with a negative RSA modulus',
      keyed(
        sequence(sequence(oid('1.2.840.113549.1.1.1'), nothing()), bitString(sequence(tlv(2, MODULUS), integer(3)))),
      ),
      ['cert.algorithm'],
    ],
    [
      'with a point at infinity',
      keyed(sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bitString(Uint8Array.of(0)))),
      ['cert.algorithm'],
    ],
    [
      'with half a point',
      keyed(
        sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bitString(new Uint8Array(33).fill(4))),
      ),
      ['cert.algorithm'],
    ],
    [
      'with unused bits in its key',
      keyed(
        sequence(
          sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')),
          bitString(new Uint8Array(65).fill(4), 1),
        ),
      ),
      ['cert.algorithm'],
    ],
  ])('%s is refused', async (_, over, expected) => {
    const said = await leafSays(over)
    expect(said.length, 'it holds').toBeGreaterThan(0)
    expect(said).toEqual(expect.arrayContaining([...expected]))
  })
})

describe('an authority', () => {
  it.each<readonly [string, Partial<Parts>, readonly string[]]>([
    ['of version 1', { version: EMPTY, extensions: EMPTY }, ['cert.profile', 'chain.ca']],
    ['without extensions', { extensions: EMPTY }, ['chain.ca']],
    ['without basicConstraints', listed(CA_USAGE), ['chain.ca']],
    ['with cA FALSE', listed(NO_CA, LEAF_USAGE), ['chain.ca', 'chain.key-usage']],
    [
      'whose basicConstraints are not critical',
      listed(plain(BASIC, sequence(boolean(true))), CA_USAGE),
      ['cert.profile'],
    ],
    ['that may not sign certificates', listed(CA, LEAF_USAGE), ['chain.key-usage']],
    ['that says twice what it is', listed(NO_CA, CA, CA_USAGE), ['cert.profile']],
    [
      'with an unknown critical extension',
      listed(CA, CA_USAGE, critical('1.2.3.4', nothing())),
      ['chain.critical-ext'],
    ],
    ['with name constraints', listed(CA, CA_USAGE, critical('2.5.29.30', sequence())), ['chain.name-constraints']],
    ['with policy mappings', listed(CA, CA_USAGE, plain('2.5.29.33', sequence())), ['chain.policy']],
    ['that inhibits any policy', listed(CA, CA_USAGE, critical('2.5.29.54', integer(0))), ['chain.policy']],
    [
      'meant for time stamps only',
      listed(CA, CA_USAGE, critical('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.8')))),
      ['chain.purpose'],
    ],
    ['that has ended', dated(time(FROM), time(AT - 1000)), ['cert.expired']],
    ['that has not begun', dated(time(AT + 1000), time(TO)), ['cert.not-yet-valid']],
    ['of a negative serial', { serial: integer(-1) }, ['cert.profile']],
    ['signed by nobody known', { signer: KEYS.other }, ['chain.signature']],
    ['signed by itself', { signer: KEYS.authority }, ['chain.signature']],
    ['with the forger’s key', keyed(spkiOf(KEYS.other)), ['chain.signature']],
    [
      'whose outer algorithm is another',
      { outer: algorithmIdentifier({ kind: 'ecdsa', hash: 'SHA-384', form: 'der' }) },
      ['cert.profile'],
    ],
    [
      'whose name is written in another type',
      {
        subject: sequence(
          set(sequence(oid('2.5.4.10'), printable('Demonstration'))),
          set(sequence(oid('2.5.4.3'), printable('Authority'))),
        ),
      },
      ['root none'],
    ],
    ['whose name has one more space', { subject: name({ O: 'Demonstration', CN: 'Authority ' }) }, ['root none']],
    ['whose name has another case', { subject: name({ O: 'Demonstration', CN: 'AUTHORITY' }) }, ['root none']],
    ['whose name ends in NUL', { subject: name({ O: 'Demonstration', CN: 'Authority\0' }) }, ['root none']],
    ['whose name’s parts are turned round', { subject: name({ CN: 'Authority', O: 'Demonstration' }) }, ['root none']],
  ])('%s vouches for nobody', async (_, over, expected) => {
    const said = await authoritySays(over)
    expect(said.length, 'it holds').toBeGreaterThan(0)
    expect(said).toEqual(expect.arrayContaining([...expected]))
  })
  it('that its own limit forbids, or the root’s, or that a leaf made', async () => {
    const subExtensions = {
      subject: NAMES.sub,
      issuer: NAMES.authority,
      spki: spkiOf(KEYS.sub),
      signer: KEYS.authority,
    }
    const sub = await made({ ...AUTHORITY, ...subExtensions })
    const leaf = await made({ ...LEAF, issuer: NAMES.sub, signer: KEYS.sub })
    const limited = await made({
      ...AUTHORITY,
      ...listed(critical(BASIC, sequence(boolean(true), integer(0))), CA_USAGE),
    })
    expect(await saidOf(leaf, [sub, limited])).toEqual(['chain.pathlen'])
    // The root allows one below itself.
    expect(await saidOf(leaf, [sub, await made(AUTHORITY)])).toEqual(['chain.pathlen'])
    const below = await made({
      ...LEAF,
      issuer: NAMES.leaf,
      subject: NAMES.sub,
      signer: KEYS.leaf,
      spki: spkiOf(KEYS.sub),
    })
    expect(await saidOf(below, [await made(LEAF), await made(AUTHORITY)])).toEqual(
      expect.arrayContaining(['chain.ca', 'chain.key-usage']),
    )
  })
  it('in a ring, or twice in its own path, leads nowhere and ends', async () => {
    const [a, b] = [name({ CN: 'A' }), name({ CN: 'B' })]
    const ring = [
      await made({ ...AUTHORITY, subject: a, issuer: b, spki: spkiOf(KEYS.authority), signer: KEYS.sub }),
      await made({ ...AUTHORITY, subject: b, issuer: a, spki: spkiOf(KEYS.sub), signer: KEYS.authority }),
    ]
    expect(await saidOf(await made({ ...LEAF, issuer: a }), ring)).toEqual(['chain.budget', 'root none'])
    const own = await made({ ...AUTHORITY, subject: a, issuer: a, signer: KEYS.authority })
    expect(await saidOf(await made({ ...LEAF, issuer: a }), [own])).toEqual(['root unknown'])
  })
  it('under two roots counts for the one that is known, whichever comes first', async () => {
    const elsewhere = await made({ ...AUTHORITY, issuer: name({ CN: 'Elsewhere' }), signer: KEYS.other })
    const here = await made(AUTHORITY)
    for (const pool of [
      [elsewhere, here],
      [here, elsewhere],
    ])
      expect(await saidOf(await made(LEAF), pool)).toEqual([])
    expect(await saidOf(await made(LEAF), [elsewhere])).toEqual(['root none'])
  })
  it('self-issued in between is followed', async () => {
    const renewed = await made({
      ...AUTHORITY,
      issuer: NAMES.authority,
      spki: spkiOf(KEYS.sub),
      signer: KEYS.authority,
    })
    expect(await saidOf(await made({ ...LEAF, signer: KEYS.sub }), [renewed, await made(AUTHORITY)])).toEqual([])
    const forged = await made({ ...AUTHORITY, issuer: NAMES.authority, spki: spkiOf(KEYS.other), signer: KEYS.other })
    expect(await saidOf(await made({ ...LEAF, signer: KEYS.other }), [forged, await made(AUTHORITY)])).not.toEqual([])
  })
})

describe('a root', () => {
  const alike = (cn: string, key: JsonWebKey) =>
    made({
      ...AUTHORITY,
      subject: name({ O: 'Demonstration', CN: cn }),
      issuer: name({ O: 'Demonstration', CN: cn }),
      spki: spkiOf(key),
      signer: key,
    })
  it('that looks like it is not it', async () => {
    for (const [cn, key] of [
      ['Root', KEYS.other],
      ['Rооt', KEYS.root],
      ['Root\u200b', KEYS.root],
      ['root', KEYS.root],
    ] as const) {
      const fake = await alike(cn, key)
      const under = await made({ ...AUTHORITY, issuer: name({ O: 'Demonstration', CN: cn }), signer: key })
      const said = await saidOf(await made(LEAF), [fake, under])
      expect(said, cn).toEqual(['root unknown'])
    }
  })
  it('whose name the leaf takes, or the authority, changes nothing', async () => {
    const leaf = await made({ ...LEAF, subject: NAMES.root, issuer: NAMES.root, signer: KEYS.leaf })
    expect(await saidOf(leaf, [])).toContain('root unknown')
    const authority = await made({ ...AUTHORITY, subject: NAMES.root, spki: spkiOf(KEYS.other), signer: KEYS.other })
    expect(await saidOf(await made({ ...LEAF, issuer: NAMES.root, signer: KEYS.other }), [authority])).not.toEqual([])
  })
  it('with an explicit curve of the same key is another', async () => {
    const explicitRoot = await made({
      ...AUTHORITY,
      subject: NAMES.root,
      issuer: NAMES.root,
      spki: BAD_KEYS.explicit,
      signer: KEYS.other,
    })
    const said = await saidOf(await made(LEAF), [explicitRoot, await made({ ...AUTHORITY, signer: KEYS.other })])
    expect(said).not.toEqual([])
    expect(ecSpki('P-256', bytesOf(root.spki).slice(-64))).toEqual(bytesOf(root.spki))
  })
  it('that somebody added is what it is when it is published', async () => {
    const added = await anchorOf(root)
    expect(await saidOf(await made(LEAF), [await made(AUTHORITY)], [{ ...added, status: 'added' }])).toEqual([
      'root added',
    ])
  })
})
