import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { makeAuthority, makeBundle, REPOSITORY, SIGNED_AT, type BundleRecipe } from './attester.ts'
import { demoKeys } from './demo-keys.ts'
import { makeTrustedRoot } from './tuf-attester.ts'

/** Bundles that pass every naive look and must not count, each refused for the reason that its name gives. */

const FILE = new TextEncoder().encode('a container image’s manifest, say\n')
const POLICY = { ...NO_POLICY, signers: [REPOSITORY] }

interface Given {
  readonly bundle: BundleRecipe | Uint8Array
  readonly beside?: Readonly<Record<string, Uint8Array>>
}

async function standing({ bundle, beside = {} }: Given) {
  const bytes = bundle instanceof Uint8Array ? bundle : await makeBundle(bundle)
  const view = await appraise(
    [{ name: 'bundle.json', bytes }, ...Object.entries(beside).map(([name, one]) => ({ name, bytes: one }))],
    { at: SIGNED_AT + 86_400_000, atSource: 'given', policy: POLICY },
  )
  const statement = view.statements[0]
  const why = statement?.checks.filter(({ outcome }) => outcome === 'fail') ?? []
  const open = statement?.checks.filter(({ outcome }) => outcome === 'not-checked' || outcome === 'unsupported') ?? []
  return {
    headline: view.headline,
    standing: statement?.standing,
    reasons: (why.length > 0 ? why : open).map(({ id, because }) => `${id} ${because.text}`),
    count: view.statements.length,
  }
}

type Json = Record<string, unknown>
const inside = (bundle: Json, name: string) => bundle[name] as Json
const entries = (bundle: Json) => inside(bundle, 'verificationMaterial')['tlogEntries'] as Json[]
/** A member of another bundle in this one's place. */
const taking =
  (other: Json, ...names: readonly string[]) =>
  (bundle: Json): Json => ({ ...bundle, ...Object.fromEntries(names.map((name) => [name, other[name]])) })
const parsed = async (recipe: BundleRecipe = {}): Promise<Json> =>
  JSON.parse(new TextDecoder().decode(await makeBundle(recipe))) as Json

