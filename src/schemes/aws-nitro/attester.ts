import { joinBytes } from '../../bytes/der-writer.ts'
import {
  cborArray,
  cborBytes,
  cborHead,
  cborInt,
  cborMap,
  cborNull,
  cborTag,
  cborText,
} from '../../bytes/cbor-writer.ts'
import { sliceOf, bytesOf } from '../../core/place.ts'
import { readCose } from '../../envelope/cose.ts'
import type { SignatureAlgorithm } from '../../crypto/types.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  issueCertificate,
  keyUsage,
  name,
  signWith,
  spkiOf,
  subjectKeyIdentifier,
  type CertificateRecipe,
} from '../../pki/issue.ts'
import { anchorKeyBytes } from '../../pki/anchors.ts'
import { demoAnchor } from './demo-anchor.ts'
import { demoKeys } from './demo-keys.ts'

/** Makes documents as an enclave's hypervisor does, under the demonstration root. */

const ES384: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' }
const CERTIFICATE_ALGORITHM: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-384', form: 'der' }
const HOUR = 3_600_000

/** When the samples were made. */
export const MADE_AT = Date.parse('2026-01-01T00:30:00Z')

export interface NitroRecipe {
  readonly kind?: 'enclave' | 'tpm' | 'qingtian'
  readonly debug?: boolean
  readonly madeAt?: number
  /** PCR number → value; the rest are zero. */
  readonly pcrs?: Readonly<Record<number, Uint8Array>>
  readonly publicKey?: Uint8Array
  readonly userData?: Uint8Array
  readonly nonce?: Uint8Array
  readonly leafHours?: number
  /** Name and key of the root; the demonstration root by default. */
  readonly root?: { readonly commonName: string; readonly key: JsonWebKey }
  /** For hostile documents in tests. */
  readonly bend?: {
    readonly protectedHeader?: Uint8Array
    readonly unprotectedHeader?: Uint8Array
    /** Rewrites the payload before it is signed. */
    readonly payload?: (payload: Uint8Array) => Uint8Array
    readonly fields?: readonly (readonly [string, Uint8Array])[]
    readonly bundle?: (bundle: readonly Uint8Array[]) => readonly Uint8Array[]
    readonly certificate?: Partial<CertificateRecipe>
    readonly indefinite?: boolean
    readonly tagged?: boolean
    readonly signWith?: JsonWebKey
  }
}

const nameOf = (commonName: string) => name({ C: 'XX', O: 'Attestation Explorer', OU: 'Demonstration', CN: commonName })

/** Root, regional authority, instance authority and leaf, root first as in a real bundle. */
export async function demoChain(
  recipe: NitroRecipe,
): Promise<{ readonly bundle: readonly Uint8Array[]; readonly leaf: Uint8Array }> {
  const madeAt = recipe.madeAt ?? MADE_AT
  const rootKey = recipe.root?.key ?? demoKeys.root
  const rootName = nameOf(recipe.root?.commonName ?? 'demonstration.nitro-enclaves')
  const authority = async (key: JsonWebKey, issuerKey: JsonWebKey, pathLength?: number) => [
    basicConstraints(true, pathLength),
    keyUsage('digitalSignature', 'keyCertSign', 'cRLSign'),
    await subjectKeyIdentifier(key),
    ...(key === issuerKey ? [] : [await authorityKeyIdentifier(issuerKey)]),
  ]
  const common = { algorithm: CERTIFICATE_ALGORITHM }
  const year = (n: number) => Date.parse(`${n}-01-01T00:00:00Z`)
  const published = recipe.root ? undefined : anchorKeyBytes(demoAnchor.certificate ?? '')
  const root =
    published ??
    (await issueCertificate({
      ...common,
      subject: rootName,
      issuer: rootName,
      issuerKey: rootKey,
      subjectKey: rootKey,
      serial: 1,
      notBefore: year(2025),
      notAfter: year(2055),
      extensions: await authority(rootKey, rootKey),
    }))
  const regionName = nameOf('xx-demo-1.nitro-enclaves')
  const region = await issueCertificate({
    ...common,
    subject: regionName,
    issuer: rootName,
    issuerKey: rootKey,
    subjectKey: demoKeys.region,
    serial: 2,
    notBefore: madeAt - 200 * HOUR,
    notAfter: madeAt + 280 * HOUR,
    extensions: await authority(demoKeys.region, rootKey, 1),
  })
  const instanceName = nameOf('i-00000000000000000.xx-demo-1.nitro-enclaves')
  const instance = await issueCertificate({
    ...common,
    subject: instanceName,
    issuer: regionName,
    issuerKey: demoKeys.region,
    subjectKey: demoKeys.instance,
    serial: 3,
    notBefore: madeAt - 20 * HOUR,
    notAfter: madeAt + 28 * HOUR,
    extensions: await authority(demoKeys.instance, demoKeys.region, 0),
  })
  const leafHours = recipe.leafHours ?? 3
  const leaf = await issueCertificate({
    ...common,
    subject: nameOf(moduleId(recipe)),
    issuer: instanceName,
    issuerKey: demoKeys.instance,
    subjectKey: demoKeys.leaf,
    serial: 4,
    notBefore: madeAt - HOUR / 2,
    notAfter: madeAt + leafHours * HOUR - HOUR / 2,
    extensions: [basicConstraints(false), keyUsage('digitalSignature', 'nonRepudiation')],
    ...recipe.bend?.certificate,
  })
  return { bundle: [root, region, instance], leaf }
}

