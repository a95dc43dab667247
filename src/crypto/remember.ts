import { joinBytes } from '../bytes/join.ts'
import { sameBytes } from '../bytes/layout.ts'
import type { SignatureAlgorithm, VerifyResult } from './types.ts'
import { verifySignature } from './verify.ts'

/**
 * Endorsements (certificates, lists, signed collateral) come back with every piece of evidence of a fleet. Their good signatures are remembered, whole:
 * algorithm, key, data and signature must all be the same bytes. Bad ones are not: a remembered failure would let one forged chain speak against every honest one.
 */
interface Remembered {
  readonly algorithm: string
  /** Key, data and signature, one behind another: one copy is cheaper than three. */
  readonly bytes: Uint8Array
  readonly dataAt: number
  readonly signatureAt: number
  readonly result: VerifyResult
}

type Memory = Map<number, Remembered>

let endorsements: Memory = new Map()
const KEPT = 512
let evidence: Memory = new Map()
const KEPT_EVIDENCE = 64
const LARGEST = 1 << 16

/** Like `verifySignature`, but a signature that was found good before is not verified again. For endorsements. */
export function verifyEndorsement(
  algorithm: SignatureAlgorithm,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<VerifyResult> {
  return verifyOnce(endorsements, KEPT, algorithm, spki, data, signature)
}

/** The same for evidence, which does not come back with other cases but with another date or other expectations: only the last few are remembered. */
export function verifyEvidence(
  algorithm: SignatureAlgorithm,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<VerifyResult> {
  return verifyOnce(evidence, KEPT_EVIDENCE, algorithm, spki, data, signature)
}

/**
 * What is being verified at this moment. Where the platform verifies on threads of its own, whoever knows early that a signature will be asked about asks at once
 * (`pki/ahead.ts`), and the one who needs the answer waits for the same one.
 */
interface UnderWay {
  readonly algorithm: string
  readonly spki: Uint8Array
  readonly data: Uint8Array
  readonly signature: Uint8Array
  readonly result: Promise<VerifyResult>
}

const underWay = new Map<number, UnderWay>()

function verifyOnce(
  kept: Memory,
  most: number,
  algorithm: SignatureAlgorithm,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<VerifyResult> {
  if (data.length > LARGEST) return verifySignature(algorithm, spki, data, signature)
  const name = nameOf(algorithm)
  // The signature's bytes only choose the drawer: two different statements may share them.
  const drawer = drawerOf(signature)
  const known = kept.get(drawer)
  if (known && known.algorithm === name && isOf(known, spki, data, signature)) return Promise.resolve(known.result)
  const begun = underWay.get(drawer)
  if (begun && begun.algorithm === name && isSameQuestion(begun, spki, data, signature)) return begun.result
  const result = verifyAndKeep()
  if (!begun) underWay.set(drawer, { algorithm: name, spki, data, signature, result })
  return result

  async function verifyAndKeep(): Promise<VerifyResult> {
    const found = await verifySignature(algorithm, spki, data, signature)
    if (underWay.get(drawer)?.result === result) underWay.delete(drawer)
    if (found.result === 'valid') keep(kept, most, drawer, name, spki, data, signature, found)
    return found
  }
}

function keep(
  kept: Memory,
  most: number,
  drawer: number,
  algorithm: string,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
  result: VerifyResult,
): void {
  if (kept.size >= most)
    for (const oldest of kept.keys()) {
      kept.delete(oldest)
      break
    }
  kept.set(drawer, {
    algorithm,
    bytes: joinBytes([spki, data, signature]),
    dataAt: spki.length,
    signatureAt: spki.length + data.length,
    result,
  })
}

/** Forgets everything: a benchmark that counts real verifications starts with this. */
export function forgetEndorsements(): void {
  // A new table: one that was cleared leads on to the next, and an old one would keep all that came after it from being collected.
  endorsements = new Map()
  evidence = new Map()
}

/** Forgets evidence only: another piece of a fleet. */
export function forgetEvidence(): void {
  evidence = new Map()
}

function isSameQuestion(begun: UnderWay, spki: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean {
  return sameBytes(begun.spki, spki) && sameBytes(begun.data, data) && sameBytes(begun.signature, signature)
}

function isOf(
  { bytes, dataAt, signatureAt }: Remembered,
  spki: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  return (
    spki.length === dataAt &&
    data.length === signatureAt - dataAt &&
    signature.length === bytes.length - signatureAt &&
    stands(bytes, signatureAt, signature) &&
    stands(bytes, 0, spki) &&
    stands(bytes, dataAt, data)
  )
}

function stands(bytes: Uint8Array, at: number, part: Uint8Array): boolean {
  for (let i = 0; i < part.length; i++) if (bytes[at + i] !== part[i]) return false
  return true
}

/** Six bytes from the middle of r: enough to tell signatures apart, and a number is found faster than a text. */
function drawerOf(signature: Uint8Array): number {
  let drawer = 0
  for (let at = 10; at < 16; at++) drawer = drawer * 256 + (signature[at] ?? 0)
  return drawer
}

function nameOf(algorithm: SignatureAlgorithm): string {
  switch (algorithm.kind) {
    case 'ecdsa':
      return `ecdsa|${algorithm.hash}|${algorithm.form}`
    case 'rsa-pkcs1':
      return `rsa-pkcs1|${algorithm.hash}`
    case 'rsa-pss':
      return `rsa-pss|${algorithm.hash}|${algorithm.mgfHash}|${algorithm.saltLength}`
    case 'ed25519':
      return 'ed25519'
    case 'sm2':
      return `sm2|${algorithm.form}|${algorithm.userId.join()}`
  }
}
