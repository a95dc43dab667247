import type { ByteRange, Located, Slice } from '../../core/place.ts'
import type { Certificate } from '../../pki/types.ts'
import type { Unprintable } from './cjson.ts'

export { FORMATS } from './names.ts'

/**
 * How the attestation key (AK) is vouched for. Without an attestation service the device's own key (DRK) signs it; with one, that service issues a certificate;
 * with DAA it issues a credential that tells no device from another.
 */
export type Scenario = 'sce_no_as' | 'sce_as_no_daa' | 'sce_as_with_daa'
export const SCENARIOS: readonly Scenario[] = ['sce_no_as', 'sce_as_no_daa', 'sce_as_with_daa']

/** What a signature is over, and where the file says it. `unprintable`: the text that was signed cannot be made again. */
export type Signed =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly says: readonly ByteRange[] }
  | { readonly kind: 'unprintable'; readonly why: Unprintable; readonly range: ByteRange }

/** An attestation key and the device's signature over it. */
export interface AkCertificate {
  readonly slice: Slice
  readonly form: 'json' | 'binary'
  /** Members or parameters that should be there and are not. */
  readonly missing: readonly string[]
  readonly repeated: Located<string> | undefined
  readonly scenario: Located<string> | undefined
  readonly algorithms: readonly Located<string>[]
  readonly signed: Signed | undefined
  readonly signature: Located<Uint8Array> | undefined
  /** SPKI of the attestation key, with the bytes that say it. */
  readonly ak: Located<Uint8Array> | undefined
  /** The DRK's certificate; undefined where the bytes are none. */
  readonly drk: Certificate | undefined
  readonly qtaImg: Located<Uint8Array> | undefined
  readonly qtaMem: Located<Uint8Array> | undefined
}

/** Who vouches for the attestation key. */
export type Endorsement =
  | { readonly kind: 'drk'; readonly certificate: AkCertificate }
  | { readonly kind: 'service'; readonly leaf: Certificate; readonly pool: readonly Certificate[] }
  | { readonly kind: 'daa' }

/** A report of the trusted application QCA speaks for. */
export interface QcaReport {
  readonly slice: Slice
  readonly form: 'json' | 'binary'
  readonly missing: readonly string[]
  readonly repeated: Located<string> | undefined
  /** As the signed part says it. */
  readonly scenario: Located<string> | undefined
  /** As the unsigned parts around it say it. */
  readonly saidBeside: readonly Located<string>[]
  readonly algorithms: readonly Located<string>[]
  readonly nonce: Located<Uint8Array> | undefined
  /** The trusted application's own id. */
  readonly uuid: Located<string> | undefined
  readonly taImg: Located<Uint8Array> | undefined
  readonly taMem: Located<Uint8Array> | undefined
  readonly signed: Signed | undefined
  readonly signature: Located<Uint8Array> | undefined
  readonly endorsement: Endorsement | undefined
}

/** The names of the only algorithms that are met: RSASSA-PSS and SHA-256, in both spellings. */
export const ALGORITHMS: readonly string[] = ['PS256', 'HS256', 'RSA-4096', 'SHA-256']
