import * as jose from 'jose'
import { expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../core/place.ts'
import { readCompactJws, readJws } from '../envelope/jws.ts'
import { JOSE_ALGORITHMS, verifyJose } from './jose.ts'

/** 500 tokens of our own under every algorithm, half of them changed somewhere: what `jose` accepts is accepted here, and nothing else. */

const TOKENS = 500
const encode = (text: string) => new TextEncoder().encode(text)

function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

const CHANGES: readonly ((token: string, random: () => number) => string)[] = [
  (token) => token,
  (token) => token,
  // Not the last character: of its bits some stand for nothing, which `jose` does not mind and RFC 4648 does.
  (token, random) => {
    const at = Math.floor(random() * (token.length - 1))
    return `${token.slice(0, at)}${token[at] === 'Q' ? 'R' : 'Q'}${token.slice(at + 1)}`
  },
  (token, random) => token.slice(0, Math.floor(random() * token.length)),
  (token) => `${token}A`,
  (token) => `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(86)}`,
  (token) => `${token}.`,
]

it('agrees with jose on 500 tokens, whole and changed', async () => {
  const random = generator(17)
  const keys = await Promise.all(
    JOSE_ALGORITHMS.map(async (alg) => {
      const pair = await jose.generateKeyPair(alg, { extractable: true })
      const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey as CryptoKey))
      return { alg, pair, spki }
    }),
  )
  const count = { accepted: 0, refused: 0 }
  for (let i = 0; i < TOKENS; i++) {
    const one = keys[i % keys.length]
    const change = CHANGES[Math.floor(random() * CHANGES.length)]
    if (!one || !change) continue
    const good = await new jose.SignJWT({ i, nested: { deep: [i, 'é'] } })
      .setProtectedHeader({ alg: one.alg, kid: String(i) })
      .sign(one.pair.privateKey)
    const token = change(good, random)
    const theirs = await jose.compactVerify(token, one.pair.publicKey, { algorithms: [one.alg] }).then(
      () => true,
      () => false,
    )
    const slice = sliceOf('', encode(token))
    const message = readCompactJws(slice) && readJws(slice)
    const [signed] = message?.signatures ?? []
    const ours =
      signed !== undefined &&
      message?.problems.length === 0 &&
      (
        await verifyJose(
          {
            algorithm: one.alg,
            allowed: [one.alg],
            signingInput: signed.signingInput,
            signature: signed.signature.slice ? bytesOf(signed.signature.slice) : new Uint8Array(),
          },
          one.spki,
        )
      ).result === 'valid'
    expect(ours, `${one.alg} ${i} ${token}`).toBe(theirs)
    count[theirs ? 'accepted' : 'refused']++
  }
  expect(count.accepted).toBeGreaterThan(100)
  expect(count.refused).toBeGreaterThan(100)
}, 60_000)
