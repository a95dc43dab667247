import { beforeAll, describe, expect, it } from 'vitest'
import { bytesOf } from '../core/place.ts'
import type { TrustAnchor } from '../core/scheme.ts'
import { nothing, oid, octetString, sequence } from '../bytes/der-writer.ts'
import { resetVerificationCount, verificationCount } from '../crypto/verify.ts'
import { forgetEndorsements } from '../crypto/remember.ts'
import {
  algorithmIdentifier,
  authorityKeyIdentifier,
  basicConstraints,
  customExtension,
  issueCertificate,
  keyUsage,
  name,
  subjectKeyIdentifier,
} from './issue.ts'
import { issuersAmong } from './issuers.ts'
import { rootFinding, verifyPath } from './path.ts'
import {
  anchorOf,
  AT,
  authorityExtensions,
  BAD_KEYS,
  chain,
  ES256,
  FROM,
  KEYS,
  leafExtensions,
  make,
  NAMES,
  PROFILE,
  read,
  TO,
} from './testing.ts'
import type { Certificate, PathProfile } from './types.ts'

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
const reasons = (result: { readonly faults: readonly { readonly because: { readonly text: string } }[] }) => [
  ...new Set(result.faults.map((fault) => fault.because.text)),
]
const subjects = (result: { readonly path: readonly Certificate[] }) => result.path.map((one) => one.subject.commonName)

describe('a chain that holds', () => {
  it('leads from the leaf to the pinned root, in whatever order', async () => {
    for (const pool of [
      [authority, root],
      [root, authority],
      [root, leaf, authority, root, authority],
    ]) {
      const result = await run({ pool })
      expect(result).toMatchObject({
        rootStatus: 'pinned',
        faults: [],
        outside: [],
        unsupported: [],
        missingIssuer: undefined,
        unused: [],
      })
      expect(subjects(result)).toEqual(['Leaf', 'Authority', 'Root'])
      expect(result.links).toMatchObject([
        { subject: 0, issuer: 1, outcome: 'pass' },
        { subject: 1, issuer: 2, outcome: 'pass' },
        { subject: 2, issuer: 2, outcome: 'pass' },
      ])
    }
  })
  it('takes the published root when the evidence has none', async () => {
    const result = await run({ pool: [authority] })
    expect(subjects(result)).toEqual(['Leaf', 'Authority', 'Root'])
    expect(result).toMatchObject({ rootStatus: 'pinned', faults: [] })
    expect(result.path[2]?.slice.space).toMatch(/^anchor:/)
  })
  it('verifies by the key alone when no certificate of the root is published', async () => {
    const { certificate: _, ...bare } = anchor
    const result = await run({ pool: [authority], anchors: [bare] })
    expect(result).toMatchObject({ rootStatus: 'pinned', faults: [] })
    expect(result.links.at(-1)).toMatchObject({ subject: 1, issuer: 2, outcome: 'pass' })
    const wrong = await run({ pool: [authority], anchors: [{ ...bare, spki: (await anchorOf(leaf)).spki }] })
    expect(wrong).toMatchObject({ rootStatus: 'none' })
  })
  it('knows a raw key by its bytes', async () => {
    const raw: TrustAnchor = { ...anchor, subject: '', format: 'raw-key' }
    expect(await run({ anchors: [raw] })).toMatchObject({ rootStatus: 'pinned', faults: [] })
  })
  it('knows another certificate of the same root key', async () => {
    const again = await make({
      subject: NAMES.root,
      issuer: NAMES.root,
      issuerKey: KEYS.root,
      subjectKey: KEYS.root,
      serial: 99,
      notAfter: TO + 86_400_000,
      extensions: await authorityExtensions(KEYS.root, KEYS.root, 1),
    })
    const result = await run({ pool: [authority, again] })
    expect(result).toMatchObject({ rootStatus: 'pinned', faults: [], anchor: { sha256: anchor.sha256 } })
    expect(result.path[2]).toBe(again)
  })
  it('carries the status of its anchor', async () => {
    for (const status of ['demonstration', 'development', 'added', 'switched-off'] as const)
      expect(await run({ anchors: [{ ...anchor, status }] })).toMatchObject({ rootStatus: status, faults: [] })
    expect(await rootFinding(await run({ anchors: [{ ...anchor, status: 'demonstration' }] }))).toMatchObject({
      status: 'demonstration',
      holder: 'Demonstration',
      spkiSha256: anchor.spkiSha256,
    })
    // Adding what was switched off does not switch it on.
    expect(
      await run({
        anchors: [
          { ...anchor, status: 'added' },
          { ...anchor, status: 'switched-off' },
        ],
      }),
    ).toMatchObject({ rootStatus: 'switched-off' })
  })
  it('is judged by date without failing', async () => {
    expect(await run({ at: FROM })).toMatchObject({ outside: [], faults: [] })
    expect(await run({ at: TO })).toMatchObject({ outside: [] })
    expect(await run({ at: TO + 999 })).toMatchObject({ outside: [] })
    expect((await run({ at: TO + 1000 })).outside.map((one) => one.because.text)).toEqual([
      'cert.expired',
      'cert.expired',
      'cert.expired',
    ])
    expect((await run({ at: FROM - 1 })).outside.map((one) => one.because.text)).toEqual([
      'cert.not-yet-valid',
      'cert.not-yet-valid',
      'cert.not-yet-valid',
    ])
    expect(await run({ at: TO + 1000 })).toMatchObject({ faults: [], rootStatus: 'pinned' })
  })
  it('verifies each signature once, and remembers the good ones', async () => {
    forgetEndorsements()
    resetVerificationCount()
    await run()
    expect(verificationCount()).toBe(3)
    await run()
    expect(verificationCount()).toBe(3)
  })
})

