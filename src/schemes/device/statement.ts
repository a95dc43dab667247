import { bytesOf, type Slice } from '../../core/place.ts'
import { say, type Saying } from '../../core/saying.ts'
import { octetStringOf, readDer } from '../../bytes/der.ts'
import { joinBytes } from '../../bytes/join.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { readSpki } from '../../crypto/spki.ts'
import type { HashName, SignatureAlgorithm } from '../../crypto/types.ts'
import { digest, verifySignature } from '../../crypto/verify.ts'
import { statementAlgorithm, statementBytes, type Attestation, type AuthData } from './attestation.ts'
import { keyDescriptionOf } from './key-description.ts'
import { FIDO_AAGUID } from './oids.ts'

/** What an attestation statement proves, by its format (Web Authentication Level 3, section 8; Apple, "Validating apps that connect to your server"). */

export interface Part {
  /** `open`: something that it needs is not here; which, is said. */
  readonly state: 'holds' | 'fails' | 'open' | 'unsupported' | 'none'
  readonly because: Saying
}

/** A hash of client data that was tried, and where it came from. */
export interface ClientData {
  readonly hash: Uint8Array
  readonly recipe: string
}

/** What came of a statement. */
export interface Statement {
  /** The statement's own signature or nonce, over authenticator data and client data. */
  readonly signed: Part
  /** Whether the credential's key is the one in the certificate, and its name the one that the key has. */
  readonly key: Part
  /** Which client data it answers; undefined where none of those at hand. */
  readonly clientData: ClientData | undefined
}

const holds = (text: string, params: Saying['params'] = {}): Part => ({ state: 'holds', because: say(text, params) })
const fails = (text: string): Part => ({ state: 'fails', because: say(text) })
const open = (text: string): Part => ({ state: 'open', because: say(text) })
const foreign = (text: string): Part => ({ state: 'open', because: say(text, {}, 'not-for-this') })

const COSE: Readonly<Record<number, SignatureAlgorithm>> = {
  [-7]: { kind: 'ecdsa', hash: 'SHA-256', form: 'der' },
  [-35]: { kind: 'ecdsa', hash: 'SHA-384', form: 'der' },
  [-36]: { kind: 'ecdsa', hash: 'SHA-512', form: 'der' },
  [-8]: { kind: 'ed25519' },
  [-257]: { kind: 'rsa-pkcs1', hash: 'SHA-256' },
  [-258]: { kind: 'rsa-pkcs1', hash: 'SHA-384' },
  [-259]: { kind: 'rsa-pkcs1', hash: 'SHA-512' },
  [-65535]: { kind: 'rsa-pkcs1', hash: 'SHA-1' },
}

const CLIENT_DATA_MISSING = open('webauthn.client-data-missing')
const WRONG_CLIENT_DATA = foreign('webauthn.client-data-other')

/** Tries every hash of client data at hand. */
export async function verifyStatement(attestation: Attestation, given: readonly ClientData[]): Promise<Statement> {
  const { authData } = attestation
  const none = { key: open('webauthn.unreadable'), clientData: undefined }
  if (!authData?.isWhole) return { signed: open('webauthn.unreadable'), ...none }
  const noKey: Part = { state: 'none', because: say('webauthn.no-key') }
  switch (attestation.format) {
    case 'apple-appattest':
    case 'apple': {
      const found = await byNonce(attestation, authData, given)
      return { ...found, key: await keyOfLeaf(attestation, authData) }
    }
    case 'packed':
    case 'android-key': {
      const isSelf = attestation.certificates.length === 0
      const spki = isSelf ? authData.spki : bytesOf(attestation.certificates[0]?.spki ?? attestation.slice)
      const found = await bySignature(attestation, spki, given, (hash) => joinBytes([bytesOf(authData.slice), hash]))
      if (attestation.format === 'packed') return { ...found, key: isSelf ? noKey : aaguidOf(attestation, authData) }
      return { ...found, key: await androidKey(attestation, authData, found.clientData) }
    }
    case 'fido-u2f': {
      const key = authData.spki && readSpki(authData.spki)
      const point = key?.kind === 'ec' ? key.point : new Uint8Array()
      const leaf = attestation.certificates[0]
      const found = await bySignature(attestation, leaf && bytesOf(leaf.spki), given, (hash) =>
        joinBytes([
          Uint8Array.of(0),
          bytesOf(authData.rpIdHash),
          hash,
          authData.credentialId ? bytesOf(authData.credentialId) : new Uint8Array(),
          point,
        ]),
      )
      return { ...found, key: noKey }
    }
    case 'tpm':
      return byTpm(attestation, authData, given)
    case 'none':
      return { signed: { state: 'none', because: say('webauthn.none') }, key: noKey, clientData: undefined }
    default:
      return {
        signed: {
          state: 'unsupported',
          because: say('webauthn.format-unknown', { format: attestation.format.slice(0, 40) }),
        },
        ...none,
      }
  }
}

