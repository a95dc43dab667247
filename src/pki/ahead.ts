import { bytesOf } from '../core/place.ts'
import { sameBytes } from '../bytes/layout.ts'
import { verifyEndorsement } from '../crypto/remember.ts'
import type { Certificate } from './types.ts'

/**
 * Node and Firefox verify signatures on several threads, and a search asks about one after the other. What is most likely to be asked is begun here, all at once;
 * whoever asks later waits for the same answer (`crypto/remember.ts`). Nothing is decided: a guess that nobody asks about is work for nothing, no more.
 * (Chromium answers a small verification within the call: there it neither helps nor costs.)
 */

const STEPS = 8

/** Begins the signatures from this certificate up, each by the first of the pool that bears the issuer's name and key. Nobody asks what a published root says of itself. */
export function beginChain(
  leaf: Certificate,
  pool: readonly Certificate[],
  published: readonly Certificate[] = [],
): void {
  let one: Certificate | undefined = leaf
  for (let step = 0; one && step < STEPS; step++) {
    const issuer: Certificate | undefined =
      issuerAmong(pool, one.issuer.der, one.authorityKeyId) ?? issuerAmong(published, one.issuer.der)
    if (!issuer || !one.algorithm) return
    // It never rejects; whoever asks in earnest hears what came of it.
    verifyEndorsement(one.algorithm, bytesOf(issuer.spki), bytesOf(one.tbs), bytesOf(one.signature)).catch(
      () => undefined,
    )
    one = issuer === one || published.includes(issuer) ? undefined : issuer
  }
}

function issuerAmong(
  certificates: readonly Certificate[],
  name: Uint8Array,
  keyId?: Uint8Array,
): Certificate | undefined {
  return certificates.find(
    (one) =>
      sameBytes(one.subject.der, name) &&
      (keyId === undefined || one.subjectKeyId === undefined || sameBytes(one.subjectKeyId, keyId)),
  )
}