describe('a chain that does not reach a root', () => {
  it('names the missing issuer and proves nothing', async () => {
    const result = await run({ pool: [] })
    expect(result).toMatchObject({
      rootStatus: 'none',
      faults: [],
      links: [],
      missingIssuer: { commonName: 'Authority' },
    })
    expect(result.path).toEqual([leaf])
  })
  it('does not mistake a bearer of the issuer’s name with another key id for the issuer', async () => {
    const namesake = await make({
      subject: NAMES.authority,
      issuer: NAMES.root,
      issuerKey: KEYS.root,
      subjectKey: KEYS.other,
      extensions: await authorityExtensions(KEYS.other, KEYS.root, 0),
    })
    expect(await run({ pool: [namesake] })).toMatchObject({
      rootStatus: 'none',
      faults: [],
      missingIssuer: { commonName: 'Authority' },
    })
    expect(await run({ pool: [namesake, authority] })).toMatchObject({
      rootStatus: 'pinned',
      faults: [],
      unused: [{ serial: namesake.serial }],
    })
  })
  it('at an unknown root is consistent, and says so', async () => {
    const result = await run({ anchors: [] })
    expect(result).toMatchObject({ rootStatus: 'unknown', faults: [], anchor: undefined })
    expect(result.links).toHaveLength(3)
    expect(await rootFinding(result)).toMatchObject({ status: 'unknown', holder: 'Root' })
  })
})

describe('X1 a self-made chain with copied names', () => {
  it('ends at an unknown root', async () => {
    const fakeRoot = await make({
      subject: NAMES.root,
      issuer: NAMES.root,
      issuerKey: KEYS.other,
      subjectKey: KEYS.other,
      serial: 1,
      extensions: [
        basicConstraints(true, 1),
        keyUsage('keyCertSign', 'cRLSign'),
        await subjectKeyIdentifier(KEYS.root),
      ],
    })
    const fakeAuthority = await make({
      subject: NAMES.authority,
      issuer: NAMES.root,
      issuerKey: KEYS.other,
      subjectKey: KEYS.authority,
      serial: 2,
      extensions: await authorityExtensions(KEYS.authority, KEYS.root, 0),
    })
    expect(await run({ pool: [fakeAuthority, fakeRoot] })).toMatchObject({ rootStatus: 'unknown', anchor: undefined })
    // The look-alike beside the genuine chain changes nothing.
    const beside = await run({ pool: [fakeRoot, authority, root] })
    expect(beside).toMatchObject({ rootStatus: 'pinned', faults: [] })
    expect(beside.path[2]).toBe(root)
    // The genuine authority under a look-alike, the pinned root being known: the pinned one is found.
    expect(await run({ pool: [authority, fakeRoot] })).toMatchObject({ rootStatus: 'pinned', faults: [] })
    // Without the anchor, the look-alike did not sign the authority: proved wrong.
    expect(reasons(await run({ pool: [authority, fakeRoot], anchors: [] }))).toContain('chain.signature')
  })
})

