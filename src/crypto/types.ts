import type { Saying } from '../core/saying.ts'

export type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512' | 'SM3'
export type CurveName = 'P-256' | 'P-384' | 'P-521' | 'SM2'

/** An algorithm with everything that it leaves open. `form`: how ECDSA signatures are written (`der` = Ecdsa-Sig-Value, `p1363` = r ‖ s, big-endian). */
export type SignatureAlgorithm =
  | { readonly kind: 'ecdsa'; readonly hash: HashName; readonly form: 'der' | 'p1363' }
  | { readonly kind: 'rsa-pkcs1'; readonly hash: HashName }
  | { readonly kind: 'rsa-pss'; readonly hash: HashName; readonly mgfHash: HashName; readonly saltLength: number }
  | { readonly kind: 'ed25519' }
  | { readonly kind: 'sm2'; readonly userId: Uint8Array; readonly form: 'der' | 'p1363' }

/** `unsupported` is ours (or this browser's) limit and must never be read as `invalid`. */
export interface VerifyResult {
  readonly result: 'valid' | 'invalid' | 'unsupported'
  /** Why not, when it is not `valid`: `signature.mismatch`, `signature.not-der`, `signature.range`, `crypto.unsupported`. */
  readonly because: Saying
}
