import { beforeAll, describe, expect, it } from 'vitest'
import { bytesOf } from '../core/place.ts'
import type { TrustAnchor } from '../core/scheme.ts'
import { nothing, sequence } from '../bytes/der-writer.ts'
import { toBase64 } from '../envelope/base64.ts'
import { basicConstraints, customExtension, extendedKeyUsage, keyUsage, name, type IssuedExtension } from './issue.ts'
import { verifyPath } from './path.ts'
import { anchorOf, AT, authorityExtensions, chain, KEYS, leafExtensions, make, NAMES, PROFILE } from './testing.ts'
import type { Certificate, PathProfile, PathResult } from './types.ts'

/** What may stand between an anchor that somebody relies on and a leaf; found by public suites and by forgers. */
let root: Certificate
let authority: Certificate
let leaf: Certificate
let anchor: TrustAnchor
beforeAll(async () => {
  ;({ root, authority, leaf, anchor } = await chain())
})

const run = (
  over: {
    leaf?: Certificate
    pool?: readonly Certificate[]
    anchors?: readonly TrustAnchor[]
    profile?: PathProfile
    at?: number
  } = {},
) =>
  verifyPath({
    leaf,
    pool: [authority, root],
    anchors: [anchor],
    purpose: 'evidence',
    profile: PROFILE,
    at: AT,
    ...over,
  })
const reasons = (result: PathResult) => [...new Set(result.faults.map((fault) => fault.because.text))]

const rootWith = async (extensions: readonly IssuedExtension[]) =>
  make({
    subject: NAMES.root,
    issuer: NAMES.root,
    issuerKey: KEYS.root,
    subjectKey: KEYS.root,
    serial: 1,
    extensions,
  })
const authorityWith = async (extensions: readonly IssuedExtension[]) =>
  make({
    subject: NAMES.authority,
    issuer: NAMES.root,
    issuerKey: KEYS.root,
    subjectKey: KEYS.authority,
    extensions,
  })
const leafWith = async (
  extensions: readonly IssuedExtension[],
  over: { serial?: Uint8Array; subject?: Uint8Array } = {},
) =>
  make({
    subject: NAMES.leaf,
    issuer: NAMES.authority,
    issuerKey: KEYS.authority,
    subjectKey: KEYS.leaf,
    extensions,
    ...over,
  })

function withoutCertificate(whole: TrustAnchor): TrustAnchor {
  const { certificate: _, ...bare } = whole
  return bare
}

describe('an anchor’s certificate', () => {
  it.each([
    ['no extension', () => [], ['chain.ca']],
    ['cA FALSE', () => [basicConstraints(false), keyUsage('digitalSignature')], ['chain.ca', 'chain.key-usage']],
    ['no right to sign certificates', () => [basicConstraints(true), keyUsage('cRLSign')], ['chain.key-usage']],
    [
      'name constraints',
      () => [basicConstraints(true), customExtension('2.5.29.30', sequence(), true)],
      ['chain.name-constraints'],
    ],
    [
      'an unknown critical extension',
      () => [basicConstraints(true), customExtension('1.2.3.4', nothing(), true)],
      ['chain.critical-ext'],
    ],
    ['a limit of length', () => [basicConstraints(true, 0), keyUsage('keyCertSign')], ['chain.pathlen']],
  ] as const)('with %s is refused, whether the evidence carries it or not', async (_, extensions, expected) => {
    const odd = await rootWith(extensions())
    const anchors = [await anchorOf(odd)]
    expect(reasons(await run({ pool: [authority, odd], anchors }))).toEqual(expected)
    expect(reasons(await run({ pool: [authority], anchors }))).toEqual(expected)
  })
  it('is not asked how it was signed, whether the evidence carries it or not', async () => {
    const sha1 = await make({
      subject: NAMES.root,
      issuer: NAMES.root,
      issuerKey: KEYS.root,
      subjectKey: KEYS.root,
      algorithm: { kind: 'ecdsa', hash: 'SHA-1', form: 'der' },
      extensions: await authorityExtensions(KEYS.root, KEYS.root, 1),
    })
    const anchors = [await anchorOf(sha1)]
    for (const pool of [[authority], [authority, sha1]])
      expect(await run({ pool, anchors })).toMatchObject({ faults: [], rootStatus: 'pinned' })
    // Where no certificate was published, one like that is left over, and the key alone counts.
    expect(await run({ pool: [authority, sha1], anchors: [withoutCertificate(anchor)] })).toMatchObject({
      faults: [],
      rootStatus: 'pinned',
      unused: [sha1],
    })
  })
  it('may be the leaf itself, authority or not', async () => {
    expect(await run({ anchors: [await anchorOf(leaf)] })).toMatchObject({ faults: [], rootStatus: 'pinned' })
    expect(await run({ leaf: root, anchors: [anchor], profile: { ...PROFILE, leafKeyUsage: null } })).toMatchObject({
      faults: [],
      rootStatus: 'pinned',
    })
  })
})

