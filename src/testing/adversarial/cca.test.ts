import { describe, expect, it } from 'vitest'
import { joinBytes } from '../../bytes/der-writer.ts'
import { cborArray, cborBytes, cborHead, cborInt, cborMap, cborTag, cborText } from '../../bytes/cbor-writer.ts'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { digest } from '../../crypto/verify.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { inspect } from '../../engine/inspect.ts'
import { readCbor } from '../../bytes/cbor.ts'
import { demoKeyFile, demoKeys, makeToken, realmKeyClaim, type CcaRecipe } from '../../schemes/arm-cca/attester.ts'
import { coseFaults, said, type CoseRow } from './cose-kit.ts'

/** SECURITY.md CC1 and CC2: two tokens that must belong together, and what the platform says of itself. */

const AT = Date.parse('2026-01-01T00:00:00Z')
const file = (bytes: Uint8Array) => [
  { name: 'token.cbor', bytes },
  { name: 'cpak.json', bytes: demoKeyFile() },
]
const from =
  (recipe: CcaRecipe = {}) =>
  async () =>
    file(await makeToken(recipe))
const bent = (bend: NonNullable<CcaRecipe['bend']>) => from({ bend })
const BOUND = 'cca.realm-key-bound-to-platform'
const PLATFORM = 'cca.platform-signed'
const REALM = 'cca.realm-signed'
const ALG = 'cca.algorithm-is-protected'
const CLAIMS = 'cca.claims-follow-rules'
const FORMED = 'cca.well-formed'
const LIFE = 'cca.lifecycle-is-secured'
const ES384 = cborMap([1, cborInt(-35)])

/** The two signed messages of a token. */
function parts(token: Uint8Array): { readonly platform: Uint8Array; readonly realm: Uint8Array } {
  const outer = readCbor(sliceOf('', token)).item
  const map = outer?.kind === 'tag' ? outer.content : undefined
  const [platform, realm] =
    map?.kind === 'map'
      ? map.entries.map(({ value }) => (value.kind === 'bytes' ? bytesOf(value.content).slice() : new Uint8Array()))
      : []
  if (!platform || !realm) throw new Error('no token')
  return { platform, realm }
}

/** Platform and realm of two different machines in one collection: every signature in it is right. */
async function swapped(): Promise<Uint8Array> {
  const other = realmKeyClaim(demoKeys.other, 'new')
  const { platform } = parts(await makeToken({ bend: { platformChallenge: await digest('SHA-256', other) } }))
  const { realm } = parts(await makeToken())
  return cborTag(399, cborMap([44234, cborBytes(platform)], [44241, cborBytes(realm)]))
}

const offCurve = (() => {
  const point = new Uint8Array(97).fill(1)
  point[0] = 4
  return point
})()
const shortKey = (curve: number) =>
  cborMap(
    [1, cborInt(2)],
    [-1, cborInt(curve)],
    [-2, cborBytes(new Uint8Array(48).fill(1))],
    [-3, cborBytes(new Uint8Array(48).fill(1))],
  )

const twins: readonly CoseRow[] = [
  { name: 'ok: new profile, RAK as COSE_Key', files: from({ form: 'new' }), headline: 'S5', plain: 'S2' },
  { name: 'ok: legacy profile, RAK as a point', files: from({ form: 'legacy' }), headline: 'S5' },
  { name: 'ok: CMW records', files: from({ form: 'cmw' }), headline: 'S5' },
  {
    name: 'ok: without the key it is not verified, never failed',
    files: async () => file(await makeToken()).slice(0, 1),
    headline: 'S4',
    plain: 'S4',
    says: [said(PLATFORM, 'not-checked', 'cca.key-unknown')],
  },
]

