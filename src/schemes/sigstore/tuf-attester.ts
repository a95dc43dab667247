import { fromHex, toHex } from '../../bytes/layout.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import { digest } from '../../crypto/verify.ts'
import { signWith, spkiOf } from '../../pki/issue.ts'
import { LOG_NAME } from './attester.ts'
import { DEMO_AUTHORITIES, DEMO_KEYS } from './demo-anchors.ts'
import { demoKeys, type TufKey } from './demo-keys.ts'

/** Makes TUF metadata under the demonstration's first root, and the trust root that it lists. */

const P256 = { kind: 'ecdsa', hash: 'SHA-256', form: 'der' } as const
const text = (value: string) => new TextEncoder().encode(value)
const sha256 = (bytes: Uint8Array) => digest('SHA-256', bytes)

/** By what name the demonstration calls a key. */
export const tufKeyId = async (key: TufKey): Promise<string> => toHex(await sha256(spkiOf(demoKeys[key])))

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json }

/** Canonical as OLPC wrote it down: members sorted, no white space, only `"` and `\\` escaped. */
function canonical(value: Json): string {
  if (typeof value === 'string') return `"${value.replace(/[\\"]/g, '\\$&')}"`
  if (typeof value !== 'object') return String(value)
  if (isList(value)) return `[${value.map((one) => canonical(one)).join(',')}]`
  const names = Object.keys(value).toSorted()
  return `{${names.map((name) => `${canonical(name)}:${canonical(value[name] ?? '')}`).join(',')}}`
}
const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

/** Signs metadata by these keys. */
export async function signTuf(signed: { readonly [name: string]: Json }, keys: readonly TufKey[]): Promise<Uint8Array> {
  const bytes = text(canonical(signed))
  const signatures = await Promise.all(
    keys.map(async (key) => ({
      keyid: await tufKeyId(key),
      sig: toHex(await signWith(demoKeys[key], P256, bytes)),
    })),
  )
  return text(`${JSON.stringify({ signatures, signed }, null, 1)}\n`)
}

export interface RootRecipe {
  readonly version: number
  readonly keys: readonly TufKey[]
  readonly threshold?: number
  readonly expires?: string
  /** Who signs; the keys themselves by default. */
  readonly by?: readonly TufKey[]
}

/** One root: who may sign the next one, and who the lists. */
export async function makeTufRoot({
  version,
  keys,
  threshold = 2,
  expires,
  by = keys,
}: RootRecipe): Promise<Uint8Array> {
  const ids = await Promise.all(keys.map((key) => tufKeyId(key)))
  const online = await tufKeyId('tufOnline')
  const all = [...keys, 'tufOnline'] as const
  const entries = await Promise.all(
    all.map(async (key) => [
      await tufKeyId(key),
      {
        keytype: 'ecdsa',
        keyval: { public: encodePem('PUBLIC KEY', spkiOf(demoKeys[key])) },
        scheme: 'ecdsa-sha2-nistp256',
      },
    ]),
  )
  return signTuf(
    {
      _type: 'root',
      consistent_snapshot: true,
      expires: expires ?? '2030-01-01T00:00:00Z',
      keys: Object.fromEntries(entries),
      roles: {
        root: { keyids: ids, threshold },
        snapshot: { keyids: [online], threshold: 1 },
        targets: { keyids: ids, threshold },
        timestamp: { keyids: [online], threshold: 1 },
      },
      spec_version: '1.0',
      version,
    },
    by,
  )
}

/** The list of files. */
export async function makeTargets(
  trustedRoot: Uint8Array,
  given: {
    readonly version?: number
    readonly expires?: string
    readonly by?: readonly TufKey[]
    readonly sha256?: string
  } = {},
): Promise<Uint8Array> {
  return signTuf(
    {
      _type: 'targets',
      expires: given.expires ?? '2030-01-01T00:00:00Z',
      spec_version: '1.0',
      targets: {
        'trusted_root.json': {
          hashes: { sha256: given.sha256 ?? toHex(await sha256(trustedRoot)) },
          length: trustedRoot.length,
        },
      },
      version: given.version ?? 2,
    },
    given.by ?? ['tuf1', 'tuf4'],
  )
}

/** `snapshot` and `timestamp`, which name the newest version of another list. */
export function makeList(
  type: 'snapshot' | 'timestamp',
  given: {
    readonly names?: number
    readonly version?: number
    readonly expires?: string
    readonly by?: readonly TufKey[]
  } = {},
): Promise<Uint8Array> {
  return signTuf(
    {
      _type: type,
      expires: given.expires ?? '2030-01-01T00:00:00Z',
      meta: { [type === 'snapshot' ? 'targets.json' : 'snapshot.json']: { version: given.names ?? 2 } },
      spec_version: '1.0',
      version: given.version ?? 2,
    },
    given.by ?? ['tufOnline'],
  )
}

/** The demonstration’s trust root with a log whose key is new. */
export async function makeTrustedRoot(log: JsonWebKey = demoKeys.other): Promise<Uint8Array> {
  const instance = (name: string, spki: string, id: string) => ({
    baseUrl: `https://${name}`,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: spki, keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor: { start: '2021-01-01T00:00:00Z' } },
    logId: { keyId: id },
  })
  const spki = spkiOf(log)
  return text(
    `${JSON.stringify(
      {
        mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
        tlogs: [instance(LOG_NAME, toBase64(spki), toBase64(await sha256(spki)))],
        certificateAuthorities: DEMO_AUTHORITIES.map(({ chain, from }) => ({
          uri: 'https://authority.demonstration.example',
          certChain: { certificates: chain.map((rawBytes) => ({ rawBytes })) },
          validFor: { start: from },
        })),
        ctlogs: DEMO_KEYS.filter(({ role }) => role === 'certificate-log').map((one) =>
          instance(one.name, one.spki, toBase64(fromHex(one.id) ?? new Uint8Array())),
        ),
        timestampAuthorities: [],
      },
      null,
      2,
    )}\n`,
  )
}

/** Two roots behind the one that is built in, the lists, and the trust root: what a mirror of such a repository holds. */
export async function followedFiles(): Promise<Readonly<Record<string, Uint8Array>>> {
  const trustedRoot = await makeTrustedRoot()
  return {
    '2.root.json': await makeTufRoot({ version: 2, keys: ['tuf1', 'tuf2', 'tuf4'], by: ['tuf1', 'tuf2', 'tuf4'] }),
    '3.root.json': await makeTufRoot({ version: 3, keys: ['tuf1', 'tuf4'], by: ['tuf1', 'tuf2', 'tuf4'] }),
    'timestamp.json': await makeList('timestamp'),
    'snapshot.json': await makeList('snapshot'),
    'targets.json': await makeTargets(trustedRoot),
    'trusted_root.json': trustedRoot,
  }
}
