import { Attached } from '../bytes/attached.ts'
import { isZero, sameBytes } from '../bytes/layout.ts'
import { joinBytes } from '../bytes/join.ts'
import { bitStringOf, readDerStrict, sequenceOf } from '../bytes/der.ts'
import { bytesOf, sliceOf } from '../core/place.ts'
import { toBase64 } from '../envelope/base64.ts'
import { encodePem } from '../envelope/pem.ts'
import { OID_RSA_KEY } from '../crypto/keys.ts'
import { readSpki } from '../crypto/spki.ts'
import type { HashName } from '../crypto/types.ts'
import { digest } from '../crypto/verify.ts'

/**
 * What stands in the bytes that evidence leaves to the program: one table of published recipes, for keys of certificates, for a reader's values and for members of gateways' answers.
 * Names are read by people and by programs: `sha256(SPKI DER)`; `|` joins.
 */

/** A value that a recipe makes. `source`: the projects whose code does so. */
export interface Made {
  readonly recipe: string
  readonly source: string
  readonly value: Uint8Array
}

/** How far the field agrees: all of it (with zeros behind), its first half with something else behind, or its second half. */
export interface RecipeMatch extends Made {
  readonly part: 'whole' | 'first' | 'second'
  /** What stands in the rest of the field, where that is not zero. */
  readonly rest: Uint8Array | undefined
}

const text = (value: string) => new TextEncoder().encode(value)
const NUL = Uint8Array.of(0)

/** SHA-256 is what nearly all use; the longer ones are tried for the forms that projects hash so. */
const HASHES: readonly (readonly [HashName, string, number])[] = [
  ['SHA-256', 'sha256', 32],
  ['SHA-384', 'sha384', 48],
  ['SHA-512', 'sha512', 64],
]

interface Form {
  readonly name: string
  readonly source: string
  readonly bytes: Uint8Array
}

/** The ways in which projects write a public key before they hash it. */
function formsOfKey(spki: Uint8Array): Form[] {
  const forms: Form[] = [
    { name: 'SPKI DER', source: 'Gramine, EGo, Constellation, tinfoil, attested TLS', bytes: spki },
  ]
  const key = readSpki(spki)
  if (key.kind === 'ec') {
    forms.push({ name: 'EC point', source: 'Cosmian tee-tools', bytes: key.point })
    forms.push({ name: 'EC x|y', source: 'SGX convention', bytes: key.point.subarray(1) })
  }
  const bits = bitStringOf(sequenceOf(readDerStrict(sliceOf('', spki)))?.[1])
  if (bits && (key.kind === 'rsa' || (key.kind === 'refused' && key.name.startsWith('rsa'))))
    forms.push({ name: 'PKCS#1 RSAPublicKey DER', source: `rats-tls (${OID_RSA_KEY})`, bytes: bytesOf(bits.slice) })
  if (bits && key.kind === 'ed25519') forms.push({ name: 'Ed25519 key', source: 'raw key', bytes: bytesOf(bits.slice) })
  const pem = encodePem('PUBLIC KEY', spki)
  const lines = pem.endsWith('\n') ? pem : `${pem}\n`
  forms.push({
    name: 'SPKI PEM+NUL',
    source: 'Open Enclave, Microsoft Azure Attestation',
    bytes: joinBytes([text(lines), NUL]),
  })
  forms.push({ name: 'SPKI PEM', source: 'PEM text', bytes: text(lines) })
  forms.push({ name: 'SPKI PEM without line end', source: 'PEM text', bytes: text(lines.trimEnd()) })
  return forms
}

/** Appraising again, at another date, hashes nothing again. */
const digests = new Attached<object, Map<string, Uint8Array>>()

/** No digest ends in so many zeros. */
const TAIL = 16

/** Whether a digest of this length can be what `matchOf` would find in the field. */
function canHold(field: Uint8Array, length: number): boolean {
  if (length > field.length) return false
  const half = field.length / 2
  const isOneAt = (at: number) => !isZero(field.subarray(at + length - TAIL, at + length))
  return (
    (isOneAt(0) && (length <= half || isZero(field.subarray(length)))) ||
    (length === half && isOneAt(field.length - half))
  )
}

