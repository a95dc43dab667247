import { bytesOf, sliceOf } from '../../core/place.ts'
import { joinBytes } from '../../bytes/der-writer.ts'
import { cborBytes, cborHead, cborInt, cborMap, cborTag, cborText } from '../../bytes/cbor-writer.ts'
import { readCose } from '../../envelope/cose.ts'
import { toBase64Url } from '../../envelope/base64.ts'
import type { SignatureAlgorithm } from '../../crypto/types.ts'
import { signWith } from '../../pki/issue.ts'
import keys from './demo-keys.json'

/** Makes tokens under the demonstration key. */

/** Keys for demonstrations: public on purpose, good for nothing else. */
export const demoKeys: { readonly device: JsonWebKey; readonly other: JsonWebKey } = keys

const ES256: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }

export interface CwtRecipe {
  readonly debugState?: number
  readonly mac?: boolean
  readonly issuedAt?: number
  readonly nonce?: Uint8Array
  /** For hostile tokens in tests. */
  readonly bend?: {
    readonly protectedHeader?: Uint8Array
    readonly unprotectedHeader?: Uint8Array
    readonly signWith?: JsonWebKey
    readonly payload?: (payload: Uint8Array) => Uint8Array
  }
}

/** When the samples say they were issued. */
export const ISSUED_AT = Date.parse('2026-01-01T00:00:00Z')

/** One token. */
export async function makeCwt(recipe: CwtRecipe = {}): Promise<Uint8Array> {
  const seconds = (recipe.issuedAt ?? ISSUED_AT) / 1000
  const submodule = cborMap([270, cborText('radio firmware')], [263, cborInt(3)])
  const map = cborMap(
    [1, cborText('demonstration maker')],
    [6, cborInt(seconds)],
    [5, cborInt(seconds)],
    [4, cborInt(seconds + 3600)],
    [10, cborBytes(recipe.nonce ?? new Uint8Array(32).fill(0xc4))],
    [256, cborBytes(joinBytes([Uint8Array.of(1), new Uint8Array(16).fill(0x1d)]))],
    [263, cborInt(recipe.debugState ?? 3)],
    [266, cborMap(['radio', submodule])],
  )
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
  const unsigned = readCose(sliceOf('', message(new Uint8Array(64)))).message
  return message(
    recipe.mac
      ? new Uint8Array(32)
      : await signWith(
          recipe.bend?.signWith ?? demoKeys.device,
          ES256,
          unsigned ? bytesOf(unsigned.toBeSigned) : new Uint8Array(),
        ),
  )
}

/** The demonstration key as a file that a reader would drop. */
export function demoKeyFile(): Uint8Array {
  const { kty, crv, x, y } = demoKeys.device
  return new TextEncoder().encode(`${JSON.stringify({ kty, crv, x, y }, null, 2)}\n`)
}

/** A collection with one record, as JSON. */
export function makeCollection(token: Uint8Array): Uint8Array {
  return new TextEncoder().encode(
    `${JSON.stringify({ __cmwc_t: 'tag:example.com,2026:demonstration', device: ['application/eat+cwt', toBase64Url(token), 4] }, null, 2)}\n`,
  )
}
