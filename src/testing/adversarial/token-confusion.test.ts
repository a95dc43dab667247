import { expect, it } from 'vitest'
import { joinBytes } from '../../bytes/join.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { toBase64Url } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import { spkiOf } from '../../pki/issue.ts'
import { effective } from '../tamper.ts'
import { demoKeys, demoKeySet, earClaims, ISSUED_AT, makeToken } from '../../schemes/token/attester.ts'

/** Tokens whose header chooses how they are to be verified: by nobody, or by a shared secret that everybody knows because it is the public key. */

const text = (value: string) => new TextEncoder().encode(value)
const part = (value: unknown) => toBase64Url(text(JSON.stringify(value)))
const ask = async (token: string) =>
  appraise(
    [
      { name: 'token.jwt', bytes: text(token) },
      { name: 'keys.json', bytes: text(await demoKeySet('ear')) },
    ],
    { at: ISSUED_AT + 120_000, atSource: 'given', policy: NO_POLICY },
  )

/** The claims of the good token under another header, with a MAC under `secret`, or with no signature. */
async function forged(alg: string, secret?: Uint8Array): Promise<string> {
  const input = `${part({ alg, typ: 'JWT' })}.${part(earClaims())}`
  if (secret === undefined) return `${input}.`
  const key = await crypto.subtle.importKey('raw', secret.slice(), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return `${input}.${toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, text(input))))}`
}

const spki = spkiOf(demoKeys.ear)
const SECRETS: readonly (readonly [string, Uint8Array])[] = [
  ['the key as DER', spki],
  ['the key as PEM', text(encodePem('PUBLIC KEY', spki))],
  ['the point', spki.subarray(-65)],
  [
    'the words of the key file',
    text(JSON.stringify({ kty: 'EC', crv: 'P-256', x: demoKeys.ear.x, y: demoKeys.ear.y })),
  ],
  ['nothing but zeros', new Uint8Array(32)],
]

it('the untouched one is signed by the service', async () => {
  expect(effective(await ask(await makeToken()))).toBe('SR')
})
it.each(SECRETS)('HS256 under %s is no signature', async (_, secret) => {
  const view = await ask(await forged('HS256', secret))
  expect(view.headline).toBe('S1')
  expect(view.checks.find(({ id }) => id === 'jwt.alg-allowed')).toMatchObject({
    outcome: 'fail',
    because: { text: 'jwt.alg-shared-secret' },
  })
  expect(view.checks.find(({ id }) => id === 'jwt.signed-by-key')?.outcome).not.toBe('pass')
})
it.each(['none', 'None', 'NONE', ''])('alg “%s” is no signature, whatever stands behind the last dot', async (alg) => {
  for (const token of [await forged(alg), `${await forged(alg)}${toBase64Url(joinBytes([new Uint8Array(64)]))}`]) {
    const view = await ask(token)
    // No name at all is one that is not known here.
    expect(alg === '' ? ['S4'] : ['S0', 'S1', 'SN']).toContain(view.headline)
    expect(view.checks.find(({ id }) => id === 'jwt.signed-by-key')?.outcome ?? 'fail').not.toBe('pass')
  }
})