describe('X2 an evil leaf beside a genuine chain', () => {
  it('never stands in for the given leaf', async () => {
    const evil = await make({
      subject: NAMES.leaf,
      issuer: NAMES.authority,
      issuerKey: KEYS.other,
      subjectKey: KEYS.other,
      serial: 3,
      extensions: await leafExtensions(KEYS.other, KEYS.authority),
    })
    for (const pool of [
      [evil, authority, root],
      [evil, leaf, authority, evil],
      [leaf, authority, root, evil],
    ]) {
      expect((await run({ pool })).path[0]).toBe(leaf)
      expect(await run({ pool })).toMatchObject({ rootStatus: 'pinned', faults: [] })
      const result = await run({ leaf: evil, pool })
      expect(result.path[0]).toBe(evil)
      expect(reasons(result)).toEqual(['chain.signature'])
      expect(result.rootStatus).toBe('pinned')
    }
    expect((await run({ pool: [evil, leaf, authority, evil] })).unused).toEqual([evil])
  })
})

describe('X3–X7 what certificates may do', () => {
  const leafUnder = async (issuer: Uint8Array, issuerKey: JsonWebKey) =>
    make({
      subject: NAMES.leaf,
      issuer,
      issuerKey,
      subjectKey: KEYS.leaf,
      serial: 5,
      extensions: await leafExtensions(KEYS.leaf, issuerKey),
    })
  it('X3 pathLen', async () => {
    const sub = await make({
      subject: NAMES.sub,
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.sub,
      extensions: await authorityExtensions(KEYS.sub, KEYS.authority),
    })
    const deep = await leafUnder(NAMES.sub, KEYS.sub)
    const result = await run({ leaf: deep, pool: [sub, authority, root] })
    expect(reasons(result)).toEqual(['chain.pathlen'])
    // Authority says 0 and has one below; the root says 1 and has two.
    expect(result.faults.map((fault) => fault.index)).toEqual([2, 3])
    expect(reasons(await run({ leaf: deep, pool: [sub, authority] }))).toEqual(['chain.pathlen'])
  })
  it('X3 pathLen does not count self-issued certificates', async () => {
    const rollover = await make({
      subject: NAMES.authority,
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.sub,
      extensions: await authorityExtensions(KEYS.sub, KEYS.authority, 0),
    })
    const under = await leafUnder(NAMES.authority, KEYS.sub)
    const result = await run({ leaf: under, pool: [rollover, authority, root] })
    expect(result).toMatchObject({ faults: [], rootStatus: 'pinned' })
    expect(result.path).toHaveLength(4)
  })
  it.each([
    [
      'with constraints that say no',
      () => [basicConstraints(false), keyUsage('digitalSignature')],
      ['chain.ca', 'chain.key-usage'],
    ],
    [
      'with a usage that contradicts them',
      () => [basicConstraints(false), keyUsage('digitalSignature', 'keyCertSign')],
      ['cert.profile', 'chain.ca'],
    ],
    ['without constraints', () => [keyUsage('digitalSignature', 'keyCertSign')], ['cert.profile', 'chain.ca']],
    ['without any extension', () => [], ['chain.ca']],
    [
      'that may not sign certificates',
      () => [basicConstraints(true), keyUsage('digitalSignature')],
      ['chain.key-usage'],
    ],
    [
      'whose constraints are not critical',
      () => [{ ...basicConstraints(true), critical: false }, keyUsage('keyCertSign')],
      ['cert.profile'],
    ],
  ] as const)('X4 an issuer %s', async (_, extensions, expected) => {
    const issuer = await make({
      subject: NAMES.authority,
      issuer: NAMES.root,
      issuerKey: KEYS.root,
      subjectKey: KEYS.authority,
      extensions: extensions(),
    })
    expect(reasons(await run({ pool: [issuer, root] }))).toEqual(expected)
  })
  it('X4 constraints that are not critical pass where the profile says so', async () => {
    const issuer = await make({
      subject: NAMES.authority,
      issuer: NAMES.root,
      issuerKey: KEYS.root,
      subjectKey: KEYS.authority,
      extensions: [{ ...basicConstraints(true), critical: false }, keyUsage('keyCertSign')],
    })
    expect(reasons(await run({ pool: [issuer, root], profile: { ...PROFILE, plainConstraints: true } }))).toEqual([])
  })
  it('X5 unknown critical extensions, in any certificate', async () => {
    const odd = customExtension('1.2.3.4', nothing(), true)
    const oddLeaf = await make({
      subject: NAMES.leaf,
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.leaf,
      extensions: [...(await leafExtensions(KEYS.leaf, KEYS.authority)), odd],
    })
    expect(reasons(await run({ leaf: oddLeaf }))).toEqual(['chain.critical-ext'])
    expect(reasons(await run({ leaf: oddLeaf, profile: { ...PROFILE, knownCritical: ['1.2.3.4'] } }))).toEqual([])
    const plainLeaf = await make({
      subject: NAMES.leaf,
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.leaf,
      extensions: [...(await leafExtensions(KEYS.leaf, KEYS.authority)), { ...odd, critical: false }],
    })
    expect(reasons(await run({ leaf: plainLeaf }))).toEqual([])
    const oddAuthority = await make({
      subject: NAMES.authority,
      issuer: NAMES.root,
      issuerKey: KEYS.root,
      subjectKey: KEYS.authority,
      extensions: [...(await authorityExtensions(KEYS.authority, KEYS.root)), odd],
    })
    expect(reasons(await run({ pool: [oddAuthority, root] }))).toEqual(['chain.critical-ext'])
    const critical = await authorityKeyIdentifier(KEYS.authority)
    expect(
      reasons(
        await run({
          leaf: await make({
            subject: NAMES.leaf,
            issuer: NAMES.authority,
            issuerKey: KEYS.authority,
            subjectKey: KEYS.leaf,
            extensions: [{ ...critical, critical: true }],
          }),
        }),
      ),
    ).toEqual(['chain.critical-ext'])
    const limited = await make({
      subject: NAMES.authority,
      issuer: NAMES.root,
      issuerKey: KEYS.root,
      subjectKey: KEYS.authority,
      extensions: [
        ...(await authorityExtensions(KEYS.authority, KEYS.root)),
        customExtension('2.5.29.30', sequence(), false),
      ],
    })
    expect(reasons(await run({ pool: [limited, root] }))).toEqual(['chain.name-constraints'])
  })
  it('X6 version 1, duplicate extensions, inner and outer algorithm', async () => {
    const recipe = {
      subject: NAMES.leaf,
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.leaf,
      extensions: await leafExtensions(KEYS.leaf, KEYS.authority),
    }
    for (const hostile of [
      await make({ ...recipe, bend: { version: null }, extensions: [] }),
      await make({ ...recipe, bend: { version: 1 } }),
      await make({ ...recipe, bend: { version: 3 } }),
      await make({ ...recipe, extensions: [...recipe.extensions, keyUsage('digitalSignature')] }),
      await make({
        ...recipe,
        bend: { innerAlgorithm: algorithmIdentifier({ kind: 'ecdsa', hash: 'SHA-384', form: 'der' }) },
      }),
      await make({ ...recipe, serial: -5 }),
      await make({ ...recipe, extensions: [customExtension('2.5.29.19', octetString(Uint8Array.of(1)), true)] }),
    ])
      expect(reasons(await run({ leaf: hostile }))).toEqual(['cert.profile'])
  })
  it('X7 an authority, or a list signer, as leaf', async () => {
    expect(reasons(await run({ leaf: authority, pool: [root] }))).toEqual(['chain.leaf-is-ca', 'chain.usage'])
    const signer = await make({
      subject: NAMES.leaf,
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.leaf,
      extensions: [basicConstraints(false), keyUsage('cRLSign')],
    })
    expect(reasons(await run({ leaf: signer }))).toEqual(['chain.usage'])
    expect(reasons(await run({ leaf: signer, profile: { ...PROFILE, leafKeyUsage: null } }))).toEqual([])
    expect(
      reasons(
        await run({
          leaf: authority,
          pool: [root],
          profile: { ...PROFILE, leafMayBeCa: true, leafKeyUsage: 'cRLSign' },
        }),
      ),
    ).toEqual([])
  })
  it('asks for an extended key usage where the profile does', async () => {
    const profile = { ...PROFILE, leafUsage: '2.23.133.8.3' }
    expect(reasons(await run({ profile }))).toEqual(['chain.usage'])
    const able = await make({
      subject: NAMES.leaf,
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.leaf,
      extensions: [
        ...(await leafExtensions(KEYS.leaf, KEYS.authority)),
        customExtension('2.5.29.37', sequence(oid('2.23.133.8.3'))),
      ],
    })
    expect(reasons(await run({ leaf: able, profile }))).toEqual([])
  })
})

