import type { Saying } from '../core/saying.ts'
import { say } from '../core/saying.ts'
import { isTag, oidOf, sequenceOf, TAG, type DerElement } from '../bytes/der.ts'
import { oidName } from '../bytes/oids.ts'
import { readPssParameters } from '../crypto/pss.ts'
import type { HashName, SignatureAlgorithm } from '../crypto/types.ts'

/** What an AlgorithmIdentifier of a signature says. */
export interface NamedAlgorithm {
  /** Undefined when we know no such algorithm. */
  readonly algorithm: SignatureAlgorithm | undefined
  /** `ecdsa-with-SHA256`, `sha384WithRSAEncryption`, `rsassa-pss-SHA384` (salt as long as the hash), `Ed25519`, `sm2-with-SM3`, or the OID. */
  readonly name: string
  /** Parameters that the specification does not allow there. */
  readonly fault: Saying | undefined
}

const ECDSA: Readonly<Record<string, HashName>> = {
  '1.2.840.10045.4.1': 'SHA-1',
  '1.2.840.10045.4.3.2': 'SHA-256',
  '1.2.840.10045.4.3.3': 'SHA-384',
  '1.2.840.10045.4.3.4': 'SHA-512',
}
const RSA: Readonly<Record<string, HashName>> = {
  '1.2.840.113549.1.1.5': 'SHA-1',
  '1.2.840.113549.1.1.11': 'SHA-256',
  '1.2.840.113549.1.1.12': 'SHA-384',
  '1.2.840.113549.1.1.13': 'SHA-512',
}
const PSS = '1.2.840.113549.1.1.10'
const ED25519 = '1.3.101.112'
const SM2 = '1.2.156.10197.1.501'
const HASH_BYTES: Readonly<Record<HashName, number>> = {
  'SHA-1': 20,
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
  SM3: 32,
}

/** The user id that GM/T 0015 prescribes for SM2 signatures on certificates. Named here so that nothing uses it without saying so. */
export const SM2_CERTIFICATE_USER_ID = new TextEncoder().encode('1234567812345678')

/** Reads an AlgorithmIdentifier that names a signature algorithm. */
export function readAlgorithm(element: DerElement | undefined): NamedAlgorithm {
  const [name, parameters, ...more] = sequenceOf(element) ?? []
  const oid = oidOf(name)
  if (oid === undefined || more.length > 0)
    return {
      algorithm: undefined,
      name: oid ?? '',
      fault: say('cert.profile', { rule: 'AlgorithmIdentifier', section: 'RFC 5280 4.1.1.2' }),
    }
  const known = oidName(oid) ?? oid
  // Android key stores write NULL where RFC 5758 wants nothing; it is signed, and the same in both places, so it changes no meaning.
  const absent =
    parameters === undefined || (isTag(parameters, TAG.null) && Object.hasOwn(ECDSA, oid))
      ? undefined
      : say('cert.profile', { rule: `${known}: parameters`, section: 'RFC 5758 3.2' })
  const hash = Object.hasOwn(ECDSA, oid) ? ECDSA[oid] : undefined
  if (hash) return { algorithm: { kind: 'ecdsa', hash, form: 'der' }, name: known, fault: absent }
  const rsaHash = Object.hasOwn(RSA, oid) ? RSA[oid] : undefined
  if (rsaHash)
    return {
      algorithm: { kind: 'rsa-pkcs1', hash: rsaHash },
      name: known,
      fault: isTag(parameters, TAG.null)
        ? undefined
        : say('cert.profile', { rule: `${known}: parameters`, section: 'RFC 4055 5' }),
    }
  if (oid === ED25519) return { algorithm: { kind: 'ed25519' }, name: known, fault: absent }
  if (oid === SM2)
    return { algorithm: { kind: 'sm2', userId: SM2_CERTIFICATE_USER_ID, form: 'der' }, name: known, fault: undefined }
  if (oid !== PSS) return { algorithm: undefined, name: known, fault: undefined }
  const pss = readPssParameters(parameters)
  if (!pss)
    return {
      algorithm: undefined,
      name: known,
      fault: say('cert.profile', { rule: 'RSASSA-PSS-params', section: 'RFC 4055 3.1' }),
    }
  const isUsual = pss.mgfHash === pss.hash && pss.saltLength === HASH_BYTES[pss.hash]
  const short = (one: HashName) => one.replace('-', '')
  return {
    algorithm: { kind: 'rsa-pss', ...pss },
    name: `rsassa-pss-${short(pss.hash)}${isUsual ? '' : `-mgf-${short(pss.mgfHash)}-salt-${pss.saltLength}`}`,
    fault: undefined,
  }
}
