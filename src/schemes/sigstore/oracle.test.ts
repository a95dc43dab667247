import { bundleFromJSON } from '@sigstore/bundle'
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { expect, it } from 'vitest'
import type { CheckDefinition } from '../../core/scheme.ts'
import { makeBundle, SIGNED_AT, type BundleRecipe } from './attester.ts'
import { DEMO_AUTHORITIES, DEMO_KEYS } from './demo-anchors.ts'
import { demoKeys } from './demo-keys.ts'
import type { PreparedBundle } from './prepare.ts'
import { scheme } from './scheme.ts'
import { expecting, prepared } from './testing.ts'

/** The reference implementation, under the demonstration's authority and logs: whatever counts here must be something that it accepts too. */

const instance = (role: string) =>
  DEMO_KEYS.filter((key) => key.role === role).map((key) => ({
    baseUrl: `https://${key.name}`,
    hashAlgorithm: HashAlgorithm[HashAlgorithm.SHA2_256],
    publicKey: {
      rawBytes: key.spki,
      keyDetails: PublicKeyDetails[PublicKeyDetails.PKIX_ECDSA_P256_SHA_256],
      validFor: { start: key.from },
    },
    logId: { keyId: Buffer.from(key.id, 'hex').toString('base64') },
  }))
const verifier = new Verifier(
  toTrustMaterial(
    TrustedRoot.fromJSON({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: instance('log'),
      ctlogs: instance('certificate-log'),
      certificateAuthorities: DEMO_AUTHORITIES.map(({ chain, from }) => ({
        subject: {},
        uri: '',
        certChain: { certificates: chain.map((rawBytes) => ({ rawBytes })) },
        validFor: { start: from },
      })),
      timestampAuthorities: [],
    }),
  ),
)

function libraryAccepts(bytes: Uint8Array): boolean {
  try {
    verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(new TextDecoder().decode(bytes)))))
    return true
  } catch {
    return false
  }
}

async function counts(bytes: Uint8Array): Promise<boolean> {
  const context = expecting()
  const all = await prepared(bytes, context)
  for (const check of (scheme.appraisers[0]?.checks ?? []) as readonly CheckDefinition<PreparedBundle>[]) {
    if (check.weight !== 'decides' || (check.applies && !check.applies(all))) continue
    if ((await check.run(all, context)).outcome !== 'pass') return false
  }
  return true
}

const entries = (bundle: object): unknown[] =>
  (bundle as { verificationMaterial: { tlogEntries: unknown[] } }).verificationMaterial.tlogEntries
/** The same changes at every run. */
let state = 19
const random = (below: number) => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((state / 2_147_483_648) * below)
}
/** Whole, and bent in each way that the attester knows. */
const RECIPES: readonly BundleRecipe[] = [
  {},
  { version: '0.2' },
  { version: '0.1' },
  { predicateType: 'https://slsa.dev/provenance/v1', predicate: {} },
  { bend: { signWith: demoKeys.log } },
  { bend: { sctKey: demoKeys.log } },
  { bend: { withoutSct: true } },
  { bend: { setKey: demoKeys.signer } },
  { bend: { checkpointKey: demoKeys.signer } },
  { bend: { checkpointHint: new Uint8Array(4) } },
  { bend: { checkpointRoot: new Uint8Array(32) } },
  { bend: { proofHash: new Uint8Array(32) } },
  { bend: { entryPayload: new Uint8Array(8) } },
  { bend: { entrySignature: new Uint8Array(70) } },
  { bend: { integratedTime: SIGNED_AT + 86_400_000 } },
  { bend: { purpose: '1.3.6.1.5.5.7.3.1' } },
  { bend: { mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.9' } },
  { bend: { changeJson: (bundle) => ({ ...bundle, mediaType: 'application/json' }) } },
  { bend: { changeJson: (bundle) => (entries(bundle).splice(0, 1), bundle) } },
]

it('counts nothing that the reference implementation refuses, in three hundred bundles and changes of them', async () => {
  const seen = { both: 0, neither: 0, library: 0 }
  const only: string[] = []
  for (const [index, recipe] of RECIPES.entries()) {
    const whole = await makeBundle(recipe)
    for (let round = 0; round < 17; round++) {
      const bytes = whole.slice()
      if (round > 0) {
        const at = random(bytes.length)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random(7))
      }
      const own = await counts(bytes)
      const theirs = libraryAccepts(bytes)
      if (own && !theirs) only.push(`${index}/${round}`)
      seen[own && theirs ? 'both' : theirs ? 'library' : 'neither']++
    }
  }
  console.log(`accepted by both ${seen.both}, refused by both ${seen.neither}, by the library alone ${seen.library}`)
  expect(only).toEqual([])
  expect(seen.both).toBeGreaterThan(3)
  expect(seen.both + seen.neither + seen.library).toBeGreaterThanOrEqual(300)
}, 300_000)

it('counts an entry once that stands there twice; the library refuses two of one time', async () => {
  const twice = await makeBundle({
    bend: { changeJson: (bundle) => (entries(bundle).push(...entries(bundle)), bundle) },
  })
  expect(await counts(twice)).toBe(true)
  expect(libraryAccepts(twice)).toBe(false)
})