/** Apple's nonce: SHA-256 of the authenticator data with the client data's hash behind it. */
async function byNonce(
  { appleNonce }: Attestation,
  authData: AuthData,
  given: readonly ClientData[],
): Promise<Pick<Statement, 'signed' | 'clientData'>> {
  if (!appleNonce) return { signed: fails('webauthn.nonce-missing'), clientData: undefined }
  for (const clientData of given) {
    const nonce = await digest('SHA-256', joinBytes([bytesOf(authData.slice), clientData.hash]))
    if (sameBytes(nonce, bytesOf(appleNonce)))
      return { signed: holds('webauthn.nonce-holds', { recipe: clientData.recipe }), clientData }
  }
  return { signed: given.length > 0 ? WRONG_CLIENT_DATA : CLIENT_DATA_MISSING, clientData: undefined }
}

async function bySignature(
  attestation: Attestation,
  spki: Uint8Array | undefined,
  given: readonly ClientData[],
  signed: (hash: Uint8Array) => Uint8Array,
): Promise<Pick<Statement, 'signed' | 'clientData'>> {
  const signature = statementBytes(attestation, 'sig')
  const id = statementAlgorithm(attestation) ?? -7
  const algorithm = COSE[id]
  if (!signature || !spki) return { signed: fails('webauthn.signature-missing'), clientData: undefined }
  if (!algorithm)
    return {
      signed: { state: 'unsupported', because: say('crypto.unsupported', { name: `COSE ${id}` }) },
      clientData: undefined,
    }
  let open = given.length > 0 ? WRONG_CLIENT_DATA : CLIENT_DATA_MISSING
  for (const clientData of given) {
    const { result, because } = await verifySignature(algorithm, spki, signed(clientData.hash), bytesOf(signature))
    if (result === 'valid')
      return { signed: holds('webauthn.signature-holds', { recipe: clientData.recipe }), clientData }
    if (result === 'unsupported') open = { state: 'unsupported', because }
    // A key that may not be relied on, or a signature that no key can have made, is wrong whatever the client data.
    else if (because.code !== 'signature') return { signed: { state: 'fails', because }, clientData: undefined }
  }
  return { signed: open, clientData: undefined }
}

/** The credential's key is the leaf's; App Attest names it by the digest of its point. */
async function keyOfLeaf({ certificates, format }: Attestation, { spki, credentialId }: AuthData): Promise<Part> {
  const [leaf] = certificates
  if (!leaf) return fails('webauthn.certificate-missing')
  const own = bytesOf(leaf.spki)
  if (!spki || !sameBytes(own, spki)) return fails('webauthn.key-other')
  if (format !== 'apple-appattest') return holds('webauthn.key-bound.holds')
  const key = readSpki(own)
  const name = key.kind === 'ec' ? await digest('SHA-256', key.point) : new Uint8Array()
  return credentialId && sameBytes(name, bytesOf(credentialId))
    ? holds('webauthn.key-named')
    : fails('webauthn.key-id-other')
}

async function androidKey(
  attestation: Attestation,
  authData: AuthData,
  clientData: ClientData | undefined,
): Promise<Part> {
  const [leaf] = attestation.certificates
  if (!leaf) return fails('webauthn.certificate-missing')
  if (!authData.spki || !sameBytes(bytesOf(leaf.spki), authData.spki)) return fails('webauthn.key-other')
  const description = keyDescriptionOf(leaf)
  if (description === undefined || description === 'malformed') return fails('android.extension-malformed')
  if (!clientData) return holds('webauthn.key-bound.holds')
  return description.challenge && sameBytes(description.challenge.value, clientData.hash)
    ? holds('webauthn.key-bound.holds')
    : fails('android.challenge-other')
}

/** Where the certificate names a model, the authenticator data names the same (section 8.2.1). */
function aaguidOf({ certificates }: Attestation, { aaguid }: AuthData): Part {
  const extension = certificates[0]?.extensions.find(({ oid }) => oid === FIDO_AAGUID)
  if (!extension) return { state: 'none', because: say('webauthn.no-key') }
  const octets = octetStringOf(readDer(extension.value).element)
  return octets && aaguid && sameBytes(bytesOf(octets), bytesOf(aaguid))
    ? holds('webauthn.aaguid-holds')
    : fails('webauthn.aaguid-other')
}

