import { bytesOf, sliceAt, type Slice } from '../../core/place.ts'
import { ecSpki, rsaSpki } from '../../crypto/keys.ts'
import type { HashName, SignatureAlgorithm, VerifyResult } from '../../crypto/types.ts'
import { verifySignature } from '../../crypto/verify.ts'
import { say } from '../../core/saying.ts'
import type { CaCertificate, SevCertificate } from './decoded.ts'
import { ecdsaPair } from './layout.ts'

/** SubjectPublicKeyInfo of an authority's RSA key. */
export function caSpki({ body }: CaCertificate): Uint8Array {
  return rsaSpki(body.modulus.value.toReversed(), body.exponent.value.toReversed())
}

/** Bytes of the coordinates of a curve. */
const WIDTH: Readonly<Record<number, { readonly curve: 'P-256' | 'P-384'; readonly bytes: number }>> = {
  1: { curve: 'P-256', bytes: 32 },
  2: { curve: 'P-384', bytes: 48 },
}

/** SubjectPublicKeyInfo of a chip's or platform's key; undefined for an unknown curve. */
export function certificateSpki({ body }: SevCertificate): Uint8Array | undefined {
  const width = WIDTH[body.publicKey.curve.value]
  if (!width) return undefined
  const part = (bytes: Uint8Array) => bytes.subarray(0, width.bytes).toReversed()
  return ecSpki(width.curve, Uint8Array.from([...part(body.publicKey.qx.value), ...part(body.publicKey.qy.value)]))
}

/** AMD's RSA signatures are PSS; Naples uses SHA-256, everything later SHA-384. The salt is as long as the digest. */
export async function verifyByAuthority(
  authority: CaCertificate,
  data: Slice,
  signature: Uint8Array,
): Promise<VerifyResult> {
  const hash: HashName = authority.body.modulusBits.value === 2048 ? 'SHA-256' : 'SHA-384'
  const length = authority.body.modulus.value.length
  const algorithm: SignatureAlgorithm = {
    kind: 'rsa-pss',
    hash,
    mgfHash: hash,
    saltLength: hash === 'SHA-256' ? 32 : 48,
  }
  return verifySignature(algorithm, caSpki(authority), bytesOf(data), signature.subarray(0, length).toReversed())
}

/** An ECDSA signature by a chip's or platform's key. */
export async function verifyByKey(
  signer: SevCertificate,
  algorithm: number,
  data: Slice,
  signature: Slice,
): Promise<VerifyResult> {
  const spki = certificateSpki(signer)
  const width = WIDTH[signer.body.publicKey.curve.value]
  const hash: HashName | undefined = algorithm === 0x0002 ? 'SHA-256' : algorithm === 0x0102 ? 'SHA-384' : undefined
  const pair = ecdsaPair().read(signature, '').value
  if (!spki || !width || !hash || !pair)
    return { result: 'unsupported', because: say('crypto.unsupported', { name: `SEV ${algorithm}` }) }
  const part = (bytes: Uint8Array) => bytes.subarray(0, width.bytes).toReversed()
  if ([pair.r, pair.s].some((half) => half.value.subarray(width.bytes).some((byte) => byte !== 0)))
    return { result: 'invalid', because: say('sev.signature-upper') }
  return verifySignature(
    { kind: 'ecdsa', hash, form: 'p1363' },
    spki,
    bytesOf(data),
    Uint8Array.from([...part(pair.r.value), ...part(pair.s.value)]),
  )
}

/** The bytes that both signatures of a certificate cover. */
export function signedPart(slice: Slice, value: CaCertificate | SevCertificate): Slice {
  return sliceAt(slice, value.body.$.range)
}
