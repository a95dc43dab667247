import { bytesOf, sliceOf } from '../../core/place.ts'
import { cborArray, cborBytes, cborInt, cborMap, cborText } from '../../bytes/cbor-writer.ts'
import {
  bitString,
  implicit,
  implicitConstructed,
  integerContent,
  joinBytes,
  octetString,
  oid,
  sequence,
} from '../../bytes/der-writer.ts'
import { toHex } from '../../bytes/layout.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { readCose } from '../../envelope/cose.ts'
import { readSpki } from '../../crypto/spki.ts'
import type { SignatureAlgorithm } from '../../crypto/types.ts'
import { digest } from '../../crypto/verify.ts'
import {
  basicConstraints,
  customExtension,
  issueCertificate,
  keyUsage,
  name,
  signWith,
  spkiOf,
  subjectKeyIdentifier,
  type IssuedExtension,
} from '../../pki/issue.ts'
import keys from './demo-keys.json'
import { MULTI_TCB_INFO, TCB_INFO, UEID } from './oids.ts'

/** Makes DICE chains under demonstration keys. */

/** Keys for demonstrations: public on purpose, good for nothing else. */
export const demoKeys: Readonly<
  Record<'root' | 'device' | 'layer' | 'leaf' | 'other' | 'uds' | 'cdi1' | 'cdi2', JsonWebKey>
> = keys

const ES256: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-256', form: 'der' }
export const ROOT_NAME = name({ C: 'XX', O: 'Attestation Explorer', OU: 'Demonstration', CN: 'demonstration.dice' })
const FROM = Date.parse('2025-01-01T00:00:00Z')
/** RFC 5280 section 4.1.2.5: no well-defined end. */
const NEVER = Date.parse('9999-12-31T23:59:59Z')
const SHA256 = '2.16.840.1.101.3.4.2.1'

/** One TcbInfo. Flags: bit 0 not configured, 1 not secure, 2 recovery, 3 debug, first bit first. */
export interface TcbRecipe {
  readonly layer?: number
  readonly svn?: number
  readonly type?: string
  readonly fwid?: Uint8Array
  readonly flags?: number
  readonly mask?: number
}

const text = (value: string) => new TextEncoder().encode(value)
const primitive = (number: number, whole: Uint8Array) => implicit(number, whole)

/** DER of a TcbInfo. */
export function tcbInfo(recipe: TcbRecipe): Uint8Array {
  const bits = (value: number) => bitString(Uint8Array.of(value), 0).subarray(2)
  return sequence(
    primitive(0, text('Attestation Explorer')),
    primitive(1, text('demonstration device')),
    primitive(2, text('1.0.0')),
    primitive(3, integerContent(recipe.svn ?? 7)),
    ...(recipe.layer === undefined ? [] : [primitive(4, integerContent(recipe.layer))]),
    implicitConstructed(6, sequence(oid(SHA256), octetString(recipe.fwid ?? new Uint8Array(32).fill(0xa1)))),
    primitive(7, bits(recipe.flags ?? 0)),
    ...(recipe.type === undefined ? [] : [primitive(9, text(recipe.type))]),
    ...(recipe.mask === undefined ? [] : [primitive(10, bits(recipe.mask))]),
  )
}

export interface DiceRecipe {
  /** Flags of the second layer. */
  readonly flags?: number
  readonly svn?: number
  /** Numbers that the three layers give themselves. */
  readonly numbers?: readonly [number, number, number]
  /** For hostile chains in tests. */
  readonly bend?: {
    readonly leafSigner?: JsonWebKey
    readonly layerExtensions?: readonly IssuedExtension[]
    readonly leafExtensions?: readonly IssuedExtension[]
    readonly layerMayNotSign?: boolean
  }
}

async function nameOf(title: string, key: JsonWebKey): Promise<Uint8Array> {
  const read = readSpki(spkiOf(key))
  const point = read.kind === 'ec' ? read.point : new Uint8Array()
  return name({ CN: title, serialNumber: toHex(await digest('SHA-256', point)).toUpperCase() })
}

/** How the demonstration's root was made; the anchors pin what came out.
 * @public */
export async function makeRoot(): Promise<Uint8Array> {
  return issueCertificate({
    subject: ROOT_NAME,
    issuer: ROOT_NAME,
    issuerKey: demoKeys.root,
    subjectKey: demoKeys.root,
    serial: 1,
    notBefore: FROM,
    notAfter: Date.parse('2055-01-01T00:00:00Z'),
    algorithm: ES256,
    extensions: [basicConstraints(true), keyUsage('keyCertSign'), await subjectKeyIdentifier(demoKeys.root)],
  })
}

