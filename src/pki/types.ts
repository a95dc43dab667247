import type { ByteRange, Slice } from '../core/place.ts'
import type { Saying } from '../core/saying.ts'
import type { TrustAnchor } from '../core/scheme.ts'
import type { RootStatus } from '../core/verdict.ts'
import type { SignatureAlgorithm } from '../crypto/types.ts'

/** A distinguished name: compared by its DER bytes, shown as text. */
export interface Name {
  readonly der: Uint8Array
  readonly range: ByteRange
  readonly text: string
  readonly commonName: string
}

export interface Extension {
  readonly oid: string
  readonly critical: boolean
  readonly value: Slice
  readonly range: ByteRange
}

/** What is wrong with a certificate or list in itself: `cert.der`, `cert.profile`, `cert.algorithm` … */
export interface PkiFault {
  readonly because: Saying
  readonly range: ByteRange
}

/** An X.509 certificate, read strictly, with its bytes. `faults` collects what a strict reader refuses; reading goes on past them. */
export interface Certificate {
  readonly slice: Slice
  readonly tbs: Slice
  readonly version: number
  /** Content bytes of the INTEGER, as encoded. */
  readonly serial: Uint8Array
  readonly issuer: Name
  readonly subject: Name
  /** Milliseconds since 1970; year 9999 survives. */
  readonly notBefore: number
  readonly notAfter: number
  /** Whole SubjectPublicKeyInfo. */
  readonly spki: Slice
  /** `ec:P-256`, `rsa:4096`, `ed25519`, `ec:SM2`, or the OID of an unknown one. */
  readonly keyKind: string
  /** Undefined when we know no such algorithm. */
  readonly algorithm: SignatureAlgorithm | undefined
  /** `ecdsa-with-SHA256`, or the OID. */
  readonly algorithmName: string
  /** BIT STRING content without the unused-bits byte. */
  readonly signature: Slice
  readonly extensions: readonly Extension[]
  readonly basicConstraints: { readonly cA: boolean; readonly pathLength: number | undefined } | undefined
  /** Names as in RFC 5280: `digitalSignature`, `keyCertSign`, `cRLSign` … */
  readonly keyUsage: readonly string[] | undefined
  readonly extendedKeyUsage: readonly string[] | undefined
  readonly subjectKeyId: Uint8Array | undefined
  readonly authorityKeyId: Uint8Array | undefined
  readonly faults: readonly PkiFault[]
}

/** What a kind of chain may contain. */
export interface PathProfile {
  readonly id: string
  /** Extensions that may be critical because the scheme reads them itself. */
  readonly knownCritical: readonly string[]
  /** Allowed (issuer key kind, signature algorithm name) pairs: `ec:P-256/ecdsa-with-SHA256`, `rsa:4096/rsassa-pss-SHA384`. `rsa/…` stands for every RSA size that is not refused. */
  readonly algorithms: readonly string[]
  /** Extended key usage the leaf must have, when the profile says so. */
  readonly leafUsage?: string
  /** Key usage the leaf must have when it has that extension at all; default `digitalSignature`, null for leaves that do not sign. */
  readonly leafKeyUsage?: string | null
  /** The leaf may be a certificate authority itself (a self-signed token key). */
  readonly leafMayBeCa?: boolean
  /** Extensions that every certificate of such a chain has, the root's included, because the vendor's profile says so. */
  readonly required?: readonly string[]
  /** RFC 5280 wants basicConstraints critical in authorities; some vendors' are not. */
  readonly plainConstraints?: boolean
  /** Most certificates from leaf to root, root included; default 8. */
  readonly maxDepth?: number
}