const rows: readonly CoseRow[] = [
  // CC1
  {
    name: 'CC1 platform_swapped: both signatures hold, the platform vouches for another key',
    files: async () => file(await swapped()),
    headline: 'S1',
    says: [
      said(BOUND, 'fail', 'cca.binding'),
      said(PLATFORM, 'pass', 'cca.platform-signed.holds'),
      said(REALM, 'pass', 'cca.realm-signed.holds'),
    ],
  },
  {
    name: 'CC1 challenge_swapped',
    files: bent({ platformChallenge: new Uint8Array(32).fill(9) }),
    headline: 'S1',
    says: [said(BOUND, 'fail', 'cca.binding')],
  },
  {
    name: 'CC1 challenge with a zero tail',
    files: async () => {
      const padded = new Uint8Array(64)
      padded.set(await digest('SHA-256', realmKeyClaim(demoKeys.rak, 'new')))
      return file(await makeToken({ bend: { platformChallenge: padded } }))
    },
    headline: 'S1',
    says: [said(BOUND, 'fail', 'cca.binding')],
  },
  {
    name: 'CC1 the platform’s token is missing',
    files: from({ form: 'cmw', bend: { without: 'platform' } }),
    headline: 'S1',
    says: [said(FORMED, 'fail', 'cca.platform-missing')],
  },
  {
    name: 'CC1 the platform’s token is taken out of tag 399: read as virtCCA, whose rules it breaks',
    files: bent({ without: 'platform' }),
    headline: 'S1',
    plain: 'S1',
    says: [said(ALG, 'fail', 'cose.alg')],
  },
  {
    name: 'CC1 the realm’s token is missing',
    files: bent({ without: 'realm' }),
    headline: 'S1',
    says: [said(FORMED, 'fail', 'cca.realm-missing'), said(REALM, 'not-checked', 'cca.unreadable')],
  },
  {
    name: 'CC1 realm_sig_bad',
    files: bent({ realmSigner: demoKeys.other }),
    headline: 'S1',
    says: [said(REALM, 'fail', 'signature.mismatch')],
  },
  {
    name: 'CC1 the platform is signed by another key',
    files: bent({ platformKey: demoKeys.other }),
    headline: 'S1',
    says: [said(PLATFORM, 'fail', 'signature.mismatch')],
  },
  {
    name: 'CC1 another challenge than the one that was given',
    files: from(),
    policy: { nonce: 'c5'.repeat(64) },
    headline: 'S3',
    says: [said('fresh.nonce-matches', 'fail', 'fresh.nonce-matches.fails')],
  },
  {
    name: 'CC1 the collection holds a token twice',
    files: async () => {
      const { platform, realm } = parts(await makeToken())
      return file(
        cborTag(399, cborMap([44234, cborBytes(platform)], [44241, cborBytes(realm)], [44241, cborBytes(realm)])),
      )
    },
    headline: 'S1',
    says: [said('cca.keys-unique', 'fail', 'cbor.duplicate-key')],
  },
  // CC2
  ...[0x0000, 0x1000, 0x2000, 0x4000, 0x6000, 0x7000].map((lifecycle): CoseRow => ({
    name: `CC2 lifecycle 0x${lifecycle.toString(16)} is not secured`,
    files: from({ lifecycle }),
    headline: 'S5w',
    says: [said(LIFE, 'warn', 'cca.lifecycle')],
  })),
  {
    name: 'CC2 lifecycle_debug',
    files: from({ lifecycle: 0x5000 }),
    headline: 'S3',
    says: [said(LIFE, 'fail', 'cca.debug')],
  },
  {
    name: 'CC2 lifecycle out of range',
    files: from({ lifecycle: 0x10000 }),
    headline: 'S1',
    says: [said(CLAIMS, 'fail', 'cca.format')],
  },
  {
    name: 'CC2 rak_off_curve, as a point',
    files: from({ form: 'legacy', bend: { realmKey: offCurve } }),
    headline: 'S1',
    says: [said(REALM, 'fail', 'crypto.bad-key')],
  },
  {
    name: 'CC2 rak_off_curve, as a COSE_Key',
    files: bent({ realmKey: shortKey(2) }),
    headline: 'S1',
    says: [said(REALM, 'fail', 'crypto.bad-key')],
  },
  {
    name: 'CC2 RAK whose curve and size differ',
    files: bent({ realmKey: shortKey(1) }),
    headline: 'S1',
    says: [said(REALM, 'fail', 'cca.realm-key-form')],
  },
  {
    name: 'CC2 RAK in no known form',
    files: bent({ realmKey: new Uint8Array(12) }),
    headline: 'S1',
    says: [said(REALM, 'fail', 'cca.realm-key-form')],
  },
  {
    name: 'CC2 a profile that is not known, whose challenge is the digest of the key: it may be anybody’s',
    files: bent({ platformClaims: [[265, cborText('tag:arm.com,2026:cca_platform#2.0.0;direct')]] }),
    headline: 'S4',
    says: [said(BOUND, 'unsupported', 'cca.profile-unknown')],
  },
  {
    name: 'CC2 hash_alg_unknown',
    files: bent({ realmHash: 'sha-3' }),
    headline: 'S4',
    says: [said(BOUND, 'unsupported', 'cca.hash-unknown')],
  },
  {
    name: 'CC2 hash that is another one than the platform used',
    files: bent({ realmHash: 'sha-512' }),
    headline: 'S1',
    says: [said(BOUND, 'fail', 'cca.binding')],
  },
  // as N5–N7, in both tokens' place
  {
    name: 'N5 alg unprotected',
    files: bent({ protectedHeader: cborMap(), unprotectedHeader: ES384 }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.alg.unprotected')],
  },
  {
    name: 'N5 alg in both headers',
    files: bent({ unprotectedHeader: cborMap([1, cborInt(-7)]) }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.alg.both')],
  },
  {
    name: 'N5 no alg',
    files: bent({ protectedHeader: new Uint8Array() }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.alg.missing')],
  },
  {
    name: 'N5 RSA',
    files: bent({ protectedHeader: cborMap([1, cborInt(-37)]) }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.alg'), said(PLATFORM, 'unsupported', 'cose.alg.key')],
  },
  {
    name: 'N5 crit',
    files: bent({ protectedHeader: cborMap([1, cborInt(-35)], [2, cborArray(cborInt(99))]) }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.crit')],
  },
  {
    name: 'N6 trailing bytes',
    files: async () => file(joinBytes([await makeToken(), Uint8Array.of(0)])),
    headline: 'S5',
    says: [said('cca.nothing-follows', 'warn', 'cbor.trailing')],
  },
  {
    name: 'N6 two tokens, one behind the other',
    files: async () => file(joinBytes([await makeToken(), await makeToken({ lifecycle: 0x5000 })])),
    // What stands behind is read as a token of its own, and the worse of the two speaks.
    headline: 'S3',
    says: [said('cca.nothing-follows', 'warn', 'cbor.trailing'), said('cca.lifecycle-is-secured', 'fail', 'cca.debug')],
  },
  {
    name: 'N7 RIM of 31 bytes',
    files: bent({ realmClaims: [[44238, cborBytes(new Uint8Array(31))]] }),
    headline: 'S1',
    says: [said(CLAIMS, 'fail', 'cca.format')],
  },
  {
    name: 'N7 a byte string that claims a megabyte',
    files: bent({ realmClaims: [[44235, cborHead(2, 1 << 20)]] }),
    headline: 'S1',
    says: [
      said(FORMED, 'fail', 'cbor.length'),
      said(CLAIMS, 'fail', 'cca.format'),
      said(REALM, 'fail', 'cca.realm-key-form'),
    ],
  },
  {
    name: 'N7 depth_5000 in a claim',
    files: bent({ platformClaims: [[2400, new Uint8Array(5_000).fill(0x81)]] }),
    headline: 'S1',
    says: [said(FORMED, 'fail', 'cbor.depth'), said(CLAIMS, 'fail', 'cca.format')],
  },
  { name: 'N7 a claim under a text key', files: bent({ realmClaims: [[44236, cborText('md5')]] }), headline: 'S5' },
]

describe('SECURITY.md CC1, CC2: Arm CCA', () => {
  it.each(twins.map((row) => [row.name, row] as const))('%s', async (_name, row) =>
    expect(await coseFaults(row, AT)).toEqual([]),
  )
  it.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, row) =>
    expect(await coseFaults(row, AT)).toEqual([]),
  )
})

describe('SECURITY.md W5, W6: collections that hold nothing', () => {
  const calm = async (bytes: Uint8Array) => {
    const files = file(bytes)
    const view = await appraise(files, { at: AT, atSource: 'given', policy: NO_POLICY })
    expect(view.checks.filter((check) => check.outcome === 'error')).toEqual([])
    for (const artifact of (await inspect(files)).artifacts) expect(artifact.tiled, artifact.name).toBe(true)
    return view
  }
  it.each([
    [
      'numbers where tokens should be',
      () => cborTag(399, cborMap([44234, cborInt(1)], [44241, cborInt(2)])),
      'cca.platform-missing',
    ],
    [
      'a map of a million entries that are not there',
      () => joinBytes([cborHead(6, 907), cborHead(5, 1_000_000)]),
      'cbor.ends',
    ],
    [
      'depth_5000 inside the map',
      () => joinBytes([cborHead(6, 399), cborHead(5, 1), new Uint8Array(5_000).fill(0x81)]),
      'cbor.depth',
    ],
  ] as const)('%s', async (_name, make, because) => {
    const view = await calm(make())
    expect(view.headline).toBe('S1')
    expect(view.checks.find((check) => check.id === FORMED)).toMatchObject({
      outcome: 'fail',
      because: { text: because },
    })
  })
  // The key beside it is all that is recognised.
  it.each([
    ['an empty map', () => cborTag(399, cborMap())],
    ['depth_5000 behind the tag', () => joinBytes([cborHead(6, 399), new Uint8Array(5_000).fill(0x81)])],
  ] as const)('%s is no token', async (_name, make) => expect((await calm(make())).headline).toBe('SN'))
})
