import { bytesOf, sliceOf } from '../../core/place.ts'
import { parseJson } from '../../bytes/json.ts'
import { joinBytes } from '../../bytes/join.ts'
import { base64Text, toBase64, toBase64Url } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import type { SignatureAlgorithm } from '../../crypto/types.ts'
import { digest } from '../../crypto/verify.ts'
import { basicConstraints, issueCertificate, keyUsage, name, signWith } from '../../pki/issue.ts'
import { printObject } from './cjson.ts'
import keys from './demo-keys.json'

/** Makes reports of QCA's shape under a demonstration root. */

/** Keys for demonstrations: public on purpose, good for nothing else. Those of real devices have 4096 bits. */
export const demoKeys: Readonly<Record<'root' | 'drk' | 'ak' | 'other', JsonWebKey>> = keys

const RS256: SignatureAlgorithm = { kind: 'rsa-pkcs1', hash: 'SHA-256' }
const FROM = Date.parse('2025-01-01T00:00:00Z')
const TO = Date.parse('2055-01-01T00:00:00Z')
const named = (title: string) => name({ C: 'XX', O: 'Attestation Explorer', OU: 'Demonstration', CN: title })
const ROOT_NAME = named('demonstration.kunpeng')
const DRK_NAME = named('DEMODRK0001')
const utf8 = (value: string) => new TextEncoder().encode(value)
const fromBase64Url = (text = '') => {
  const read = base64Text(text)
  return read ? bytesOf(read.slice) : new Uint8Array()
}

export function makeRoot(): Promise<Uint8Array> {
  return issueCertificate({
    subject: ROOT_NAME,
    issuer: ROOT_NAME,
    issuerKey: demoKeys.root,
    subjectKey: demoKeys.root,
    serial: 1,
    notBefore: FROM,
    notAfter: TO,
    algorithm: RS256,
    extensions: [basicConstraints(true), keyUsage('keyCertSign')],
  })
}

/** Who issues the certificate of the device's key: the demonstration root, the device itself, or somebody who only uses the root's name. */
export type DrkIssuer = 'root' | 'self' | 'root-name'

export function makeDrk(issuer: DrkIssuer = 'root', subjectKey: JsonWebKey = demoKeys.drk): Promise<Uint8Array> {
  return issueCertificate({
    subject: DRK_NAME,
    issuer: issuer === 'self' ? DRK_NAME : ROOT_NAME,
    issuerKey: issuer === 'root' ? demoKeys.root : issuer === 'self' ? demoKeys.drk : demoKeys.other,
    subjectKey,
    serial: 0xd1,
    notBefore: FROM,
    notAfter: TO,
    algorithm: RS256,
    extensions: [keyUsage('digitalSignature')],
  })
}

export interface QcaRecipe {
  readonly nonce?: Uint8Array
  readonly scenario?: string
  readonly saltLength?: number
  readonly issuer?: DrkIssuer
  /** Keys that sign, where they are to be others. */
  readonly ak?: JsonWebKey
  readonly drk?: JsonWebKey
  /** Members of the payload beside the usual ones. */
  readonly more?: Readonly<Record<string, unknown>>
  readonly algorithm?: string
}

const pss = (saltLength = 32): SignatureAlgorithm => ({
  kind: 'rsa-pss',
  hash: 'SHA-256',
  mgfHash: 'SHA-256',
  saltLength,
})
const UUID = 'e08f7eca-0000-4000-8000-000000000001'
const NONCE = utf8('a nonce of the demonstration')
const measured = (what: string) => digest('SHA-256', utf8(`demonstration ${what}`))

/** The text that QCA signs for an object. */
export function signedTextOf(payload: unknown): Uint8Array {
  const slice = sliceOf('', utf8(JSON.stringify(payload)))
  const { value } = parseJson(slice)
  const printed = value && printObject(slice, value)
  return utf8(typeof printed === 'object' ? toBase64Url(utf8(printed.text)) : '')
}

async function signJson(payload: unknown, key: JsonWebKey, saltLength?: number): Promise<string> {
  return toBase64Url(await signWith(key, pss(saltLength), signedTextOf(payload)))
}

/** The certificate in its buffer, as the attestation TA keeps it. */
function inBuffer(certificate: Uint8Array, size = 4096): Uint8Array {
  const out = new Uint8Array(size)
  out.set(utf8(toBase64(certificate)))
  return out
}

/** An attestation key, signed by the device. */
export async function makeAkJson(recipe: QcaRecipe = {}): Promise<object> {
  const { n, e } = demoKeys.ak
  const payload = {
    version: 'TEE.RA.1.0',
    timestamp: '9223372036854770000',
    scenario: recipe.scenario ?? 'sce_no_as',
    sign_alg: 'PS256',
    hash_alg: 'HS256',
    qta_img: toBase64Url(await measured('QTA image')),
    qta_mem: toBase64Url(await measured('QTA memory')),
    tcb: '',
    ak_pub: { kty: 'RSA', n, e },
  }
  return {
    signature: {
      drk_cert: toBase64Url(inBuffer(await makeDrk(recipe.issuer))),
      drk_sign: await signJson(payload, recipe.drk ?? demoKeys.drk, recipe.saltLength),
    },
    payload,
    handler: 'provisioning-output',
  }
}

