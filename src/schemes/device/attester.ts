import { bytesOf, sliceOf } from '../../core/place.ts'
import { cborArray, cborBytes, cborInt, cborMap, cborText } from '../../bytes/cbor-writer.ts'
import {
  boolean,
  enumerated,
  explicit,
  integer,
  joinBytes,
  octetString,
  sequence,
  set,
} from '../../bytes/der-writer.ts'
import { readBase64, toBase64Url } from '../../envelope/base64.ts'
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
  type IssuedExtension,
} from '../../pki/issue.ts'
import keys from './demo-keys.json'
import { APPLE_NONCE, FIDO_AAGUID, KEY_DESCRIPTION } from './oids.ts'

/** Makes statements of devices' shapes under demonstration keys. */

/** Keys for demonstrations: public on purpose, good for nothing else. */
export const demoKeys: Readonly<Record<'root' | 'authority' | 'leaf' | 'credential' | 'other', JsonWebKey>> = keys

const ES256: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-256', form: 'der' }
const FROM = Date.parse('2025-01-01T00:00:00Z')
const TO = Date.parse('2055-01-01T00:00:00Z')
const named = (title: string) => name({ C: 'XX', O: 'Attestation Explorer', OU: 'Demonstration', CN: title })
export const ROOT_NAME = named('demonstration.device')
const AUTHORITY_NAME = named('Demonstration authority')
const text = (value: string) => new TextEncoder().encode(value)
const common = { notBefore: FROM, notAfter: TO, algorithm: ES256 }

/** How the demonstration's root was made; the anchors pin what came out.
 * @public */
export async function makeRoot(): Promise<Uint8Array> {
  return issueCertificate({
    ...common,
    subject: ROOT_NAME,
    issuer: ROOT_NAME,
    issuerKey: demoKeys.root,
    subjectKey: demoKeys.root,
    serial: 1,
    extensions: [basicConstraints(true), keyUsage('keyCertSign')],
  })
}

const makeAuthority = () =>
  issueCertificate({
    ...common,
    subject: AUTHORITY_NAME,
    issuer: ROOT_NAME,
    issuerKey: demoKeys.root,
    subjectKey: demoKeys.authority,
    serial: 0xa2,
    extensions: [basicConstraints(true), keyUsage('keyCertSign')],
  })

const makeLeaf = (title: string, subjectKey: JsonWebKey, extensions: readonly IssuedExtension[]) =>
  issueCertificate({
    ...common,
    subject: named(title),
    issuer: AUTHORITY_NAME,
    issuerKey: demoKeys.authority,
    subjectKey,
    serial: 0xa3,
    extensions: [basicConstraints(false), keyUsage('digitalSignature'), ...extensions],
  })

function base64Url(member = ''): Uint8Array {
  const read = readBase64(sliceOf('', text(member)))
  return read ? bytesOf(read.slice) : new Uint8Array()
}

const coseKey = ({ x, y }: JsonWebKey) =>
  cborMap(
    [1, cborInt(2)],
    [3, cborInt(-7)],
    [-1, cborInt(1)],
    [-2, cborBytes(base64Url(x))],
    [-3, cborBytes(base64Url(y))],
  )

const pointOf = (key: JsonWebKey) => {
  const read = readSpki(spkiOf(key))
  return read.kind === 'ec' ? read.point : new Uint8Array()
}

export interface AttestationRecipe {
  readonly format?: string
  readonly challenge?: string
  readonly key?: JsonWebKey
  readonly counter?: number
  readonly aaguid?: string
  /** The key in the certificate, where it is to be another one. */
  readonly certified?: JsonWebKey
  readonly certificateAaguid?: string
  readonly signWith?: JsonWebKey
  readonly bend?: (authData: Uint8Array) => Uint8Array
}

const CHALLENGE = 'a challenge of the demonstration'

async function authDataOf(recipe: AttestationRecipe, id: Uint8Array): Promise<Uint8Array> {
  const count = recipe.counter ?? 0
  return joinBytes([
    await digest('SHA-256', text('DEMO.attestation.explorer')),
    Uint8Array.of(0x45, 0, 0, count >> 8, count & 255),
    text((recipe.aaguid ?? 'appattest').padEnd(16, '\0')),
    Uint8Array.of(id.length >> 8, id.length & 255),
    id,
    coseKey(recipe.key ?? demoKeys.credential),
  ])
}

const objectOf = (format: string, statement: Uint8Array, authData: Uint8Array) =>
  cborMap(['fmt', cborText(format)], ['attStmt', statement], ['authData', cborBytes(authData)])

const chainOf = (...certificates: readonly Uint8Array[]) => cborArray(...certificates.map(cborBytes))

/** An attestation of the shape of App Attest, and the challenge that it answers. */
export async function makeAppAttest(recipe: AttestationRecipe = {}): Promise<Uint8Array> {
  const key = recipe.key ?? demoKeys.credential
  const written = await authDataOf(recipe, await digest('SHA-256', pointOf(key)))
  const authData = recipe.bend?.(written) ?? written
  const clientDataHash = await digest('SHA-256', text(recipe.challenge ?? CHALLENGE))
  const nonce = await digest('SHA-256', joinBytes([written, clientDataHash]))
  const leaf = await makeLeaf('Demonstration app', recipe.certified ?? key, [
    customExtension(APPLE_NONCE, sequence(explicit(1, octetString(nonce)))),
  ])
  return objectOf(
    recipe.format ?? 'apple-appattest',
    cborMap(['x5c', chainOf(leaf, await makeAuthority())], ['receipt', cborBytes(text('no receipt'))]),
    authData,
  )
}

