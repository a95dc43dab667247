import * as jose from 'jose'
import { expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../core/place.ts'
import { readJws, type JwsMessage } from '../envelope/jws.ts'
import { JOSE_ALGORITHMS, joseAlgorithm, verifyJose, type JoseAlgorithm } from './jose.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const read = (text: string): JwsMessage => {
  const message = readJws(sliceOf('', encode(text)))
  if (!message) throw new Error('no JWS')
  return message
}

async function key(alg: JoseAlgorithm): Promise<{ spki: Uint8Array; pair: jose.GenerateKeyPairResult }> {
  const pair = await jose.generateKeyPair(alg, { extractable: true })
  return { pair, spki: new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey as CryptoKey)) }
}

async function verdict(
  text: string,
  alg: string,
  spki: Uint8Array,
  allowed: readonly JoseAlgorithm[] = JOSE_ALGORITHMS,
) {
  const [signed] = read(text).signatures
  return signed
    ? verifyJose(
        {
          algorithm: alg,
          allowed,
          signingInput: signed.signingInput,
          signature: signed.signature.slice ? bytesOf(signed.signature.slice) : new Uint8Array(),
        },
        spki,
      )
    : undefined
}

it.each(JOSE_ALGORITHMS)('%s: agrees with jose about good and changed tokens', async (alg) => {
  const { spki, pair } = await key(alg)
  for (let i = 0; i < 4; i++) {
    const token = await new jose.SignJWT({ i, text: 'é'.repeat(i) }).setProtectedHeader({ alg }).sign(pair.privateKey)
    expect(await verdict(token, alg, spki)).toMatchObject({ result: 'valid' })
    const at = Math.floor(token.length * (0.3 + 0.1 * i))
    const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
    const theirs = await jose.jwtVerify(changed, pair.publicKey).then(
      () => true,
      () => false,
    )
    expect((await verdict(changed, alg, spki))?.result === 'valid').toBe(theirs)
  }
})
it('reads the JSON forms and signs over the same bytes', async () => {
  const { spki, pair } = await key('ES256')
  const flattened = await new jose.FlattenedSign(encode('{"a":1}'))
    .setProtectedHeader({ alg: 'ES256' })
    .setUnprotectedHeader({ kid: 'x' })
    .sign(pair.privateKey)
  const general = await new jose.GeneralSign(encode('{"a":1}'))
    .addSignature(pair.privateKey)
    .setProtectedHeader({ alg: 'ES256' })
    .done()
    .sign()
  for (const form of [flattened, general])
    expect(await verdict(JSON.stringify(form), 'ES256', spki)).toMatchObject({ result: 'valid' })
  expect(read(JSON.stringify(general)).form).toBe('general')
  expect(readJws(sliceOf('', encode(JSON.stringify({ ...flattened, payload: 'e30=' }))))).toBeUndefined()
})
it('refuses what the header must not choose', async () => {
  const { spki, pair } = await key('RS256')
  const token = await new jose.SignJWT({}).setProtectedHeader({ alg: 'RS256' }).sign(pair.privateKey)
  expect(await verdict(token, 'RS256', spki, ['PS256'])).toMatchObject({
    result: 'invalid',
    because: { text: 'jose.alg-refused' },
  })
  expect(await verdict(token, 'PS256', spki)).toMatchObject({ result: 'invalid' })
  for (const name of ['none', 'nOnE', 'HS256', 'rs256', '']) expect(joseAlgorithm(name)).toBeUndefined()
})
it('takes no zero and no DER signature', async () => {
  const { spki, pair } = await key('ES256')
  const token = await new jose.SignJWT({}).setProtectedHeader({ alg: 'ES256' }).sign(pair.privateKey)
  const [header, payload] = token.split('.')
  const zero = `${header}.${payload}.${'A'.repeat(86)}`
  expect(await verdict(zero, 'ES256', spki)).toMatchObject({ because: { text: 'signature.range' } })
  const der = `${header}.${payload}.${jose.base64url.encode(Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 1))}`
  expect(await verdict(der, 'ES256', spki)).toMatchObject({ because: { text: 'signature.length' } })
})
it('says so when a good signature is by a short RSA key', async () => {
  const how = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const pair = await crypto.subtle.generateKey(
    { ...how, modulusLength: 1024, publicExponent: Uint8Array.of(1, 0, 1) },
    true,
    ['sign', 'verify'],
  )
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
  const input = `${jose.base64url.encode('{"alg":"RS256"}')}.e30`
  const signature = new Uint8Array(await crypto.subtle.sign(how, pair.privateKey, encode(input)))
  const token = `${input}.${jose.base64url.encode(signature)}`
  expect(await verdict(token, 'RS256', spki)).toMatchObject({ result: 'valid', isShort: true })
  expect(await verdict(token.replace('.e30.', '.e31.'), 'RS256', spki)).toMatchObject({ result: 'invalid' })
})