describe('signatures and key ids', () => {
  it('fails for every flipped bit of leaf, authority and root', async () => {
    for (const which of [0, 1, 2] as const) {
      const originals: readonly [Certificate, Certificate, Certificate] = [leaf, authority, root]
      const original = bytesOf(originals[which].slice)
      let failed = 0
      for (let at = 0; at < original.length; at++) {
        const changed = original.slice()
        changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
        let certificate: Certificate
        try {
          certificate = read(changed)
        } catch {
          continue
        }
        const parts: [Certificate, Certificate, Certificate] = [leaf, authority, root]
        parts[which] = certificate
        const result = await run({ leaf: parts[0], pool: [parts[1], parts[2]] })
        // A copy of the root that is no longer on the path is left over: that is visible too.
        const holds = result.faults.length === 0 && result.rootStatus === 'pinned' && result.unused.length === 0
        expect(holds, `certificate ${which} byte ${at}`).toBe(false)
        failed++
      }
      expect(failed).toBeGreaterThan(200)
    }
  })
  it('reports a key id that names another key than the one that signed', async () => {
    const odd = await make({
      subject: NAMES.leaf,
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.leaf,
      extensions: [basicConstraints(false), await authorityKeyIdentifier(KEYS.other)],
    })
    expect(reasons(await run({ leaf: odd }))).toEqual(['chain.key-id'])
  })
  it('asks for no key ids where there are none', async () => {
    const plain = await make({
      subject: NAMES.leaf,
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.leaf,
      extensions: [basicConstraints(false), keyUsage('digitalSignature')],
    })
    expect(reasons(await run({ leaf: plain }))).toEqual([])
  })
})

