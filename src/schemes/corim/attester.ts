import { bytesOf, sliceOf } from '../../core/place.ts'
import { cborArray, cborBytes, cborHead, cborInt, cborMap, cborTag, cborText } from '../../bytes/cbor-writer.ts'
import { oid } from '../../bytes/der-writer.ts'
import { joinBytes } from '../../bytes/join.ts'
import { readCose } from '../../envelope/cose.ts'
import { signWith } from '../../pki/issue.ts'
import { demoKeys } from './demo-keys.ts'

/** Makes manifests under a demonstration key. */

export const SIGNED_AT = Date.parse('2026-01-01T00:00:00Z')
const ES256 = { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' } as const
/** Implementation id and component of the demonstration. */
export const DEMO_PRODUCT = new Uint8Array(32).fill(0x11)
export const DEMO_DIGEST = new Uint8Array(32).fill(0xb1)

export interface CorimRecipe {
  readonly isSigned?: boolean
  readonly product?: Uint8Array
  readonly digest?: Uint8Array
  readonly isEmpty?: boolean
  /** Tags inside byte strings, as older tools write them. */
  readonly isOld?: boolean
  readonly profile?: string
  readonly signWith?: JsonWebKey
}

const time = (at: number) => cborTag(1, cborInt(at / 1000))
const validity = () => cborMap([0, time(SIGNED_AT)], [1, time(SIGNED_AT + 365 * 86_400_000)])

/** One manifest. */
export async function makeCorim(recipe: CorimRecipe = {}): Promise<Uint8Array> {
  const component = cborMap(
    [
      0,
      cborTag(601, cborMap([1, cborText('BL')], [4, cborText('2.1.0')], [5, cborBytes(new Uint8Array(32).fill(0xac))])),
    ],
    [1, cborMap([2, cborArray(cborArray(cborInt(1), cborBytes(recipe.digest ?? DEMO_DIGEST)))])],
  )
  const environment = cborMap([
    0,
    cborMap(
      [0, cborTag(recipe.isOld ? 600 : 560, cborBytes(recipe.product ?? DEMO_PRODUCT))],
      [1, cborText('Demonstration')],
      [2, cborText('Board')],
    ),
  ])
  const comid = cborMap(
    [1, cborMap([0, cborText('demonstration')])],
    [4, cborMap([0, cborArray(cborArray(environment, cborArray(component)))])],
  )
  const tag = recipe.isOld ? cborBytes(cborTag(506, comid)) : cborTag(506, cborBytes(comid))
  const corim = recipe.isEmpty
    ? cborMap()
    : cborMap(
        [0, cborText('demonstration manifest')],
        [1, cborArray(tag)],
        [3, cborText(recipe.profile ?? 'http://arm.com/psa/iot/1')],
        [4, validity()],
      )
  const content = recipe.isOld ? corim : cborTag(501, corim)
  if (recipe.isSigned === false) return content
  const meta = cborMap([0, cborMap([0, cborText('Demonstration signer')])], [1, validity()])
  const header = cborMap([1, cborInt(-7)], [3, cborText('application/rim+cbor')], [8, cborBytes(meta)])
  const message = (signature: Uint8Array) =>
    cborTag(18, joinBytes([cborHead(4, 4), cborBytes(header), cborMap(), cborBytes(content), cborBytes(signature)]))
  const unsigned = readCose(sliceOf('', message(new Uint8Array(64)))).message
  return message(
    await signWith(
      recipe.signWith ?? demoKeys.signer,
      ES256,
      unsigned ? bytesOf(unsigned.toBeSigned) : new Uint8Array(),
    ),
  )
}

/** The demonstration key as a file that a reader would drop. */
export function demoKeyFile(which: 'signer' | 'other' = 'signer'): Uint8Array {
  const { kty, crv, x, y } = demoKeys[which]
  return new TextEncoder().encode(`${JSON.stringify({ kty, crv, x, y }, null, 2)}\n`)
}

/** One part of a GPU: its number, which of its values, and what is right for it. */
export interface PartRecipe {
  readonly number: number
  readonly key?: string
  readonly digest: Uint8Array
}

/** Parts of a demonstration driver. */
export const DEMO_PARTS: readonly PartRecipe[] = [
  { number: 2, digest: new Uint8Array(48).fill(3) },
  { number: 3, digest: new Uint8Array(48).fill(4) },
  // Two values that are as good.
  { number: 10, digest: new Uint8Array(48) },
  { number: 10, digest: new Uint8Array(48).fill(5) },
]

/** A manifest as NVIDIA writes it for Rubin devices, signed by nobody: every part is an environment, called by an OID. `arc` 10 is VBIOS, 11 the driver. */
export function makePartsCorim(parts: readonly PartRecipe[] = DEMO_PARTS, arc = 11): Uint8Array {
  const triples = parts.map(({ number, key, digest }) => {
    const id = oid(`1.3.6.1.4.1.5703.1300.1.1.11.1.${arc}.100.${number}`).subarray(2)
    const value = cborMap([2, cborArray(cborArray(cborInt(7), cborBytes(digest)))])
    return cborArray(
      cborMap([0, cborMap([0, cborTag(111, cborBytes(id))])]),
      cborArray(key === undefined ? cborMap([1, value]) : cborMap([0, cborText(key)], [1, value])),
    )
  })
  const comid = cborMap([1, cborMap([0, cborText('demonstration-parts')])], [4, cborMap([0, cborArray(...triples)])])
  return cborTag(
    501,
    cborMap([0, cborText('demonstration-driver')], [1, cborArray(cborTag(506, cborBytes(comid)))], [4, validity()]),
  )
}