/**
 * Everything that published recipes make of a key, and of the certificate that holds it.
 * `field`: where the result is compared with it; digests that cannot stand in it are not computed. `owner`: whose key it is; its digests are kept as long as that.
 */
export async function madeOfKey(
  spki: Uint8Array,
  certificate: Uint8Array | undefined,
  nonce: Uint8Array | undefined,
  { field, owner }: { readonly field?: Uint8Array; readonly owner?: object } = {},
): Promise<Made[]> {
  const known = (owner && digests.get(owner)) ?? new Map<string, Uint8Array>()
  if (owner) digests.set(owner, known)
  const hashed = async (recipe: string, hash: HashName, data: () => Uint8Array) => {
    const value = known.get(recipe) ?? (await digest(hash, data()))
    known.set(recipe, value)
    return value
  }
  const fits = (length: number) => field === undefined || canHold(field, length)
  const forms = [
    ...formsOfKey(spki),
    ...(certificate ? [{ name: 'certificate DER', source: 'MarbleRun, TLS fingerprints', bytes: certificate }] : []),
  ]
  const made: Made[] = []
  for (const { name, source, bytes } of forms) {
    for (const [hash, spelled, length] of HASHES)
      if (fits(length)) {
        const recipe = `${spelled}(${name})`
        made.push({ recipe, source, value: await hashed(recipe, hash, () => bytes) })
      }
    if (bytes.length <= 1024)
      made.push({ recipe: name, source: 'the key itself (Evervault, IAS certificates)', value: bytes })
  }
  if (fits(64))
    made.push({
      recipe: 'sha512("ratls-cert:"|SPKI DER)',
      source: 'dstack',
      value: await hashed('ratls-cert', 'SHA-512', () => joinBytes([text('ratls-cert:'), spki])),
    })
  if (fits(34))
    made.push({
      recipe: 'multihash sha256(SPKI DER)',
      source: 'nitriding',
      value: joinBytes([Uint8Array.of(0x12, 0x20), await hashed('sha256(SPKI DER)', 'SHA-256', () => spki)]),
    })
  if (nonce && fits(64))
    made.push({
      recipe: 'sha512(SPKI DER|nonce)',
      source: 'Contrast',
      value: await digest('SHA-512', joinBytes([spki, nonce])),
    })
  return made
}

/** Everything that published recipes make of a value that a reader gave: it is hashed as bytes, and as the text that people paste. */
export async function madeOfValue(value: Uint8Array): Promise<Made[]> {
  const hex = Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const forms: readonly Form[] = [
    { name: 'value', source: 'go-tpm-tools, dstack, Intel Trust Authority', bytes: value },
    { name: 'hex text of the value', source: 'report-data as text', bytes: text(hex) },
    { name: 'base64 text of the value', source: 'report-data as text', bytes: text(toBase64(value)) },
  ]
  const made: Made[] = []
  for (const { name, source, bytes } of forms) {
    if (bytes !== value) made.push({ recipe: name, source, value: bytes })
    for (const [hash, spelled] of HASHES)
      made.push({ recipe: `${spelled}(${name})`, source, value: await digest(hash, bytes) })
  }
  made.push({
    recipe: 'sha512("app-data:"|value)',
    source: 'dstack',
    value: await digest('SHA-512', joinBytes([text('app-data:'), value])),
  })
  return made
}

/** The first recipe whose value the field holds. Values shorter than 16 bytes could be there by chance. */
export function matchOf(field: Uint8Array, made: readonly Made[]): RecipeMatch | undefined {
  const usable = made.filter(({ value }) => value.length >= 16)
  const whole = usable.find(
    ({ value }) =>
      value.length <= field.length &&
      sameBytes(field.subarray(0, value.length), value) &&
      isZero(field.subarray(value.length)),
  )
  if (whole) return { ...whole, part: 'whole', rest: undefined }
  const half = field.length / 2
  const first = usable.find(
    ({ value }) => value.length >= 20 && value.length <= half && sameBytes(field.subarray(0, value.length), value),
  )
  if (first) return { ...first, part: 'first', rest: field.subarray(first.value.length) }
  const second = usable.find(({ value }) => value.length === half && sameBytes(field.subarray(half), value))
  return second ? { ...second, part: 'second', rest: field.subarray(0, half) } : undefined
}
