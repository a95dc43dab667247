import { generateKeyPairSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { sliceOf } from '../core/place.ts'
import { cborBytes, cborInt, cborMap } from '../bytes/cbor-writer.ts'
import { readKeyFile } from './key-file.ts'

const read = (content: string | Uint8Array) =>
  readKeyFile(sliceOf('', typeof content === 'string' ? new TextEncoder().encode(content) : content))
const same = (content: string | Uint8Array, spki: Buffer) =>
  expect(read(content).map((key) => Buffer.from(key.spki).toString('hex'))).toEqual([spki.toString('hex')])

it.each(['P-256', 'P-384', 'P-521'])('finds one and the same %s key in every form', (namedCurve) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const jwk = publicKey.export({ format: 'jwk' })
  same(spki, spki)
  same(publicKey.export({ type: 'spki', format: 'pem' }), spki)
  same(privateKey.export({ type: 'sec1', format: 'pem' }), spki)
  same(privateKey.export({ type: 'pkcs8', format: 'pem' }), spki)
  same(privateKey.export({ type: 'sec1', format: 'der' }), spki)
  same(JSON.stringify(jwk), spki)
  same(JSON.stringify({ keys: [jwk] }), spki)
  same(JSON.stringify([{ 'instance-id': '0102', pkey: jwk }]), spki)
  const coordinates = [jwk.x, jwk.y].map((text) => new Uint8Array(Buffer.from(text ?? '', 'base64url')))
  same(
    cborMap(
      [1, cborInt(2)],
      [-1, cborInt(['P-256', 'P-384', 'P-521'].indexOf(namedCurve) + 1)],
      [-2, cborBytes(coordinates[0] ?? new Uint8Array())],
      [-3, cborBytes(coordinates[1] ?? new Uint8Array())],
    ),
    spki,
  )
})
it('reads RSA and Ed25519 keys', () => {
  for (const { publicKey } of [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('ed25519')])
    same(JSON.stringify(publicKey.export({ format: 'jwk' })), publicKey.export({ type: 'spki', format: 'der' }))
})
it('keeps what stands beside a key, and says when the private half is there too', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  expect(
    read(JSON.stringify([{ 'instance-id': '0102', pkey: { ...privateKey.export({ format: 'jwk' }), kid: 'a' } }])),
  ).toMatchObject([{ keyId: 'a', isPrivate: true, beside: [{ name: 'instance-id', text: '0102' }] }])
})
it.each([
  '',
  '{',
  '{"kty":"EC"}',
  '{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}',
  'no key',
  '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
  '[[[[]]]]',
])('finds nothing in %j', (text) => {
  expect(read(text)).toEqual([])
})
