import { joinBytes } from '../../bytes/der-writer.ts'
import { bytesOf } from '../../core/place.ts'
import { base64Text } from '../../envelope/base64.ts'
import { signWith } from '../../pki/issue.ts'
import { demoKeys } from './demo-keys.ts'
import { ARK, ASK, CEK, OCA, PDH, PEK } from './layout.ts'

/** Makes certificates and reports of SEV before SNP under a demonstration root that is built like the first generation's. */

const le = (value: number, width: number) =>
  Uint8Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** i) % 256)

function number(text: string | undefined, width: number): Uint8Array {
  const read = base64Text(text ?? '', { url: true })
  const big = read ? bytesOf(read.slice) : new Uint8Array()
  const out = new Uint8Array(width)
  out.set(big.toReversed().subarray(0, width))
  return out
}

const SIZE = 256
const idOf = (key: JsonWebKey) => number(key.n, 16)

/** An authority's certificate: ARK over itself, or ASK under ARK. */
export async function makeAuthority(
  usage: typeof ARK | typeof ASK,
  bend: { readonly key?: JsonWebKey; readonly signer?: JsonWebKey } = {},
): Promise<Uint8Array> {
  const key = bend.key ?? (usage === ARK ? demoKeys.ark : demoKeys.ask)
  const signer = bend.signer ?? demoKeys.ark
  const body = joinBytes([
    le(1, 4),
    idOf(key),
    idOf(signer),
    le(usage, 4),
    new Uint8Array(16),
    le(SIZE * 8, 4),
    le(SIZE * 8, 4),
    number(key.e, SIZE),
    number(key.n, SIZE),
  ])
  return joinBytes([
    body,
    (
      await signWith(signer, { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-256', saltLength: 32 }, body)
    ).toReversed(),
  ])
}

async function ecdsa(signer: JsonWebKey, body: Uint8Array): Promise<Uint8Array> {
  const raw = await signWith(signer, { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }, body)
  const half = (part: Uint8Array) => {
    const out = new Uint8Array(72)
    out.set(part.toReversed())
    return out
  }
  return joinBytes([half(raw.subarray(0, 48)), half(raw.subarray(48))])
}

const NAMES = { [CEK]: 'cek', [OCA]: 'oca', [PEK]: 'pek', [PDH]: 'pdh' } as const
export type KeyUsage = keyof typeof NAMES

/** A certificate of a chip's or platform's key with the signatures that its kind has. */
export async function makeCertificate(
  usage: KeyUsage,
  bend: { readonly signer?: JsonWebKey; readonly authority?: JsonWebKey } = {},
): Promise<Uint8Array> {
  const key = demoKeys[NAMES[usage]]
  const body = joinBytes([
    le(1, 4),
    Uint8Array.of(0, 22, 0, 0),
    le(usage, 4),
    le(usage === PDH ? 3 : 2, 4),
    le(2, 4),
    number(key.x, 72),
    number(key.y, 72),
    new Uint8Array(880),
  ])
  const slot = async (by: number, algorithm: number, value: Promise<Uint8Array> | undefined) =>
    joinBytes([le(by, 4), le(algorithm, 4), padded(value ? await value : new Uint8Array(), 512)])
  const empty = slot(0x1000, 0, undefined)
  switch (usage) {
    case CEK:
      return joinBytes([body, await slot(ASK, 1, rsa(bend.authority ?? demoKeys.ask, body)), await empty])
    case OCA:
      return joinBytes([body, await slot(OCA, 2, ecdsa(demoKeys.oca, body)), await empty])
    case PEK:
      return joinBytes([
        body,
        await slot(OCA, 2, ecdsa(demoKeys.oca, body)),
        await slot(CEK, 2, ecdsa(bend.signer ?? demoKeys.cek, body)),
      ])
    case PDH:
      return joinBytes([body, await slot(PEK, 2, ecdsa(bend.signer ?? demoKeys.pek, body)), await empty])
  }
}

async function rsa(signer: JsonWebKey, body: Uint8Array): Promise<Uint8Array> {
  return (
    await signWith(signer, { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-256', saltLength: 32 }, body)
  ).toReversed()
}

function padded(bytes: Uint8Array, width: number): Uint8Array {
  const out = new Uint8Array(width)
  out.set(bytes.subarray(0, width))
  return out
}

/** A legacy report. */
export async function makeLegacyReport(
  recipe: { readonly policy?: number; readonly signer?: JsonWebKey } = {},
): Promise<Uint8Array> {
  const body = joinBytes([
    new Uint8Array(16).fill(0x4e),
    new Uint8Array(32).fill(0xa5),
    le(recipe.policy ?? 0x00000001, 4),
  ])
  return joinBytes([body, le(PEK, 4), le(2, 4), new Uint8Array(4), await ecdsa(recipe.signer ?? demoKeys.pek, body)])
}

/** The whole chain above a platform's key, as files. */
export async function makeChain(): Promise<readonly (readonly [string, Uint8Array])[]> {
  return [
    ['pek.cert', await makeCertificate(PEK)],
    ['cek.cert', await makeCertificate(CEK)],
    ['ask.cert', await makeAuthority(ASK)],
    ['ark.cert', await makeAuthority(ARK)],
  ]
}