export interface PathRequest {
  /** The certificate whose key signed the evidence: explicit, never guessed from order. */
  readonly leaf: Certificate
  /** What the evidence carries; at most 32, or `chain.count`. From a pile of dropped files take only what `issuersAmong` finds. The order means nothing. */
  readonly pool: readonly Certificate[]
  readonly anchors: readonly TrustAnchor[]
  /** What the path is to vouch for. Only anchors of this purpose count: a root that somebody relies on for tokens or reference values says nothing about hardware. */
  readonly purpose: TrustAnchor['purpose']
  readonly profile: PathProfile
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A fault in the path, naming the certificate by its index in `path`. Reasons: `chain.pathlen`, `chain.ca`, `chain.critical-ext`, `chain.leaf-is-ca`, `chain.signature`, `chain.key-usage`, `chain.name`, `chain.key-id`, `chain.budget`, `chain.depth`, `chain.count`, `cert.profile`, `cert.der`, `cert.algorithm`, `chain.name-constraints`, `chain.policy`, `chain.usage`, `chain.purpose`. */
export interface PathFault {
  readonly because: Saying
  readonly index: number
  readonly range: ByteRange
}

export interface PathLink {
  /** Indices in `path`; issuer is one higher (one past the end when the anchor is a bare key), or the same for a root's signature over itself. */
  readonly subject: number
  readonly issuer: number
  readonly outcome: 'pass' | 'fail' | 'unsupported'
  readonly because: Saying
}

export interface PathResult {
  /** Leaf first. Ends with the root's certificate (from the pool, or the anchor's own when the pool has none), or with the last one whose issuer was not found. `path[0]` is always the given leaf. */
  readonly path: readonly Certificate[]
  /** `none` when the issuer of the last certificate is missing: nothing is proved, nothing disproved. */
  readonly rootStatus: RootStatus
  readonly anchor: TrustAnchor | undefined
  readonly links: readonly PathLink[]
  /** Proved wrong. Empty = the chain holds up to its end. */
  readonly faults: readonly PathFault[]
  /** Certificates outside their validity at `at`: `cert.expired`, `cert.not-yet-valid` with dates. Never a fault. */
  readonly outside: readonly PathFault[]
  /** An algorithm that we or this platform cannot do: `crypto.unsupported`. */
  readonly unsupported: readonly PathFault[]
  /** Of the pool, what is not on the path (copies of what is on it left out). A check on what the evidence carries can ask that nothing is left over. */
  readonly unused: readonly Certificate[]
  /** Subject of the missing issuer, when `rootStatus` is `none`. */
  readonly missingIssuer: Name | undefined
}

/** A CRL, scanned as a stream: entries are not turned into nodes until asked for. */
export interface Crl {
  readonly slice: Slice
  readonly tbs: Slice
  readonly issuer: Name
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
  readonly algorithm: SignatureAlgorithm | undefined
  readonly algorithmName: string
  readonly signature: Slice
  readonly authorityKeyId: Uint8Array | undefined
  readonly crlNumber: Uint8Array | undefined
  readonly entryCount: number
  /** One entry by its place in the list. */
  entryAt(index: number): CrlEntry | undefined
  /** Finds a serial (content bytes of the INTEGER); of several entries the earliest. */
  find(serial: Uint8Array): CrlEntry | undefined
  /** Issuing distribution point, delta indicator or unknown critical extension: that a certificate is not in the list says nothing. */
  readonly limits: readonly CrlLimit[]
  readonly hasAuthorityKeyId: boolean
  readonly faults: readonly PkiFault[]
}

/** `part`: the list speaks for some of its issuer's certificates, and what it names is revoked. `unclear`: whose certificate an entry means, or what it means, is not understood here. */
export interface CrlLimit extends PkiFault {
  readonly kind: 'part' | 'unclear'
}

/** What a vendor's lists always have. A list without it is not one of theirs. */
export interface CrlProfile {
  readonly needsNumber: boolean
  readonly needsAuthorityKeyId: boolean
}

export interface CrlEntry {
  readonly serial: Uint8Array
  readonly revokedAt: number
  readonly reason: string | undefined
  readonly range: ByteRange
}

/** Whether a list may be used for an issuer: authentic first, dates second. */
export interface CrlStanding {
  readonly crl: Crl
  /** `rejected`: signature, format or scope is wrong. `foreign`: another issuer's. */
  readonly authentic: 'authentic' | 'rejected' | 'foreign' | 'unsupported'
  /** `crl.signature`, `crl.issuer`, `crl.scope`, `crl.critical-ext`, `crl.key-usage`, `crl.algorithm`, `crl.der`, `crl.profile`, `crl.too-many`, `crypto.unsupported`; for authentic ones `crl.current`, `crl.stale`, `crl.future`. */
  readonly because: Saying
  /** Of lists that the issuer signed and that are not `authentic`: what an entry in them comes to. */
  readonly named?: CrlLimit['kind']
  /** At the instant asked for: `current`, `stale` (past nextUpdate), `future` (before thisUpdate). */
  readonly time: 'current' | 'stale' | 'future'
}

/** Three-state answer for one certificate over the union of all lists. `listed` stands whatever the dates of the list. */
export type Revocation =
  | {
      readonly state: 'listed'
      readonly entry: CrlEntry
      readonly standing: CrlStanding
      readonly revokedBefore: boolean
      readonly because: Saying
    }
  | { readonly state: 'not-listed'; readonly standing: CrlStanding; readonly because: Saying }
  | { readonly state: 'not-checked'; readonly standings: readonly CrlStanding[]; readonly because: Saying }