describe('X8 cycles and explosions', () => {
  const timed = async (work: () => ReturnType<typeof run>) => {
    forgetEndorsements()
    const start = performance.now()
    const result = await work()
    return { result, ms: performance.now() - start }
  }
  it('ends for two authorities that sign each other', async () => {
    const [a, b] = [name({ CN: 'A' }), name({ CN: 'B' })]
    const aByB = await make({
      subject: a,
      issuer: b,
      issuerKey: KEYS.sub,
      subjectKey: KEYS.authority,
      extensions: [basicConstraints(true), keyUsage('keyCertSign')],
    })
    const bByA = await make({
      subject: b,
      issuer: a,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.sub,
      extensions: [basicConstraints(true), keyUsage('keyCertSign')],
    })
    const under = await make({
      subject: NAMES.leaf,
      issuer: a,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.leaf,
      extensions: await leafExtensions(KEYS.leaf, KEYS.authority),
    })
    const { result, ms } = await timed(() => run({ leaf: under, pool: [aByB, bByA] }))
    expect(result.rootStatus).toBe('none')
    expect(reasons(result)).toEqual(['chain.budget'])
    expect(ms).toBeLessThan(250)
  })
  it('ends for many authorities of one name that sign each other', async () => {
    const same = name({ CN: 'Same' })
    const keys = [KEYS.root, KEYS.authority, KEYS.sub, KEYS.other]
    const certificates: Certificate[] = []
    for (const key of keys)
      for (const issuerKey of keys)
        for (const serial of [1, 2])
          certificates.push(
            await make({
              subject: same,
              issuer: same,
              issuerKey,
              subjectKey: key,
              serial,
              extensions: [basicConstraints(true), keyUsage('keyCertSign')],
            }),
          )
    const under = await make({
      subject: NAMES.leaf,
      issuer: same,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.leaf,
      extensions: await leafExtensions(KEYS.leaf, KEYS.authority),
    })
    const { result, ms } = await timed(() => run({ leaf: under, pool: certificates }))
    expect(result.rootStatus).not.toBe('pinned')
    expect(reasons(result)).toContain('chain.budget')
    expect(ms).toBeLessThan(250)
  })
  it('refuses a path that is too long, and finds it under a longer limit', async () => {
    const keys = [KEYS.root, KEYS.authority, KEYS.sub, KEYS.other]
    const names = [NAMES.root, ...Array.from({ length: 10 }, (_, i) => name({ CN: `Level ${i}` }))]
    const certificates = [root]
    for (let i = 1; i < names.length; i++)
      certificates.push(
        await make({
          subject: names[i] ?? NAMES.sub,
          issuer: names[i - 1] ?? NAMES.root,
          issuerKey: keys[(i - 1) % 4] ?? KEYS.root,
          subjectKey: keys[i % 4] ?? KEYS.root,
          extensions: [basicConstraints(true), keyUsage('keyCertSign')],
        }),
      )
    const under = await make({
      subject: NAMES.leaf,
      issuer: names[10] ?? NAMES.sub,
      issuerKey: keys[2] ?? KEYS.root,
      subjectKey: KEYS.leaf,
      extensions: await leafExtensions(KEYS.leaf, keys[2] ?? KEYS.root),
    })
    const result = await run({ leaf: under, pool: certificates })
    expect(reasons(result)).toEqual(['chain.depth'])
    expect(result.rootStatus).toBe('none')
    expect(result.path).toHaveLength(8)
  })
})

