import { expect, it } from 'vitest'
import { p1363ToDer } from './ecdsa-der.ts'
import { verifyDigest } from './ecdsa-digest.ts'
import { digest } from './verify.ts'

const message = new TextEncoder().encode('signed, and not here')

it.each([
  ['P-256', 'SHA-256'],
  ['P-384', 'SHA-384'],
] as const)('agrees with the platform on %s', async (namedCurve, hash) => {
  for (let i = 0; i < 8; i++) {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve }, true, ['sign', 'verify'])
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
    const raw = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash }, pair.privateKey, message))
    const hashed = await digest(hash, message)
    expect(verifyDigest(spki, hashed, p1363ToDer(raw)).result).toBe('valid')
    const other = hashed.slice()
    other[i] = (other[i] ?? 0) ^ 1
    expect(verifyDigest(spki, other, p1363ToDer(raw)).result).toBe('invalid')
    raw[i + 1] = (raw[i + 1] ?? 0) ^ 1
    expect(verifyDigest(spki, hashed, p1363ToDer(raw)).result).toBe('invalid')
  }
})
it('does not take a point that is not on the curve, nor zeros for a signature', async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
  expect(verifyDigest(spki, new Uint8Array(32), p1363ToDer(new Uint8Array(64))).result).toBe('invalid')
  spki[spki.length - 1] = (spki.at(-1) ?? 0) ^ 1
  expect(verifyDigest(spki, new Uint8Array(32), Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 1)).result).toBe('invalid')
})
