import { bytesOf, sliceOf, type ByteRange, type Slice } from '../core/place.ts'
import { joinBytes } from '../bytes/join.ts'
import { fromHex, sameBytes } from '../bytes/layout.ts'
import { member, parseJson, textOf, type JsonValue } from '../bytes/json.ts'
import { base64Text, readBase64 } from '../envelope/base64.ts'
import { readPem } from '../envelope/pem.ts'
import { digest } from '../crypto/verify.ts'
import { readCertificate } from '../pki/certificate.ts'
import { madeOfKey, matchOf, type Made, type RecipeMatch } from './recipes.ts'

/** Answers of AI gateways: keys, nonces and evidence as members of JSON. Each row is a recipe that one of them publishes or was recomputed on its answers. */

const OBJECTS = 400
const CERTIFICATES = 8

/** Members whose bytes go into a recipe, by the names that gateways use. */
const NAMES = {
  address: ['signing_address', 'signingAddress', 'signing_key', 'signing_public_key'],
  fingerprint: ['tls_cert_fingerprint', 'tlsCertFingerprint'],
  nonce: ['request_nonce', 'nonce', 'requestNonce'],
  e2e: ['e2e_pubkey', 'e2ePubkey', 'e2e_public_key'],
  hpke: ['hpke_key', 'hpkePublicKey', 'hpke_public_key'],
  unified: ['pem_public_key'],
} as const

interface Scope {
  readonly texts: ReadonlyMap<string, string>
  readonly objects: readonly JsonValue[]
}

function scopeOf(root: JsonValue): Scope {
  const texts = new Map<string, string>()
  const objects: JsonValue[] = []
  const queue: JsonValue[] = [root]
  for (let next = queue.shift(); next && objects.length < OBJECTS; next = queue.shift()) {
    if (next.kind === 'array') queue.push(...next.items.slice(0, 64))
    if (next.kind !== 'object') continue
    objects.push(next)
    for (const { key, value } of next.members.slice(0, 200)) {
      if (value.kind === 'string' && !texts.has(key)) texts.set(key, value.text)
      queue.push(value)
    }
  }
  return { texts, objects }
}

const bytesOfText = (text: string): Uint8Array => {
  const plain = text.replace(/^0x/, '')
  return fromHex(plain) ?? bytesFrom64(plain) ?? new TextEncoder().encode(text)
}
function bytesFrom64(text: string): Uint8Array | undefined {
  const read = base64Text(text)
  return read && bytesOf(read.slice)
}
const padded = (bytes: Uint8Array) => {
  const out = new Uint8Array(Math.max(32, bytes.length))
  out.set(bytes)
  return out
}

const TINFOIL_V3 = 'tinfoil v3'
/** tinfoil v3: the values in the order of the document, hashed together. */
const ORDERED = ['tls_key_fp', 'hpke_key', 'nonce', 'gpu_evidence_hash', 'nvswitch_evidence_hash']

async function rows(scope: Scope, own: JsonValue): Promise<Made[]> {
  const value = (names: readonly string[]) => {
    const name =
      names.find((one) => textOf(member(own, one)) !== undefined) ?? names.find((one) => scope.texts.has(one))
    const found = name === undefined ? undefined : (textOf(member(own, name)) ?? scope.texts.get(name))
    return name === undefined || found === undefined || found === ''
      ? undefined
      : { name, text: found, bytes: bytesOfText(found) }
  }
  const address = value(NAMES.address)
  const fingerprint = value(NAMES.fingerprint)
  const nonce = value(NAMES.nonce)
  const e2e = value(NAMES.e2e)
  const made: Made[] = []
  const put = (recipe: string, source: string, bytes: Uint8Array) => made.push({ recipe, source, value: bytes })
  if (address && fingerprint && nonce)
    put(
      'sha256(signing_address|tls_cert_fingerprint) | request_nonce',
      'NEAR AI',
      joinBytes([await digest('SHA-256', joinBytes([address.bytes, fingerprint.bytes])), nonce.bytes]),
    )
  if (address && nonce)
    put('signing_address | nonce', 'NEAR AI, NanoGPT, RedPill, Venice', joinBytes([padded(address.bytes), nonce.bytes]))
  if (address) {
    put('signing_address', 'NanoGPT, RedPill', padded(address.bytes))
    put('sha256(signing_address)', 'gateway', await digest('SHA-256', address.bytes))
  }
  if (nonce && e2e)
    put(
      'sha256(nonce text|e2e_pubkey text)',
      'Chutes',
      await digest('SHA-256', new TextEncoder().encode(nonce.text + e2e.text)),
    )
  // The interconnection standard: the reader's bytes first, then the digest of the key that came along, as its text stands.
  const pem = value(NAMES.unified)
  if (pem)
    put(
      'sha256(pem_public_key)',
      'UAR (jinzhao, TrustFlow)',
      await digest('SHA-256', new TextEncoder().encode(pem.text)),
    )
  const ordered = ORDERED.flatMap((name) => {
    const text = textOf(member(own, name))
    return text === undefined || text === '' ? [] : [{ name, bytes: bytesOfText(text) }]
  })
  if (ordered.length > 1)
    put(
      `sha256(${ordered.map(({ name }) => name).join('|')})`,
      TINFOIL_V3,
      await digest('SHA-256', joinBytes(ordered.map(({ bytes }) => bytes))),
    )
  return made
}