describe('a certificate that borrows an anchor’s name and key', () => {
  const forged = async (like: { subject: Uint8Array; key: JsonWebKey }, issuer = name({ CN: 'Nobody' })) =>
    make({
      subject: like.subject,
      issuer,
      issuerKey: KEYS.other,
      subjectKey: like.key,
      serial: 666,
      extensions: [basicConstraints(false), keyUsage('digitalSignature')],
    })
  it('is no anchor as leaf, though it calls an unknown name its issuer and is signed by nobody', async () => {
    const fake = await forged({ subject: NAMES.leaf, key: KEYS.leaf })
    const anchors = [await anchorOf(leaf)]
    expect(await run({ anchors })).toMatchObject({ rootStatus: 'pinned' })
    expect(await run({ leaf: fake, anchors })).toMatchObject({ rootStatus: 'none', anchor: undefined })
    const raw: TrustAnchor = {
      ...withoutCertificate(await anchorOf(leaf)),
      subject: '',
      format: 'raw-key',
      spki: toBase64(bytesOf(leaf.spki)),
    }
    expect(await run({ leaf: fake, anchors: [raw] })).toMatchObject({ rootStatus: 'none', anchor: undefined })
  })
  it('is no anchor as leaf when it is self-issued and not signed by its key', async () => {
    const fake = await forged({ subject: NAMES.leaf, key: KEYS.leaf }, NAMES.leaf)
    const result = await run({ leaf: fake, anchors: [await anchorOf(leaf)] })
    expect(reasons(result)).toEqual(['chain.signature'])
  })
  it('that another known authority really issued goes its own way', async () => {
    const renewed = await leafWith(await leafExtensions(KEYS.leaf, KEYS.authority), { serial: Uint8Array.of(9) })
    expect(await run({ leaf: renewed, anchors: [await anchorOf(leaf), anchor] })).toMatchObject({
      rootStatus: 'pinned',
      anchor: { sha256: anchor.sha256 },
      faults: [],
    })
  })
  it('above others is left over: what a raw key signed hangs on the key, not on what was written around it', async () => {
    const around = await make({
      subject: NAMES.root,
      issuer: name({ CN: 'Nobody' }),
      issuerKey: KEYS.other,
      subjectKey: KEYS.root,
      extensions: await authorityExtensions(KEYS.root, KEYS.other),
    })
    const raw: TrustAnchor = { ...withoutCertificate(anchor), subject: '', format: 'raw-key' }
    const bare = withoutCertificate(anchor)
    for (const one of [raw, bare]) {
      const result = await run({ pool: [authority, around], anchors: [one] })
      expect(result).toMatchObject({ rootStatus: 'pinned', faults: [], unused: [around] })
      expect(result.path).toEqual([leaf, authority])
      expect(result.links.at(-1)).toMatchObject({ subject: 1, issuer: 2, outcome: 'pass' })
    }
  })
})

describe('of two certificates of an issuer', () => {
  it('the one whose signature holds counts, though its own issuer is missing, before one that is forged up to the root', async () => {
    const extensions = await authorityExtensions(KEYS.authority, KEYS.root, 0)
    const of = (issuer: Uint8Array) =>
      make({ subject: NAMES.authority, issuer, issuerKey: KEYS.other, subjectKey: KEYS.authority, extensions })
    const [forged, elsewhere] = [await of(NAMES.root), await of(name({ CN: 'Elsewhere' }))]
    expect(reasons(await run({ pool: [forged, root] }))).toEqual(['chain.signature'])
    for (const pool of [
      [forged, elsewhere, root],
      [elsewhere, forged, root],
    ])
      expect(await run({ pool })).toMatchObject({ rootStatus: 'none', faults: [], unused: [forged, root] })
  })
})