describe('X11–X13', () => {
  it('X11 refuses what is not DER, and bytes behind', async () => {
    const der = bytesOf(leaf.slice)
    const trailing = read(Uint8Array.from([...der, ...new Uint8Array(16)]))
    expect(reasons(await run({ leaf: trailing }))).toEqual(['cert.der'])
    const indefinite = read(Uint8Array.from([0x30, 0x80, ...der.subarray(4), 0, 0]))
    expect(reasons(await run({ leaf: indefinite }))).toEqual(['cert.der'])
    const long = read(Uint8Array.from([0x30, 0x83, 0, ...der.subarray(2)]))
    expect(reasons(await run({ leaf: long }))).toEqual(['cert.der'])
  })
  it('X12 looks at 32 certificates at most', async () => {
    const many: Certificate[] = []
    for (let serial = 100; serial < 140; serial++)
      many.push(
        await make({
          subject: NAMES.sub,
          issuer: NAMES.root,
          issuerKey: KEYS.root,
          subjectKey: KEYS.sub,
          serial,
          extensions: await authorityExtensions(KEYS.sub, KEYS.root),
        }),
      )
    expect(reasons(await run({ pool: [authority, root, ...many] }))).toEqual(['chain.count'])
    expect(await run({ pool: await issuersAmong(leaf, [...many, root, authority]) })).toMatchObject({
      faults: [],
      rootStatus: 'pinned',
    })
    // Copies of the same certificate are one.
    expect(reasons(await run({ pool: Array.from({ length: 100 }, () => authority) }))).toEqual([])
  })
  it('X13 refuses weak keys and algorithms off the list', async () => {
    const leafWith = async (subjectKey: JsonWebKey | Uint8Array) =>
      make({
        subject: NAMES.leaf,
        issuer: NAMES.authority,
        issuerKey: KEYS.authority,
        subjectKey,
        extensions: [basicConstraints(false)],
      })
    for (const key of [BAD_KEYS.rsa1024, BAD_KEYS.p192, BAD_KEYS.explicit])
      expect(reasons(await run({ leaf: await leafWith(key) }))).toEqual(['cert.algorithm'])
    const sha1 = await make({
      subject: NAMES.leaf,
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.leaf,
      algorithm: { kind: 'ecdsa', hash: 'SHA-1', form: 'der' },
      extensions: await leafExtensions(KEYS.leaf, KEYS.authority),
    })
    expect(reasons(await run({ leaf: sha1 }))).toEqual(['cert.algorithm'])
    const sha512 = await make({
      subject: NAMES.leaf,
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.leaf,
      algorithm: { kind: 'ecdsa', hash: 'SHA-512', form: 'der' },
      extensions: await leafExtensions(KEYS.leaf, KEYS.authority),
    })
    expect(reasons(await run({ leaf: sha512 }))).toEqual(['cert.algorithm'])
  })
  it('says of a key that is too short that it is, and not that it did not sign', async () => {
    const own = await make({
      subject: NAMES.leaf,
      issuer: NAMES.leaf,
      issuerKey: KEYS.rsa,
      subjectKey: BAD_KEYS.rsa1024,
      algorithm: { kind: 'rsa-pkcs1', hash: 'SHA-256' },
      extensions: [basicConstraints(true)],
    })
    const { faults } = await run({ leaf: own, pool: [] })
    expect(faults.map(({ because }) => because.code)).toContain('key-weak')
    expect(faults.map(({ because }) => because.code)).not.toContain('chain-signature')
  })
  it('takes RSA and PSS where the profile lists them, and calls an unknown algorithm unsupported', async () => {
    const rsaRoot = await make({
      subject: NAMES.root,
      issuer: NAMES.root,
      issuerKey: KEYS.rsa,
      subjectKey: KEYS.rsa,
      algorithm: { kind: 'rsa-pss', hash: 'SHA-384', mgfHash: 'SHA-384', saltLength: 48 },
      extensions: await authorityExtensions(KEYS.rsa, KEYS.rsa),
    })
    const under = await make({
      subject: NAMES.leaf,
      issuer: NAMES.root,
      issuerKey: KEYS.rsa,
      subjectKey: KEYS.leaf,
      algorithm: { kind: 'rsa-pkcs1', hash: 'SHA-256' },
      extensions: await leafExtensions(KEYS.leaf, KEYS.rsa),
    })
    expect(await run({ leaf: under, pool: [rsaRoot], anchors: [await anchorOf(rsaRoot)] })).toMatchObject({
      faults: [],
      rootStatus: 'pinned',
      unsupported: [],
    })
    const der = await issueCertificate({
      subject: NAMES.leaf,
      issuer: NAMES.root,
      issuerKey: KEYS.rsa,
      subjectKey: KEYS.leaf,
      serial: 1,
      notBefore: FROM,
      notAfter: TO,
      algorithm: { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-1', saltLength: 32 },
      extensions: [],
    }).then((one) => read(one))
    const result = await run({
      leaf: der,
      pool: [rsaRoot],
      anchors: [await anchorOf(rsaRoot)],
      profile: { ...PROFILE, algorithms: [...PROFILE.algorithms, 'rsa/rsassa-pss-SHA256-mgf-SHA1-salt-32'] },
    })
    expect(result).toMatchObject({
      faults: [],
      rootStatus: 'pinned',
      unsupported: [{ index: 0, because: { text: 'crypto.unsupported' } }],
    })
    expect(ES256.kind).toBe('ecdsa')
  })
})

describe('copies of a root', () => {
  it('that name another issuer are left over', async () => {
    const crossed = await make({
      subject: NAMES.root,
      issuer: name({ CN: 'Elsewhere' }),
      issuerKey: KEYS.other,
      subjectKey: KEYS.root,
      serial: 8,
      extensions: await authorityExtensions(KEYS.root, KEYS.other),
    })
    const result = await run({ pool: [authority, crossed] })
    expect(result).toMatchObject({ faults: [], rootStatus: 'pinned' })
    expect(result.unused).toEqual([crossed])
    expect(result.path[2]?.slice.space).toMatch(/^anchor:/)
  })
})
