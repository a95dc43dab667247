import { bytesOf, sliceOf } from '../../core/place.ts'
import { fromHex } from '../../bytes/layout.ts'
import { joinBytes } from '../../bytes/der-writer.ts'
import { cborArray, cborBytes, cborHead, cborInt, cborMap, cborTag, cborText } from '../../bytes/cbor-writer.ts'
import { readCose } from '../../envelope/cose.ts'
import { base64Text } from '../../envelope/base64.ts'
import type { SignatureAlgorithm } from '../../crypto/types.ts'
import { digest } from '../../crypto/verify.ts'
import { signWith } from '../../pki/issue.ts'
import keys from './demo-keys.json'

/** Makes CCA tokens under the demonstration key. */

/** Keys for demonstrations: public on purpose, good for nothing else. */
export const demoKeys: { readonly cpak: JsonWebKey; readonly rak: JsonWebKey; readonly other: JsonWebKey } = keys

const ES384: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' }

export interface CcaRecipe {
  /** `legacy`: tag 399, bare point. `new`: tag 399, new profiles, COSE_Key. `cmw`: tag 907, records. */
  readonly form?: 'legacy' | 'new' | 'cmw'
  readonly lifecycle?: number
  readonly challenge?: Uint8Array
  /** For hostile tokens in tests. */
  readonly bend?: {
    readonly platformChallenge?: Uint8Array
    readonly realmHash?: string
    readonly realmKey?: Uint8Array
    readonly platformKey?: JsonWebKey
    readonly realmSigner?: JsonWebKey
    readonly protectedHeader?: Uint8Array
    readonly unprotectedHeader?: Uint8Array
    readonly platformClaims?: readonly (readonly [number, Uint8Array])[]
    readonly realmClaims?: readonly (readonly [number, Uint8Array])[]
    readonly without?: 'platform' | 'realm'
  }
}

function coordinate(text: string | undefined): Uint8Array {
  const read = base64Text(text ?? '')
  return read ? bytesOf(read.slice) : new Uint8Array()
}

/** Public half of a P-384 key as the claim has it. */
export function realmKeyClaim(jwk: JsonWebKey, form: 'legacy' | 'new' | 'cmw'): Uint8Array {
  const x = coordinate(jwk.x)
  const y = coordinate(jwk.y)
  return form === 'legacy'
    ? joinBytes([Uint8Array.of(4), x, y])
    : cborMap([1, cborInt(2)], [-1, cborInt(2)], [-2, cborBytes(x)], [-3, cborBytes(y)])
}

const filled = (length: number, value: number) => new Uint8Array(length).fill(value)

function claims(
  fields: readonly (readonly [number, Uint8Array])[],
  replaced: readonly (readonly [number, Uint8Array])[] = [],
): Uint8Array {
  return cborMap(
    ...fields.map(([key, value]) => replaced.find(([wanted]) => wanted === key) ?? ([key, value] as const)),
    ...replaced.filter(([key]) => !fields.some(([known]) => known === key)),
  )
}

async function signed(
  payload: Uint8Array,
  key: JsonWebKey,
  header: Uint8Array = cborMap([1, cborInt(-35)]),
  other: Uint8Array = cborMap(),
): Promise<Uint8Array> {
  const message = (signature: Uint8Array) =>
    cborTag(18, joinBytes([cborHead(4, 4), cborBytes(header), other, cborBytes(payload), cborBytes(signature)]))
  const { message: unsigned } = readCose(sliceOf('', message(filled(96, 0))))
  return message(await signWith(key, ES384, unsigned ? bytesOf(unsigned.toBeSigned) : new Uint8Array()))
}

/** One token of platform and realm. */
export async function makeToken(recipe: CcaRecipe = {}): Promise<Uint8Array> {
  const { bend } = recipe
  const form = recipe.form ?? 'new'
  const realmKey = bend?.realmKey ?? realmKeyClaim(demoKeys.rak, form)
  const challenge = bend?.platformChallenge ?? (await digest('SHA-256', realmKey))
  const instance = joinBytes([Uint8Array.of(1), filled(32, 0x1d)])
  const component = (name: string, value: number) =>
    cborMap(
      [1, cborText(name)],
      [5, cborBytes(filled(32, 0x51))],
      [2, cborBytes(filled(32, value))],
      [6, cborText('sha-256')],
    )
  const platform = await signed(
    claims(
      [
        [265, cborText(form === 'legacy' ? 'http://arm.com/CCA-SSD/1.0.0' : 'tag:arm.com,2023:cca_platform#1.0.0')],
        [10, cborBytes(challenge)],
        [2396, cborBytes(filled(32, 0x11))],
        [256, cborBytes(instance)],
        [2401, cborBytes(fromHex('cfcfcfcf') ?? filled(4, 0))],
        [2395, cborInt(recipe.lifecycle ?? 0x3003)],
        [2402, cborText('sha-256')],
        [2400, cborText('https://verifier.example/cca')],
        [2399, cborArray(component('RSE_BL2', 0xb2), component('AP_BL31', 0x31), component('RMM', 0x44))],
      ],
      bend?.platformClaims,
    ),
    bend?.platformKey ?? demoKeys.cpak,
    bend?.protectedHeader,
    bend?.unprotectedHeader,
  )
  const realm = await signed(
    claims(
      [
        ...(form === 'legacy' ? [] : [[265, cborText('tag:arm.com,2023:realm#1.0.0')] as const]),
        [10, cborBytes(recipe.challenge ?? filled(64, 0xc4))],
        [44235, cborBytes(filled(64, 0x50))],
        [44236, cborText('sha-256')],
        [44237, cborBytes(realmKey)],
        [44238, cborBytes(filled(32, 0xa1))],
        [44239, cborArray(...[0, 1, 2, 3].map((n) => cborBytes(filled(32, 0xe0 + n))))],
        [44240, cborText(bend?.realmHash ?? 'sha-256')],
      ],
      bend?.realmClaims,
    ),
    bend?.realmSigner ?? demoKeys.rak,
  )
  const wrapped = (token: Uint8Array) => (form === 'cmw' ? cborArray(cborInt(263), cborBytes(token)) : cborBytes(token))
  const members: (readonly [number, Uint8Array])[] = [
    ...(bend?.without === 'platform' ? [] : [[44234, wrapped(platform)] as const]),
    ...(bend?.without === 'realm' ? [] : [[44241, wrapped(realm)] as const]),
  ]
  return cborTag(form === 'cmw' ? 907 : 399, cborMap(...members))
}

/** The demonstration key as a file that a reader would drop. */
export function demoKeyFile(): Uint8Array {
  const { kty, crv, x, y } = demoKeys.cpak
  return new TextEncoder().encode(`${JSON.stringify({ kty, crv, x, y }, null, 2)}\n`)
}