describe('purposes of anchors', () => {
  it('count: what is relied on for tokens, values or lists vouches for no hardware', async () => {
    for (const purpose of ['service-token', 'reference-values', 'revocation'] as const)
      expect(await run({ anchors: [{ ...anchor, status: 'added', purpose }] })).toMatchObject({ rootStatus: 'unknown' })
    expect(await run({ anchors: [{ ...anchor, status: 'added' }] })).toMatchObject({ rootStatus: 'added' })
  })
})

describe('policies and purposes of certificates', () => {
  it.each([
    ['policyConstraints', '2.5.29.36'],
    ['inhibitAnyPolicy', '2.5.29.54'],
    ['policyMappings', '2.5.29.33'],
  ])('%s is refused, critical or not, anywhere', async (_, oid) => {
    for (const critical of [true, false]) {
      const limit = customExtension(oid, sequence(), critical)
      expect(
        reasons(
          await run({
            pool: [await authorityWith([...(await authorityExtensions(KEYS.authority, KEYS.root)), limit])],
          }),
        ),
      ).toEqual(['chain.policy'])
      expect(
        reasons(await run({ leaf: await leafWith([...(await leafExtensions(KEYS.leaf, KEYS.authority)), limit]) })),
      ).toEqual(['chain.policy'])
      const odd = await rootWith([...(await authorityExtensions(KEYS.root, KEYS.root)), limit])
      expect(reasons(await run({ pool: [authority], anchors: [await anchorOf(odd)] }))).toEqual(['chain.policy'])
    }
  })
  it('a critical extKeyUsage that names other uses is refused', async () => {
    const email = '1.3.6.1.5.5.7.3.4'
    const used = async (critical: boolean, ...purposes: string[]) =>
      leafWith([...(await leafExtensions(KEYS.leaf, KEYS.authority)), { ...extendedKeyUsage(...purposes), critical }])
    expect(reasons(await run({ leaf: await used(true, email) }))).toEqual(['chain.purpose'])
    expect(reasons(await run({ leaf: await used(false, email) }))).toEqual([])
    expect(reasons(await run({ leaf: await used(true, email, '2.5.29.37.0') }))).toEqual([])
    const profile = { ...PROFILE, leafUsage: '2.23.133.8.3' }
    expect(reasons(await run({ leaf: await used(true, '2.23.133.8.3'), profile }))).toEqual([])
    expect(reasons(await run({ leaf: await used(true, email), profile }))).toContain('chain.usage')
    const limited = await authorityWith([
      ...(await authorityExtensions(KEYS.authority, KEYS.root)),
      { ...extendedKeyUsage(email), critical: true },
    ])
    expect(reasons(await run({ pool: [limited] }))).toEqual(['chain.purpose'])
  })
})

describe('the form of certificates', () => {
  it('serials of more than 20 bytes, empty subjects, and lengths without authority are refused', async () => {
    const usual = await leafExtensions(KEYS.leaf, KEYS.authority)
    const long = Uint8Array.of(1, ...new Uint8Array(20))
    const full = Uint8Array.of(0, 0x80, ...new Uint8Array(19))
    expect(reasons(await run({ leaf: await leafWith(usual, { serial: long }) }))).toEqual(['cert.profile'])
    expect(reasons(await run({ leaf: await leafWith(usual, { serial: full }) }))).toEqual([])
    expect(reasons(await run({ leaf: await leafWith(usual, { serial: Uint8Array.of(0) }) }))).toEqual([])
    expect(reasons(await run({ leaf: await leafWith(usual, { subject: sequence() }) }))).toEqual(['cert.profile'])
    const names = customExtension('2.5.29.17', sequence(), true)
    expect(reasons(await run({ leaf: await leafWith([...usual, names], { subject: sequence() }) }))).toEqual([])
    expect(
      reasons(await run({ leaf: await leafWith([basicConstraints(false, 0), keyUsage('digitalSignature')]) })),
    ).toEqual(['cert.profile'])
  })
})

describe('an instant that is no number', () => {
  it('lies in no validity', async () => {
    const result = await run({ at: Number.NaN })
    expect(result.outside).toHaveLength(3)
    for (const at of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect((await run({ at })).outside).toHaveLength(3)
  })
})