async function payloadOf(recipe: QcaRecipe): Promise<object> {
  return {
    version: 'TEE.RA.1.0',
    timestamp: '9223372036854775800',
    nonce: toBase64Url(recipe.nonce ?? NONCE),
    scenario: recipe.scenario ?? 'sce_no_as',
    uuid: UUID,
    hash_alg: 'HS256',
    sign_alg: recipe.algorithm ?? 'PS256',
    ta_mem: toBase64Url(await measured('TA memory')),
    ta_img: toBase64Url(await measured('TA image')),
    ta_attr: '',
    tcb: '',
    ...recipe.more,
  }
}

/** A report in JSON, as an object: texts of it differ in white space only. */
export async function makeReportObject(recipe: QcaRecipe = {}): Promise<Record<string, unknown>> {
  const scenario = recipe.scenario ?? 'sce_no_as'
  const payload = await payloadOf(recipe)
  return {
    report_sign: { [scenario]: await signJson(payload, recipe.ak ?? demoKeys.ak, recipe.saltLength) },
    akcert: { [scenario]: await makeAkJson(recipe) },
    payload,
    handler: 'report-output',
  }
}

export const textOf = (report: object): Uint8Array => utf8(`${JSON.stringify(report, null, '\t')}\n`)

/** A report in JSON. */
export async function makeReportJson(recipe: QcaRecipe = {}): Promise<Uint8Array> {
  return textOf(await makeReportObject(recipe))
}

/** A report whose key a deployment's own service certifies. */
export async function makeServiceReport(): Promise<Uint8Array> {
  const payload = await payloadOf({ scenario: 'sce_as_no_daa' })
  const certificate = await makeDrk('root', demoKeys.ak)
  return textOf({
    report_sign: { sce_as_no_daa: await signJson(payload, demoKeys.ak) },
    akcert: { sce_as_no_daa: toBase64Url(utf8(encodePem('CERTIFICATE', certificate))) },
    payload,
    handler: 'report-output',
  })
}

const le = (value: number, size: number) => Uint8Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i))
function filled(bytes: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size)
  out.set(bytes)
  return out
}

/** A head, its parameters, and the byte strings that they name; `sign` makes the one that covers everything before it. */
async function withParameters(
  head: Uint8Array,
  strings: readonly (readonly [tag: number, bytes: Uint8Array | number])[],
  sign: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const sizes = strings.map(([, bytes]) => (typeof bytes === 'number' ? bytes : bytes.length))
  const from = head.length + 4 + 12 * (strings.length + 2)
  const places = sizes.map((_, i) => from + sizes.slice(0, i).reduce((sum, size) => sum + size, 0))
  let out = joinBytes([
    head,
    le(strings.length + 2, 4),
    le(0x10000000, 4),
    le(0x20001, 4),
    le(0, 4),
    le(0x10000001, 4),
    le(0x20002, 4),
    le(0, 4),
    ...strings.map(([tag], i) => joinBytes([le(tag, 4), le(sizes[i] ?? 0, 4), le(places[i] ?? 0, 4)])),
  ])
  for (const [, bytes] of strings) out = joinBytes([out, typeof bytes === 'number' ? await sign(out) : bytes])
  return out
}

/** Bytes of a signature by a key of 2048 bits. */
const SIGNATURE = 256

/** An attestation key in the binary form, signed by the device. */
export async function makeAkBinary(recipe: QcaRecipe = {}): Promise<Uint8Array> {
  return withParameters(
    joinBytes([le(1, 4), le(1, 8), filled(utf8('provision no as'), 32)]),
    [
      [0x20000000, await measured('QTA image')],
      [0x20000002, await measured('QTA memory')],
      [0x20000004, new Uint8Array(32).fill(0xff)],
      [0x20000005, fromBase64Url(demoKeys.ak.n)],
      [0x20000006, SIGNATURE],
      [0x20000008, utf8(toBase64(await makeDrk(recipe.issuer)))],
    ],
    (bytes) => signWith(recipe.drk ?? demoKeys.drk, pss(recipe.saltLength), bytes),
  )
}

/** A report in the binary form. */
export async function makeReportBinary(recipe: QcaRecipe = {}): Promise<Uint8Array> {
  return withParameters(
    joinBytes([
      le(1, 4),
      le(1, 8),
      filled(recipe.nonce ?? NONCE, 64),
      Uint8Array.of(0xca, 0x7e, 0x8f, 0xe0, 0, 0, 0, 0x40, 0x80, 0, 0, 0, 0, 0, 0, 1),
      le(0, 4),
    ]),
    [
      [0x20000001, await measured('TA image')],
      [0x20000003, await measured('TA memory')],
      [0x20000004, new Uint8Array(32).fill(0xff)],
      [0x20000007, SIGNATURE],
      [0x20000009, await makeAkBinary(recipe)],
    ],
    (bytes) => signWith(recipe.ak ?? demoKeys.ak, pss(recipe.saltLength), bytes),
  )
}
