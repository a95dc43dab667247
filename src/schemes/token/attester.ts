import { joseSignature, type JoseAlgorithm } from '../../crypto/jose.ts'
import { toBase64Url } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import { digest } from '../../crypto/verify.ts'
import { signWith, spkiOf } from '../../pki/issue.ts'
import keys from './demo-keys.json'

/** Makes tokens of each service's shape under demonstration keys. */

/** Keys for demonstrations: public on purpose, good for nothing else. */
export const demoKeys: { readonly maa: JsonWebKey; readonly ear: JsonWebKey; readonly other: JsonWebKey } = keys

/** When the samples say they were issued. */
export const ISSUED_AT = Date.parse('2026-01-01T00:00:00Z')
const SECONDS = ISSUED_AT / 1000

export interface TokenRecipe {
  readonly alg?: string
  readonly signAs?: JoseAlgorithm
  readonly key?: JsonWebKey
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>>
  /** Instead of the claims: the payload's text as it stands. */
  readonly payload?: string
  readonly headerText?: string
}

const part = (text: string) => toBase64Url(new TextEncoder().encode(text))

/** One compact token. */
export async function makeToken(recipe: TokenRecipe = {}): Promise<string> {
  const alg = recipe.alg ?? 'ES256'
  const header = recipe.headerText ?? JSON.stringify({ alg, typ: 'JWT', ...recipe.header })
  const input = `${part(header)}.${part(recipe.payload ?? JSON.stringify(recipe.claims ?? earClaims()))}`
  const name = recipe.signAs ?? (alg as JoseAlgorithm)
  const signature = await signWith(recipe.key ?? demoKeys.ear, joseSignature(name), new TextEncoder().encode(input))
  return `${input}.${toBase64Url(signature)}`
}

/** Claims as Trustee writes them. */
export function earClaims(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    eat_profile: 'tag:github.com,2024:confidential-containers/Trustee',
    iat: SECONDS,
    nbf: SECONDS,
    exp: SECONDS + 300,
    'ear.verifier-id': { developer: 'https://confidentialcontainers.org', build: 'demonstration' },
    submods: {
      cpu0: {
        'ear.status': 'affirming',
        'ear.trustworthiness-vector': { configuration: 2, executables: 3, hardware: 2 },
        'ear.appraisal-policy-id': 'default',
        'ear.veraison.annotated-evidence': {
          snp: { measurement: 'a1'.repeat(48) },
          report_data: 'b2'.repeat(64),
        },
      },
    },
    ...changes,
  }
}

/** Claims as Azure's service writes them about a confidential VM. */
export function maaClaims(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    exp: SECONDS + 28800,
    iat: SECONDS,
    iss: 'https://demonstration.weu.test.attest.azure.net',
    nbf: SECONDS,
    'x-ms-attestation-type': 'sevsnpvm',
    'x-ms-sevsnpvm-is-debuggable': false,
    'x-ms-sevsnpvm-launchmeasurement': 'c3'.repeat(48),
    'x-ms-sevsnpvm-reportdata': 'd4'.repeat(64),
    'x-ms-ver': '1.0',
    ...changes,
  }
}

/** The name that Azure's service gives a key: the digest of its PEM text with a NUL behind. */
export async function maaKeyId(key: JsonWebKey): Promise<string> {
  const pem = encodePem('PUBLIC KEY', spkiOf(key))
  const hash = await digest('SHA-256', new TextEncoder().encode(`${pem.endsWith('\n') ? pem : `${pem}\n`}\0`))
  return `${toBase64Url(hash).replaceAll('-', '+').replaceAll('_', '/')}=`
}

/** An Azure token with the header that its service writes. */
export async function makeMaaToken(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const claims = maaClaims(changes)
  const issuer = typeof claims['iss'] === 'string' ? claims['iss'] : ''
  return makeToken({
    alg: 'RS256',
    key: demoKeys.maa,
    header: { jku: `${issuer}/certs`, kid: await maaKeyId(demoKeys.maa) },
    claims,
  })
}

/** The public halves as a set that a reader would drop. */
export async function demoKeySet(...which: readonly ('maa' | 'ear' | 'other')[]): Promise<string> {
  const all = await Promise.all(
    which.map(async (one) => {
      const { kty, n, e, crv, x, y } = demoKeys[one]
      return { kty, ...(kty === 'RSA' ? { n, e, kid: await maaKeyId(demoKeys[one]) } : { crv, x, y }) }
    }),
  )
  return `${JSON.stringify({ keys: all }, null, 2)}\n`
}
