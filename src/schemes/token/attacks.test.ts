import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../core/place.ts'
import type { CheckDefinition } from '../../core/scheme.ts'
import { toBase64, toBase64Url } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import { chain, KEYS, leafExtensions, make, NAMES } from '../../pki/testing.ts'
import { spkiOf } from '../../pki/issue.ts'
import { maaClaims, demoKeys, earClaims, ISSUED_AT, makeMaaToken, makeToken } from './attester.ts'
import { chainToken } from './testing-chain.ts'
import { prepared, withKeys } from './testing.ts'
import type { PreparedToken } from './prepare.ts'
import { scheme } from './scheme.ts'
import type { AppraisalContext } from '../../core/scheme.ts'

/** Every attack on tokens that RFC 8725 and its history know, one row each: which check stops it, and how. */

const text = (value: string) => new TextEncoder().encode(value)
const part = (value: unknown) => toBase64Url(text(typeof value === 'string' ? value : JSON.stringify(value)))
const { d: _secret, ...ownKey } = demoKeys.other
const SECONDS = ISSUED_AT / 1000

type Attack = string | { readonly token: string; readonly context: AppraisalContext }

async function parts(token: string): Promise<readonly [string, string, string]> {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return [header, payload, signature]
}
async function resigned(signature: Uint8Array): Promise<string> {
  const [header, payload] = await parts(await makeToken())
  return `${header}.${payload}.${toBase64Url(signature)}`
}
async function mac(secret: Uint8Array): Promise<string> {
  const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(earClaims())}`
  const key = await crypto.subtle.importKey('raw', secret.slice(), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return `${input}.${toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, text(input))))}`
}
/** R ‖ S written as DER. */
function asDer(raw: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array) => {
    const body = (bytes[0] ?? 0) > 127 ? [0, ...bytes] : [...bytes]
    return [2, body.length, ...body]
  }
  const body = [...integer(raw.subarray(0, 32)), ...integer(raw.subarray(32))]
  return Uint8Array.of(0x30, body.length, ...body)
}
const rawSignature = async () => {
  const [, , signature] = await parts(await makeToken())
  return Uint8Array.from(atob(signature.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
}
const at = (claims: Readonly<Record<string, unknown>>) => makeToken({ claims: earClaims(claims) })
const issuer = (iss: string) => makeMaaToken({ iss })

/** Attack, the check that stops it, its outcome, and the token. */
const ATTACKS: readonly (readonly [string, string, string, () => Promise<Attack>])[] = [
  ['J1 alg none', 'jwt.alg-allowed', 'fail', async () => `${part({ alg: 'none' })}.${part(earClaims())}.`],
  ['J1 alg nOnE', 'jwt.alg-allowed', 'fail', async () => `${part({ alg: 'nOnE' })}.${part(earClaims())}.`],
  [
    'J1 HS256 with the public key (PEM) as secret',
    'jwt.alg-allowed',
    'fail',
    () => mac(text(encodePem('PUBLIC KEY', spkiOf(demoKeys.ear)))),
  ],
  ['J1 HS256 with the RSA public key (DER) as secret', 'jwt.alg-allowed', 'fail', () => mac(spkiOf(demoKeys.maa))],
  ['r = s = 0', 'jwt.signed-by-key', 'not-pass', () => resigned(new Uint8Array(64))],
  ['signature in DER', 'jwt.signed-by-key', 'not-pass', async () => resigned(asDer(await rawSignature()))],
  [
    'J2 jwk in the header',
    'jwt.key-not-from-token',
    'fail',
    () => makeToken({ key: demoKeys.other, header: { jwk: ownKey } }),
  ],
  [
    'J2 jwk among the claims',
    'jwt.key-not-from-token',
    'fail',
    () => makeToken({ key: demoKeys.other, claims: earClaims({ jwk: ownKey }) }),
  ],
  [
    'J2 jku of another host',
    'jwt.jku-is-iss',
    'fail',
    () => makeToken({ claims: maaClaims(), header: { jku: 'https://evil.example/certs' } }),
  ],
  [
    'J2 x5u: nothing is fetched, the key stays missing',
    'jwt.signed-by-key',
    'not-checked',
    () => makeToken({ key: demoKeys.other, header: { x5u: 'https://evil.example/chain.pem', kid: 'other' } }),
  ],
  [
    'J2 x5c of one’s own making, the real root appended',
    'jwt.chain-to-root',
    'fail',
    async () => {
      const { root } = await chain()
      const mine = await chainToken()
      const own = await make({
        subject: NAMES.leaf,
        issuer: NAMES.root,
        issuerKey: KEYS.sub,
        subjectKey: KEYS.sub,
        serial: 9,
        extensions: await leafExtensions(KEYS.sub, KEYS.root),
      })
      const x5c = [own, root].map((one) => toBase64(bytesOf(one.slice)))
      const token = await makeToken({ key: KEYS.sub, header: { x5c } })
      return { token, context: mine.context }
    },
  ],
  ['x5c with a swapped leaf before the real chain', 'jwt.chain-to-root', 'fail', () => chainToken({ swapLeaf: true })],
  [
    'J3 iss twice',
    'jwt.members-unique',
    'fail',
    () => makeToken({ payload: `{"iss":"https://a.example","iss":"https://b.example","iat":${SECONDS}}` }),
  ],
  ['J3 alg twice', 'jwt.members-unique', 'fail', () => makeToken({ headerText: '{"alg":"ES256","alg":"none"}' })],
  [
    'J3 a name twice, written with an escape',
    'jwt.members-unique',
    'fail',
    () => makeToken({ payload: `{"iss":"a","i\\u0073s":"b","iat":${SECONDS}}` }),
  ],
  ['J4 trailing dot', 'jwt.three-parts', 'fail', async () => `${await makeToken()}.`],
  ['J4 padding', 'jwt.three-parts', 'fail', async () => (await makeToken()).replace('.', '=.')],
  ['J4 white space', 'jwt.three-parts', 'fail', async () => (await makeToken()).replace('.', '. ')],
  ['J4 five parts', 'jwt.three-parts', 'fail', async () => `${await makeToken()}.AA.AA`],
  [
    'J4 UTF-16 with a byte order mark',
    'jwt.three-parts',
    'fail',
    async () => {
      const json = text(JSON.stringify(earClaims()))
      const wide = Uint8Array.from([0xff, 0xfe, ...[...json].flatMap((one) => [one, 0])])
      const [header, , signature] = await parts(await makeToken())
      return `${header}.${toBase64Url(wide)}.${signature}`
    },
  ],
  ['J4 crit', 'jwt.crit-understood', 'fail', () => makeToken({ header: { crit: ['exp'], exp: 1 } })],
  ['"b64": false', 'jwt.crit-understood', 'fail', () => makeToken({ header: { b64: false } })],
  [
    'J4 nested token (cty JWT)',
    'jwt.three-parts',
    'fail',
    async () => makeToken({ header: { cty: 'JWT' }, payload: await makeToken() }),
  ],
  [
    'J4 nested five deep',
    'jwt.three-parts',
    'fail',
    async () => {
      let token = await makeToken()
      for (let depth = 0; depth < 5; depth++) token = await makeToken({ header: { cty: 'JWT' }, payload: token })
      return token
    },
  ],
  ['J5 x.attest.azure.net.evil.com', 'jwt.issuer-known', 'fail', () => issuer('https://x.attest.azure.net.evil.com')],
  ['J5 evil.com/#.attest.azure.net', 'jwt.issuer-known', 'fail', () => issuer('https://evil.com/#.attest.azure.net')],
  ['J5 user name before the host', 'jwt.issuer-known', 'fail', () => issuer('https://a.weu.attest.azure.net@evil.com')],
  ['J5 http', 'jwt.issuer-known', 'fail', () => issuer('http://a.weu.attest.azure.net')],
  ['J5 a test tenant', 'jwt.issuer-known', 'warn', () => makeMaaToken()],
  ['J5 expired', 'jwt.in-date', 'not-checked', () => at({ exp: SECONDS - 1, nbf: SECONDS - 9 })],
  ['J5 not yet valid', 'jwt.in-date', 'not-checked', () => at({ nbf: SECONDS + 9_000, exp: SECONDS + 9_999 })],
  ['J5 ends before it begins', 'jwt.in-date', 'fail', () => at({ nbf: SECONDS + 9, exp: SECONDS })],
  ['exp as text', 'jwt.in-date', 'fail', () => at({ exp: String(SECONDS + 300) })],
  ['no end', 'jwt.short-lived', 'not-checked', () => at({ exp: undefined })],
  ['a month long', 'jwt.short-lived', 'warn', () => at({ exp: SECONDS + 30 * 86_400 })],
  [
    'kid that is a path: the key is missing',
    'jwt.signed-by-key',
    'not-checked',
    async () => ({
      token: await makeToken({ key: demoKeys.other, header: { kid: '../../../../dev/null' } }),
      context: await withKeys('maa'),
    }),
  ],
  ['kid that is a number', 'jwt.kid-is-text', 'warn', () => makeToken({ header: { kid: 1234 } })],
  [
    'claims changed',
    'jwt.signed-by-key',
    'fail',
    async () => {
      const [header, , signature] = await parts(await makeMaaToken())
      const [, payload] = await parts(await makeMaaToken({ jti: 'other' }))
      return { token: `${header}.${payload}.${signature}`, context: await withKeys('maa') }
    },
  ],
]

async function answers(attack: Attack): Promise<ReadonlyMap<string, string>> {
  const token = typeof attack === 'string' ? attack : attack.token
  const context = typeof attack === 'string' ? await withKeys('ear', 'maa') : attack.context
  const all = await prepared(token, context)
  const found = new Map<string, string>()
  for (const check of (scheme.appraisers[0]?.checks ?? []) as readonly CheckDefinition<PreparedToken>[])
    found.set(
      check.id,
      check.applies && !check.applies(all) ? 'not-applicable' : (await check.run(all, context)).outcome,
    )
  return found
}

describe('each attack is stopped by its check', () => {
  it.each(ATTACKS)('%s', async (name, id, outcome, make) => {
    const found = await answers(await make())
    console.log(`${name} → ${id} ${found.get(id)}`)
    if (outcome === 'not-pass') expect(['fail', 'not-checked', 'unsupported']).toContain(found.get(id))
    else expect(found.get(id)).toBe(outcome)
  })
})

it('the same token without any of that has nothing against it', async () => {
  const found = await answers(await makeToken({ header: { kid: undefined } }))
  expect([...found].filter(([, outcome]) => !['pass', 'not-applicable'].includes(outcome))).toEqual([])
})

it('a megabyte, and ten thousand claims, take no longer than their length', async () => {
  const long = await makeToken({ claims: earClaims({ note: 'x'.repeat(1 << 20) }) })
  const many = await makeToken({
    claims: earClaims(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`claim${i}`, i]))),
  })
  for (const token of [long, many]) {
    const started = performance.now()
    const found = await answers(token)
    console.log(
      `${token.length} characters → signed ${found.get('jwt.signed-by-key')}, ${Math.round(performance.now() - started)} ms`,
    )
    expect(found.get('jwt.signed-by-key')).toBe('pass')
    expect(found.get('jwt.three-parts')).toBe('pass')
  }
})