/** Device, second layer, leaf: three certificates, the leaf first. */
export async function makeChain(recipe: DiceRecipe = {}): Promise<readonly Uint8Array[]> {
  const [first, second, third] = recipe.numbers ?? [0, 1, 2]
  const names = {
    device: await nameOf('Demonstration device', demoKeys.device),
    layer: await nameOf('Demonstration first mutable code', demoKeys.layer),
    leaf: await nameOf('Demonstration runtime', demoKeys.leaf),
  }
  const ueid = customExtension(
    UEID,
    sequence(octetString(joinBytes([Uint8Array.of(1), new Uint8Array(16).fill(0xde)]))),
  )
  const common = { notBefore: FROM, notAfter: NEVER, algorithm: ES256 }
  const ca = (pathLength: number) => [basicConstraints(true, pathLength), keyUsage('keyCertSign')]
  const device = await issueCertificate({
    ...common,
    subject: names.device,
    issuer: ROOT_NAME,
    issuerKey: demoKeys.root,
    subjectKey: demoKeys.device,
    serial: 2,
    extensions: [...ca(2), ueid, customExtension(TCB_INFO, tcbInfo({ layer: first, type: 'ROM' }), true)],
  })
  const layer = await issueCertificate({
    ...common,
    subject: names.layer,
    issuer: names.device,
    issuerKey: demoKeys.device,
    subjectKey: demoKeys.layer,
    serial: 3,
    extensions: [
      ...(recipe.bend?.layerMayNotSign ? [basicConstraints(true, 1), keyUsage('digitalSignature')] : ca(1)),
      ueid,
      customExtension(
        MULTI_TCB_INFO,
        sequence(
          tcbInfo({ layer: second, type: 'DEVICE_INFO', flags: recipe.flags ?? 0, mask: 0xf0 }),
          tcbInfo({ layer: second, type: 'FMC_INFO', svn: recipe.svn ?? 9, fwid: new Uint8Array(32).fill(0xf3) }),
        ),
      ),
      ...(recipe.bend?.layerExtensions ?? []),
    ],
  })
  const leaf = await issueCertificate({
    ...common,
    subject: names.leaf,
    issuer: names.layer,
    issuerKey: recipe.bend?.leafSigner ?? demoKeys.layer,
    subjectKey: demoKeys.leaf,
    serial: 4,
    extensions: [
      basicConstraints(false),
      keyUsage('digitalSignature'),
      ueid,
      customExtension(TCB_INFO, tcbInfo({ layer: third, type: 'RT_INFO', fwid: new Uint8Array(32).fill(0x47) })),
      ...(recipe.bend?.leafExtensions ?? []),
    ],
  })
  return [leaf, layer, device]
}

function base64Url(member = ''): Uint8Array {
  const read = readBase64(sliceOf('', text(member)))
  return read ? bytesOf(read.slice) : new Uint8Array()
}

/** COSE_Key of an Ed25519 JWK. */
export function coseKey(key: JsonWebKey): Uint8Array {
  return cborMap([1, cborInt(1)], [3, cborInt(-8)], [-1, cborInt(6)], [-2, cborBytes(base64Url(key.x))])
}

export interface CborRecipe {
  readonly issuer: string
  readonly subject: string
  readonly issuerKey: JsonWebKey
  readonly subjectKey: JsonWebKey
  readonly mode?: number
}

/** One CBOR certificate of the Open Profile for DICE. */
export async function makeCborCertificate(recipe: CborRecipe): Promise<Uint8Array> {
  const claims = cborMap(
    [1, cborText(recipe.issuer)],
    [2, cborText(recipe.subject)],
    [-4670545, cborBytes(new Uint8Array(64).fill(0xc0))],
    [-4670547, cborBytes(new Uint8Array(64).fill(0xc1))],
    [-4670549, cborBytes(new Uint8Array(64).fill(0xc2))],
    [-4670551, cborBytes(Uint8Array.of(recipe.mode ?? 1))],
    [-4670552, cborBytes(coseKey(recipe.subjectKey))],
    [-4670553, cborBytes(Uint8Array.of(0x20))],
  )
  const message = (signature: Uint8Array) =>
    cborArray(cborBytes(cborMap([1, cborInt(-8)])), cborMap(), cborBytes(claims), cborBytes(signature))
  const unsigned = readCose(sliceOf('', message(new Uint8Array(64)))).message
  const signed = unsigned ? bytesOf(unsigned.toBeSigned) : new Uint8Array()
  return message(await signWith(recipe.issuerKey, { kind: 'ed25519' }, signed))
}

/** The device's first key, then a certificate for each of two layers. */
export async function makeCborChain(mode = 1): Promise<Uint8Array> {
  return cborArray(
    coseKey(demoKeys.uds),
    await makeCborCertificate({ issuer: 'uds', subject: 'cdi1', issuerKey: demoKeys.uds, subjectKey: demoKeys.cdi1 }),
    await makeCborCertificate({
      issuer: 'cdi1',
      subject: 'cdi2',
      issuerKey: demoKeys.cdi1,
      subjectKey: demoKeys.cdi2,
      mode,
    }),
  )
}
