import { bytesOf, sliceOf } from '../../core/place.ts'
import { joinBytes } from '../../bytes/der-writer.ts'
import { cborArray, cborBytes, cborHead, cborInt, cborMap, cborTag, cborText } from '../../bytes/cbor-writer.ts'
import { readCose } from '../../envelope/cose.ts'
import type { SignatureAlgorithm } from '../../crypto/types.ts'
import { hmac } from '../../crypto/verify.ts'
import { signWith } from '../../pki/issue.ts'
import keys from './demo-keys.json'
import { CLAIMS } from './layout.ts'

/** Makes PSA tokens under the demonstration key. */

/** Keys for demonstrations: public on purpose, good for nothing else. */
export const demoKeys: { readonly iak: JsonWebKey; readonly other: JsonWebKey } = keys

/** A shared secret for demonstrations. */
export const demoSecret: Uint8Array = new Uint8Array(32).fill(0x5e)

const ES256: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }

export interface PsaRecipe {
  readonly profile?: 'rfc9783' | 'first'
  readonly mac?: boolean
  readonly lifecycle?: number
  readonly nonce?: Uint8Array
  /** For hostile tokens in tests: claims by their shared names, undefined to leave one out. */
  readonly bend?: {
    readonly claims?: Readonly<Record<string, Uint8Array | undefined>>
    readonly protectedHeader?: Uint8Array
    readonly unprotectedHeader?: Uint8Array
    readonly signWith?: JsonWebKey
    readonly payload?: (payload: Uint8Array) => Uint8Array
  }
}

const filled = (length: number, value: number) => new Uint8Array(length).fill(value)

/** One token. */
export async function makeToken(recipe: PsaRecipe = {}): Promise<Uint8Array> {
  const profile = recipe.profile ?? 'rfc9783'
  const component = (name: string, value: number) =>
    cborMap(
      [1, cborText(name)],
      [2, cborBytes(filled(32, value))],
      [4, cborText('1.0.0')],
      [5, cborBytes(filled(32, 0x51))],
    )
  const values: Readonly<Record<string, Uint8Array | undefined>> = {
    profile: cborText(profile === 'first' ? 'PSA_IOT_PROFILE_1' : 'tag:psacertified.org,2023:psa#tfm'),
    clientId: cborInt(1),
    lifecycle: cborInt(recipe.lifecycle ?? 0x3000),
    implementationId: cborBytes(filled(32, 0x11)),
    bootSeed: cborBytes(filled(32, 0xb0)),
    swComponents: cborArray(component('BL', 0xb1), component('PRoT', 0x90), component('ARoT', 0xa0)),
    nonce: cborBytes(recipe.nonce ?? filled(32, 0xc4)),
    instanceId: cborBytes(joinBytes([Uint8Array.of(1), filled(32, 0x1d)])),
    serviceIndicator: cborText('https://verifier.example/psa'),
    ...recipe.bend?.claims,
  }
  const claims = CLAIMS.flatMap((claim): (readonly [number, Uint8Array])[] => {
    const key = profile === 'first' ? claim.first : claim.rfc
    const value = values[claim.name]
    return key === undefined || value === undefined ? [] : [[key, value]]
  })
  const map = cborMap(...claims)
  const payload = recipe.bend?.payload?.(map) ?? map
  const header = recipe.bend?.protectedHeader ?? cborMap([1, cborInt(recipe.mac ? 5 : -7)])
  const message = (signature: Uint8Array) =>
    cborTag(
      recipe.mac ? 17 : 18,
      joinBytes([
        cborHead(4, 4),
        cborBytes(header),
        recipe.bend?.unprotectedHeader ?? cborMap(),
        cborBytes(payload),
        cborBytes(signature),
      ]),
    )
  const unsigned = readCose(sliceOf('', message(filled(32, 0)))).message
  const toBeSigned = unsigned ? bytesOf(unsigned.toBeSigned) : new Uint8Array()
  return message(
    recipe.mac
      ? await hmac('SHA-256', demoSecret, toBeSigned)
      : await signWith(recipe.bend?.signWith ?? demoKeys.iak, ES256, toBeSigned),
  )
}

/** The demonstration key as a file that a reader would drop. */
export function demoKeyFile(): Uint8Array {
  const { kty, crv, x, y } = demoKeys.iak
  return new TextEncoder().encode(`${JSON.stringify({ kty, crv, x, y }, null, 2)}\n`)
}
