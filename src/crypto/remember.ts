import { sameBytes } from '../bytes/layout.ts'
import type { SignatureAlgorithm, VerifyResult } from './types.ts'
import { verifySignature } from './verify.ts'

/**
 * Endorsements (certificates, lists, signed collateral) come back with every piece of evidence of a fleet. Their good signatures are remembered, whole:
 * algorithm, key, data and signature must all be the same bytes. Bad ones are not: a remembered failure would let one forged chain speak against every honest one.
 */
interface Remembered { readonly algorithm: string; readonly spki: Uint8Array; readonly data: Uint8Array; readonly signature: Uint8Array; readonly result: VerifyResult }

const kept = new Map<number, Remembered>()
const KEPT = 512
const LARGEST = 1 << 16

/** Like `verifySignature`, but a signature that was found good before is not verified again. For endorsements, never for evidence. */
export async function verifyEndorsement(algorithm: SignatureAlgorithm, spki: Uint8Array, data: Uint8Array, signature: Uint8Array): Promise<VerifyResult> {
  if (data.length > LARGEST) return verifySignature(algorithm, spki, data, signature)
  const name = nameOf(algorithm)
  // The signature's bytes only choose the drawer: two different statements may share them.
  const drawer = drawerOf(signature)
  const known = kept.get(drawer)
  if (known && known.algorithm === name && sameBytes(known.signature, signature) && sameBytes(known.spki, spki) && sameBytes(known.data, data)) return known.result
  const result = await verifySignature(algorithm, spki, data, signature)
  if (result.result === 'valid') {
    if (kept.size >= KEPT) for (const oldest of kept.keys()) { kept.delete(oldest); break }
    kept.set(drawer, { algorithm: name, spki: spki.slice(), data: data.slice(), signature: signature.slice(), result })
  }
  return result
}

/** Forgets everything: a benchmark that counts real verifications starts with this. */
export function forgetEndorsements(): void {
  kept.clear()
}

/** Six bytes from the middle of r: enough to tell signatures apart, and a number is found faster than a text. */
function drawerOf(signature: Uint8Array): number {
  let drawer = 0
  for (let at = 10; at < 16; at++) drawer = drawer * 256 + (signature[at] ?? 0)
  return drawer
}

function nameOf(algorithm: SignatureAlgorithm): string {
  switch (algorithm.kind) {
    case 'ecdsa': return `ecdsa|${algorithm.hash}|${algorithm.form}`
    case 'rsa-pkcs1': return `rsa-pkcs1|${algorithm.hash}`
    case 'rsa-pss': return `rsa-pss|${algorithm.hash}|${algorithm.mgfHash}|${algorithm.saltLength}`
    case 'ed25519': return 'ed25519'
    case 'sm2': return `sm2|${algorithm.form}|${algorithm.userId.join()}`
  }
}
