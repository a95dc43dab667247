import { say } from '../core/saying.ts'
import { readSpki } from './spki.ts'
import type { VerifyResult } from './types.ts'

/**
 * SM2 as TPM 2.0 signs: over SM3 of the message alone, without the user id and the key's Z that GB/T 32918.2 puts before it.
 * A second entry beside `verifySignature`, which knows only the standard's way: a signature of one kind never verifies as the other.
 * `signature` is r ‖ s, 32 bytes each.
 */
export async function verifySm2WithoutZ(
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<VerifyResult> {
  const key = readSpki(spki)
  if (key.kind === 'refused') return { result: 'invalid', because: key.because }
  if (key.kind !== 'ec' || key.curve !== 'SM2')
    return { result: 'invalid', because: say('signature.wrong-key-type', {}, 'key-type') }
  if (signature.length !== 64) return { result: 'invalid', because: say('signature.length') }
  const sm2 = await import('./sm2.ts').catch(() => undefined)
  if (!sm2) return { result: 'unsupported', because: say('crypto.unsupported', { name: 'SM2' }) }
  return sm2.sm2VerifyWithoutZ(key.point.subarray(1), message, signature)
    ? { result: 'valid', because: say('signature.holds') }
    : { result: 'invalid', because: say('signature.mismatch', {}, 'signature') }
}