/** Members of tinfoil's answers whose bytes, as they stand, the values of these names are digests of. */
const HASHED: readonly (readonly [string, string])[] = [
  ['gpu_evidence_hash', 'gpu'],
  ['nvswitch_evidence_hash', 'nvswitch'],
]

/**
 * Nothing stands between the values that are hashed together: only where each of the first three is there, and all are of one length, can the same bytes
 * not be read under other names. Whoever asks chooses the nonce; called a digest of evidence, it would tie any.
 */
function isReadOneWay(own: JsonValue): boolean {
  return ORDERED.every((name, i) => {
    const text = textOf(member(own, name)) ?? ''
    return (text === '' && i >= 3) || fromHex(text)?.length === 32
  })
}

/** Members of an answer that the field commits to by their digests: where they stand in the file, and the recipe. */
export async function gatewayEvidence(
  field: Uint8Array,
  file: Slice,
): Promise<{ readonly recipe: string; readonly ranges: readonly ByteRange[] } | undefined> {
  const root = file.bytes[file.start] === 0x7b ? parseJson(file).value : undefined
  if (!root || !HASHED.some(([, name]) => member(root, name))) return undefined
  const scope = scopeOf(root)
  for (const own of scope.objects) {
    if (!isReadOneWay(own)) continue
    const match = matchOf(
      field,
      (await rows(scope, own)).filter(({ source }) => source === TINFOIL_V3),
    )
    if (match?.part !== 'whole') continue
    const ranges: ByteRange[] = []
    for (const [hash, name] of HASHED) {
      const whole = member(root, name)
      const stated = fromHex(textOf(member(own, hash)) ?? '')
      if (!whole || !stated) continue
      const { start, end } = whole.range
      if (sameBytes(stated, await digest('SHA-256', file.bytes.subarray(start, end)))) ranges.push(whole.range)
    }
    return { recipe: match.recipe, ranges }
  }
  return undefined
}

/** Keys of certificates that stand in the answer as PEM or as base64 of DER. */
async function certificateRows(scope: Scope, field: Uint8Array): Promise<Made[]> {
  const made: Made[] = []
  let count = 0
  for (const [name, text] of scope.texts) {
    if (count >= CERTIFICATES || text.length < 300 || text.length > 65_536) continue
    const bytes = new TextEncoder().encode(text)
    const block = text.includes('-----BEGIN CERTIFICATE') ? readPem(sliceOf('', bytes), '').blocks[0]?.slice : undefined
    const der = block ?? (text.startsWith('MII') ? readBase64(sliceOf('', bytes))?.slice : undefined)
    const certificate = der && readCertificate(der)
    if (!certificate) continue
    count++
    for (const one of await madeOfKey(bytesOf(certificate.spki), bytesOf(certificate.slice), undefined, { field })) {
      const half = field.subarray(field.length / 2)
      const isBefore =
        sameBytes(field.subarray(0, one.value.length), one.value) && one.value.length === field.length / 2
      const hpke = isBefore && half.some((byte) => byte !== 0)
      made.push(
        hpke ? { ...one, recipe: `${one.recipe} | hpke key`, source: `tinfoil v2 (${name})`, value: field } : one,
      )
    }
  }
  return made
}

/** What the members of an answer make of a field; undefined where the file is no JSON object. */
export async function gatewayMatch(
  field: Uint8Array,
  file: Slice,
): Promise<{ readonly match: RecipeMatch | undefined; readonly hasMembers: boolean } | undefined> {
  const first = file.bytes[file.start]
  if (first !== 0x7b && first !== 0x5b && first !== 0x20 && first !== 0x0a) return undefined
  const root = parseJson(file).value
  if (!root) return undefined
  const scope = scopeOf(root)
  const hasMembers = [...NAMES.address, ...NAMES.e2e, ...NAMES.hpke, ...ORDERED].some((name) => scope.texts.has(name))
  for (const own of scope.objects) {
    const match = matchOf(field, await rows(scope, own))
    if (match) return { match, hasMembers }
  }
  return { match: matchOf(field, await certificateRows(scope, field)), hasMembers }
}