/** A registration in the format packed. Without a chain the credential's key signs for itself. */
export async function makePacked(recipe: AttestationRecipe & { readonly self?: boolean } = {}): Promise<{
  readonly object: Uint8Array
  readonly clientData: Uint8Array
}> {
  const challenge = toBase64Url(text(recipe.challenge ?? CHALLENGE))
  const clientData = text(
    JSON.stringify({ type: 'webauthn.create', challenge, origin: 'https://demonstration.invalid' }),
  )
  const written = await authDataOf({ aaguid: 'demonstration-16', ...recipe }, new Uint8Array(16).fill(0xc1))
  const authData = recipe.bend?.(written) ?? written
  const signed = joinBytes([written, await digest('SHA-256', clientData)])
  const signer = recipe.signWith ?? (recipe.self ? (recipe.key ?? demoKeys.credential) : demoKeys.leaf)
  const signature = cborBytes(await signWith(signer, ES256, signed))
  const aaguid = octetString(text(recipe.certificateAaguid ?? 'demonstration-16'))
  const leaf = await makeLeaf('Demonstration authenticator', demoKeys.leaf, [customExtension(FIDO_AAGUID, aaguid)])
  const statement = recipe.self
    ? cborMap(['alg', cborInt(-7)], ['sig', signature])
    : cborMap(['alg', cborInt(-7)], ['sig', signature], ['x5c', chainOf(leaf, await makeAuthority())])
  return { object: objectOf('packed', statement, authData), clientData }
}

export interface AndroidRecipe {
  readonly level?: number
  readonly locked?: boolean
  readonly state?: number
  readonly origin?: number
  readonly challenge?: Uint8Array
  /** A further certificate that the attested key signed, with a description of its own. */
  readonly extended?: boolean
  readonly malformed?: boolean
  readonly signWith?: JsonWebKey
}

const tagged = (tag: number, value: Uint8Array): Uint8Array => {
  const content = value
  const head = tag < 31 ? [0xa0 | tag] : [0xbf, ...(tag > 127 ? [0x80 | (tag >> 7)] : []), tag & 127]
  const length = content.length < 128 ? [content.length] : [0x81, content.length]
  return joinBytes([Uint8Array.from([...head, ...length]), content])
}

function description(recipe: AndroidRecipe): IssuedExtension {
  if (recipe.malformed) return customExtension(KEY_DESCRIPTION, text('no description'))
  const level = enumerated(recipe.level ?? 1)
  const rootOfTrust = sequence(
    octetString(new Uint8Array(32).fill(0xb0)),
    boolean(recipe.locked ?? true),
    enumerated(recipe.state ?? 0),
    octetString(new Uint8Array(32).fill(0xb1)),
  )
  return customExtension(
    KEY_DESCRIPTION,
    sequence(
      integer(300),
      level,
      integer(300),
      level,
      octetString(recipe.challenge ?? text(CHALLENGE)),
      octetString(new Uint8Array()),
      sequence(tagged(701, integer(1735689600000))),
      sequence(
        tagged(1, set(integer(2), integer(3))),
        tagged(2, integer(3)),
        tagged(3, integer(256)),
        tagged(702, integer(recipe.origin ?? 0)),
        tagged(704, rootOfTrust),
        tagged(705, integer(150000)),
        tagged(706, integer(202511)),
      ),
    ),
  )
}

/** Leaf first, then the authority. */
export async function makeAndroidChain(recipe: AndroidRecipe = {}): Promise<Uint8Array[]> {
  const leaf = await issueCertificate({
    ...common,
    subject: name({ CN: 'Android Keystore Key' }),
    issuer: AUTHORITY_NAME,
    issuerKey: recipe.signWith ?? demoKeys.authority,
    subjectKey: demoKeys.leaf,
    serial: 1,
    notBefore: 0,
    notAfter: Date.parse('2048-01-01T00:00:00Z'),
    extensions: [
      ...(recipe.extended ? [basicConstraints(true)] : []),
      keyUsage(recipe.extended ? 'keyCertSign' : 'digitalSignature'),
      description(recipe),
    ],
  })
  const chain = [leaf, await makeAuthority()]
  if (!recipe.extended) return chain
  const own = await issueCertificate({
    ...common,
    subject: name({ CN: 'Android Keystore Key 2' }),
    issuer: name({ CN: 'Android Keystore Key' }),
    issuerKey: demoKeys.leaf,
    subjectKey: demoKeys.other,
    serial: 1,
    extensions: [keyUsage('digitalSignature'), description({ level: 2 })],
  })
  return [own, ...chain]
}

/** Google's list in shape; serial numbers in hex. */
export function makeStatusList(...serials: readonly string[]): Uint8Array {
  const entries = Object.fromEntries(
    ['6681152659205225093', ...serials].map((serial) => [serial, { status: 'REVOKED', reason: 'KEY_COMPROMISE' }]),
  )
  return text(`${JSON.stringify({ entries }, null, 2)}\n`)
}