const OTHER = { repository: 'somebody/else' } as const
const cases: readonly (readonly [string, string, () => Promise<Given>])[] = [
  [
    'mismatched envelope: the entry is of another payload',
    'sigstore.body.hash',
    async () => ({ bundle: { bend: { entryPayload: new Uint8Array(8) } } }),
  ],
  [
    'mismatched envelope: another envelope beside the material of this one',
    'sigstore.body.hash',
    async () => ({
      bundle: {
        bend: { changeJson: taking(await parsed({ predicate: { snp_measurement: 'd4'.repeat(48) } }), 'dsseEnvelope') },
      },
    }),
  ],
  [
    'mismatched signature: the entry has another one',
    'sigstore.body.signature',
    async () => ({ bundle: { bend: { entrySignature: new Uint8Array(70) } } }),
  ],
  [
    'wrong hashedrekord entry: of another file',
    'sigstore.body.hash',
    async () => ({ bundle: { file: FILE, bend: { entryPayload: new Uint8Array(8) } }, beside: { 'file.txt': FILE } }),
  ],
  [
    'wrong material: all of it another bundle’s',
    'sigstore.body.kind',
    async () => ({ bundle: { file: FILE, bend: { changeJson: taking(await parsed(OTHER), 'verificationMaterial') } } }),
  ],
  [
    'wrong material: another signer’s certificate',
    'sigstore.body.certificate',
    async () => {
      const other = await parsed(OTHER)
      const changeJson = (bundle: Json) => ({
        ...bundle,
        verificationMaterial: {
          ...inside(bundle, 'verificationMaterial'),
          certificate: inside(other, 'verificationMaterial')['certificate'],
        },
      })
      return { bundle: { bend: { changeJson } } }
    },
  ],
  [
    'checkpoint with a bad key hint',
    'sigstore.checkpoint.hint',
    async () => ({ bundle: { bend: { checkpointHint: new Uint8Array(4) } } }),
  ],
  [
    'checkpoint with a wrong root hash',
    'sigstore.checkpoint.root',
    async () => ({ bundle: { bend: { checkpointRoot: new Uint8Array(32) } } }),
  ],
  [
    'checkpoint signed by another key',
    'sigstore.checkpoint-signed.fails',
    async () => ({ bundle: { bend: { checkpointKey: demoKeys.other } } }),
  ],
  [
    'inclusion proof with a wrong hash',
    'sigstore.entry-included.fails',
    async () => ({ bundle: { bend: { proofHash: new Uint8Array(32) } } }),
  ],
  [
    'bundle with its root certificate',
    'sigstore.no-root-carried.fails',
    async () => ({ bundle: { version: '0.2', bend: { extraCertificates: [...(await makeAuthority())] } } }),
  ],
  ['CT key: another one signed', 'sigstore.sct.fails', async () => ({ bundle: { bend: { sctKey: demoKeys.other } } })],
  [
    'CT key: the trust root does not have the log’s',
    'sigstore.sct.no-key',
    async () => {
      const root = JSON.parse(new TextDecoder().decode(await makeTrustedRoot(demoKeys.log))) as Json
      const without = new TextEncoder().encode(JSON.stringify({ ...root, ctlogs: [] }))
      return { bundle: {}, beside: { 'trusted_root.json': without } }
    },
  ],
  ['no SCT', 'sigstore.sct.missing', async () => ({ bundle: { bend: { withoutSct: true } } })],
  [
    'log’s promise signed by another key',
    'sigstore.set-signed.fails',
    async () => ({ bundle: { bend: { setKey: demoKeys.other } } }),
  ],
  [
    'integrated time in the future of the certificate',
    'sigstore.valid-at-signing.fails',
    async () => ({ bundle: { bend: { integratedTime: SIGNED_AT + 86_400_000 / 2 } } }),
  ],
  [
    'envelope signed by another key',
    'signature.mismatch',
    async () => ({ bundle: { bend: { signWith: demoKeys.other } } }),
  ],
  [
    'message digest of another file',
    'signature.mismatch',
    async () => ({
      bundle: {
        file: FILE,
        bend: {
          changeJson: (bundle) => ({
            ...bundle,
            messageSignature: {
              ...inside(bundle, 'messageSignature'),
              messageDigest: { algorithm: 'SHA2_256', digest: toBase64(new Uint8Array(32)) },
            },
          }),
        },
      },
    }),
  ],
  [
    'certificate for another purpose',
    'chain.usage',
    async () => ({ bundle: { bend: { purpose: '1.3.6.1.5.5.7.3.1' } } }),
  ],
  [
    'negative log index',
    'sigstore.form.number',
    async () => ({
      bundle: {
        bend: { changeJson: (bundle) => (entries(bundle).forEach((one) => (one['logIndex'] = '-1')), bundle) },
      },
    }),
  ],
  [
    'a second entry that is another bundle’s',
    'sigstore.body.hash',
    async () => {
      const other = await parsed({ predicate: {} })
      return {
        bundle: { bend: { changeJson: (bundle) => (entries(bundle).push(...entries(other)), bundle) } },
      }
    },
  ],
  [
    'unknown version',
    'sigstore.version-unknown',
    async () => ({ bundle: { bend: { mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.9' } } }),
  ],
  ['another signer than expected', 'sigstore.identity-expected.fails', async () => ({ bundle: OTHER })],
]

describe('refused for the reason that the name gives', () => {
  it.each(cases)('%s', async (name, reason, given) => {
    const all = await standing(await given())
    console.log(`${name} → ${all.headline} ${all.standing}: ${all.reasons.join(', ')}`)
    expect(all.standing).not.toBe('authentic')
    expect(all.reasons.map((one) => one.split(' ')[1])).toContain(reason)
  })
})

it('the same without any of that counts', async () => {
  expect(await standing({ bundle: {} })).toMatchObject({ standing: 'authentic', headline: 'SN' })
  const file = { bundle: { file: FILE }, beside: { 'file.txt': FILE } }
  expect(await standing(file)).toMatchObject({ standing: 'authentic' })
})

it('duplicate log entries count once', async () => {
  const changeJson = (bundle: Json) => (entries(bundle).push(...entries(bundle)), bundle)
  const all = await standing({ bundle: { bend: { changeJson } } })
  console.log(`duplicate log entries → ${all.standing}`)
  expect(all).toMatchObject({ standing: 'authentic', count: 1 })
})

it('a bundle of ten megabytes is read in time that grows with its length only', async () => {
  const predicate = { snp_measurement: 'a1'.repeat(48), padding: 'x'.repeat(7 << 20) }
  const bytes = await makeBundle({ predicate })
  const started = performance.now()
  const all = await standing({ bundle: bytes })
  console.log(
    `${(bytes.length / (1 << 20)).toFixed(1)} MiB → ${all.standing} in ${Math.round(performance.now() - started)} ms`,
  )
  expect(bytes.length).toBeGreaterThan(9 << 20)
  expect(all.standing).toBe('authentic')
  const cut = await standing({ bundle: bytes.subarray(0, bytes.length - 9) })
  expect(cut.standing).not.toBe('authentic')
}, 60_000)