function moduleId(recipe: NitroRecipe): string {
  return recipe.kind === 'tpm'
    ? 'i-00000000000000000-tpm0000000000000000'
    : recipe.kind === 'qingtian'
      ? '00000000-0000-0000-0000-000000000000.enc-0000000000000000'
      : 'i-00000000000000000-enc0000000000000000'
}

/** Register values of a made-up image: each its own byte, so that a shifted one is seen. */
export function demoPcr(index: number): Uint8Array {
  return new Uint8Array(48).fill(0xa0 + index)
}

function registersOf(recipe: NitroRecipe): Readonly<Record<number, Uint8Array>> {
  if (recipe.pcrs) return recipe.pcrs
  if (recipe.kind === 'qingtian') return recipe.debug ? {} : { 0: demoPcr(0), 4: demoPcr(4), 8: demoPcr(8) }
  if (recipe.kind === 'tpm') return { 4: demoPcr(4), 7: demoPcr(7), 12: demoPcr(12) }
  return recipe.debug
    ? { 4: demoPcr(4) }
    : { 0: demoPcr(0), 1: demoPcr(1), 2: demoPcr(2), 3: demoPcr(3), 4: demoPcr(4) }
}

/** One signed document. */
export async function makeDocument(recipe: NitroRecipe = {}): Promise<Uint8Array> {
  const { bend } = recipe
  const { bundle, leaf } = await demoChain(recipe)
  const own = registersOf(recipe)
  const isQingTian = recipe.kind === 'qingtian'
  const values = Array.from({ length: recipe.kind === 'tpm' ? 24 : 16 }, (_, index) =>
    cborBytes(own[index] ?? new Uint8Array(48)),
  )
  // QingTian's module writes the numbers of the registers in two bytes, whatever their size.
  const pcrs = isQingTian
    ? joinBytes([
        cborHead(5, values.length),
        ...values.flatMap((value, index) => [Uint8Array.of(0x19, 0, index), value]),
      ])
    : cborMap(...values.map((value, index) => [index, value] as const))
  const optional = (value: Uint8Array | undefined) => (value === undefined ? cborNull() : cborBytes(value))
  const fields: (readonly [string, Uint8Array])[] = [
    ['module_id', cborText(moduleId(recipe))],
    ['digest', cborText('SHA384')],
    ['timestamp', cborInt(recipe.madeAt ?? MADE_AT)],
    [recipe.kind === 'tpm' ? 'nitrotpm_pcrs' : 'pcrs', pcrs],
    ['certificate', cborBytes(leaf)],
    ['cabundle', cborArray(...(bend?.bundle?.(bundle) ?? bundle).map(cborBytes))],
    ['public_key', optional(recipe.publicKey)],
    ['user_data', optional(recipe.userData ?? new TextEncoder().encode('chosen by the enclave'))],
    ['nonce', optional(recipe.nonce)],
  ]
  const replaced = fields.map(
    ([key, value]) => bend?.fields?.find(([wanted]) => wanted === key) ?? ([key, value] as const),
  )
  const all = [...replaced, ...(bend?.fields?.filter(([key]) => !fields.some(([known]) => known === key)) ?? [])]
  const map = bend?.indefinite
    ? joinBytes([Uint8Array.of(0xbf), ...all.flatMap(([key, value]) => [cborText(key), value]), Uint8Array.of(0xff)])
    : cborMap(...all)
  const payload = bend?.payload?.(map) ?? map
  const header =
    bend?.protectedHeader ??
    (isQingTian ? Uint8Array.of(0xa1, 0x1a, 0, 0, 0, 1, 0x3a, 0, 0, 0, 0x22) : cborMap([1, cborInt(-35)]))
  const unsigned = (signature: Uint8Array) =>
    joinBytes([
      cborHead(4, 4),
      cborBytes(header),
      bend?.unprotectedHeader ?? cborMap(),
      cborBytes(payload),
      cborBytes(signature),
    ])
  const { message } = readCose(sliceOf('', unsigned(new Uint8Array(96))))
  const plain = await signWith(
    bend?.signWith ?? demoKeys.leaf,
    ES384,
    message ? bytesOf(message.toBeSigned) : new Uint8Array(),
  )
  const signature = isQingTian
    ? Uint8Array.of(...plain.slice(0, 48).toReversed(), ...plain.slice(48).toReversed())
    : plain
  return bend?.tagged ? cborTag(18, unsigned(signature)) : unsigned(signature)
}

/** Public key that the samples vouch for. */
export function demoPublicKey(): Uint8Array {
  return spkiOf(demoKeys.instance)
}