/** Reads what TPM 2.0 writes one after the other; undefined where the bytes end. */
function tpmReader(slice: Slice) {
  let at = slice.start
  const take = (length: number): Uint8Array | undefined => {
    if (at + length > slice.end) return undefined
    at += length
    return slice.bytes.subarray(at - length, at)
  }
  const number = (length: number) => take(length)?.reduce((sum, byte) => sum * 256 + byte, 0)
  const sized = () => take(number(2) ?? Number.MAX_SAFE_INTEGER)
  return { take, number, sized }
}

/** TPMS_ATTEST of type TPM_ST_ATTEST_CERTIFY (TPM 2.0 Part 2, section 10.12.8). */
function certified(slice: Slice): { readonly extraData: Uint8Array; readonly name: Uint8Array } | undefined {
  const reader = tpmReader(slice)
  const isCertify = reader.number(4) === 0xff544347 && reader.number(2) === 0x8017
  reader.sized()
  const extraData = reader.sized()
  // Clock, reset and restart counters, a flag, the firmware's version.
  reader.take(8 + 4 + 4 + 1 + 8)
  const name = reader.sized()
  return isCertify && extraData && name ? { extraData, name } : undefined
}

const NAME_HASHES: Readonly<Record<number, HashName>> = { 4: 'SHA-1', 11: 'SHA-256', 12: 'SHA-384', 13: 'SHA-512' }

async function byTpm(attestation: Attestation, authData: AuthData, given: readonly ClientData[]): Promise<Statement> {
  const certInfo = statementBytes(attestation, 'certInfo')
  const pubArea = statementBytes(attestation, 'pubArea')
  const signature = statementBytes(attestation, 'sig')
  const [leaf] = attestation.certificates
  const id = statementAlgorithm(attestation) ?? 0
  const algorithm = COSE[id]
  const info = certInfo && certified(certInfo)
  if (!certInfo || !pubArea || !signature || !leaf || !info)
    return { signed: fails('webauthn.tpm-malformed'), key: open('webauthn.unreadable'), clientData: undefined }
  const key = await tpmKey(info.name, bytesOf(pubArea), authData)
  if (!algorithm)
    return {
      signed: { state: 'unsupported', because: say('crypto.unsupported', { name: `COSE ${id}` }) },
      key,
      clientData: undefined,
    }
  const { result, because } = await verifySignature(
    algorithm,
    bytesOf(leaf.spki),
    bytesOf(certInfo),
    bytesOf(signature),
  )
  if (result !== 'valid')
    return { signed: { state: result === 'invalid' ? 'fails' : 'unsupported', because }, key, clientData: undefined }
  const hash = algorithm.kind === 'ed25519' || algorithm.kind === 'sm2' ? 'SHA-256' : algorithm.hash
  for (const clientData of given) {
    const expected = await digest(hash, joinBytes([bytesOf(authData.slice), clientData.hash]))
    if (sameBytes(expected, info.extraData))
      return { signed: holds('webauthn.signature-holds', { recipe: clientData.recipe }), key, clientData }
  }
  return { signed: given.length > 0 ? WRONG_CLIENT_DATA : CLIENT_DATA_MISSING, key, clientData: undefined }
}

/** The certified name is the digest of the public area, whose key is the credential's. */
async function tpmKey(name: Uint8Array, pubArea: Uint8Array, { spki }: AuthData): Promise<Part> {
  const hash = NAME_HASHES[(name[0] ?? 0) * 256 + (name[1] ?? 0)]
  if (!hash || !sameBytes(name.subarray(2), await digest(hash, pubArea))) return fails('webauthn.tpm-name-other')
  const key = spki && readSpki(spki)
  // The public area ends with what is unique about the key: x and y, or the modulus.
  const ends = (part: Uint8Array) => sameBytes(pubArea.subarray(pubArea.length - part.length), part)
  if (key?.kind === 'ec') {
    const size = (key.point.length - 1) / 2
    const x = key.point.subarray(1, 1 + size)
    const y = key.point.subarray(1 + size)
    const width = Uint8Array.of(size >> 8, size & 255)
    return ends(joinBytes([width, x, width, y])) ? holds('webauthn.key-bound.holds') : fails('webauthn.key-other')
  }
  if (key?.kind === 'rsa') {
    const at = pubArea.length - Math.ceil(key.bits / 8)
    const modulus = pubArea.subarray(Math.max(0, at))
    return spki && includes(spki, modulus) ? holds('webauthn.key-bound.holds') : fails('webauthn.key-other')
  }
  return open('webauthn.unreadable')
}

function includes(whole: Uint8Array, part: Uint8Array): boolean {
  for (let at = whole.indexOf(part[0] ?? 0); at >= 0; at = whole.indexOf(part[0] ?? 0, at + 1))
    if (sameBytes(whole.subarray(at, at + part.length), part)) return true
  return false
}
