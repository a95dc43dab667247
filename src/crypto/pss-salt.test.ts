import { constants, generateKeyPairSync, sign } from 'node:crypto'
import { expect, it } from 'vitest'
import { pssSaltLength } from './pss-salt.ts'

const message = new TextEncoder().encode('a message')

it.each([2048, 2049, 2055, 3072])('finds the salt of a key of %i bits, whatever its length', async (modulusLength) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength })
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  for (const saltLength of [0, 1, 20, 32, 48, Math.ceil((modulusLength - 1) / 8) - 34]) {
    const signature = new Uint8Array(
      sign('sha256', message, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }),
    )
    expect(await pssSaltLength(spki, 'SHA-256', signature), String(saltLength)).toBe(saltLength)
  }
  const other = new Uint8Array(sign('sha256', message, privateKey))
  expect(await pssSaltLength(spki, 'SHA-256', other)).toBeUndefined()
  expect(await pssSaltLength(spki, 'SHA-256', other.subarray(1))).toBeUndefined()
  expect(await pssSaltLength(spki, 'SHA-256', new Uint8Array(other.length).fill(255))).toBeUndefined()
})
it('has nothing to say of other keys', async () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  expect(await pssSaltLength(spki, 'SHA-256', new Uint8Array(64))).toBeUndefined()
  expect(await pssSaltLength(new Uint8Array(3), 'SHA-256', new Uint8Array(64))).toBeUndefined()
})
