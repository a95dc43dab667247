import { joinBytes } from '../../bytes/der-writer.ts'
import { digest } from '../../crypto/verify.ts'
import { signWith } from '../../pki/issue.ts'
import { demoAk } from './demo-keys.ts'
import { QUOTE, TPM_GENERATED } from './layout.ts'

/** Makes quotes under the demonstration attestation key. */

export interface QuoteRecipe {
  readonly nonce?: Uint8Array
  readonly magic?: number
  readonly type?: number
  /** PCRs of the SHA-256 bank that are selected; default all 24. */
  readonly pcrs?: readonly number[]
  readonly bank?: number
  /** PCRs of the SHA-256 bank in a second selection; default none. */
  readonly second?: readonly number[]
  /** Values of all PCRs, one after another; default those of the demonstration machine. */
  readonly values?: Uint8Array
  readonly safe?: boolean
  readonly key?: JsonWebKey
  /** Of the signature; default SHA-256. */
  readonly hash?: 'SHA-1' | 'SHA-256'
}

const be = (value: number, width: number) =>
  Uint8Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** (width - 1 - i)) % 256)
const sized = (bytes: Uint8Array) => joinBytes([be(bytes.length, 2), bytes])

/** Values of the demonstration machine's PCRs, one after another. */
export function demoPcrs(count = 24): Uint8Array {
  return Uint8Array.from({ length: count * 32 }, (_, i) => (i * 7 + Math.floor(i / 32)) & 255)
}

/** What the other kinds of statement state, by type. */
const STATED: Readonly<Record<number, () => Uint8Array>> = {
  0x8014: () => joinBytes([demoName(1), be(0, 2), sized(new TextEncoder().encode('nv'))]),
  0x8015: () => joinBytes([be(7, 8), be(0x000b, 2), sized(demoDigest(2)), sized(demoDigest(3))]),
  0x8016: () => joinBytes([be(1, 1), sized(demoDigest(4))]),
  0x8017: () => joinBytes([demoName(5), demoName(6)]),
  0x8019: () => joinBytes([be(99, 8), be(123_456_789, 8), be(3, 4), be(0, 4), be(1, 1), be(0x00120003, 8)]),
  0x801a: () => joinBytes([demoName(7), sized(demoDigest(8))]),
  0x801c: () => joinBytes([demoName(9), sized(demoDigest(10))]),
}
const demoDigest = (fill: number) => new Uint8Array(32).fill(fill)
const demoName = (fill: number) => sized(joinBytes([be(0x000b, 2), demoDigest(fill)]))

/** A TPMS_ATTEST with its bare signature and the values of the PCRs that it covers. */
export async function makeQuote(
  recipe: QuoteRecipe = {},
): Promise<{ readonly message: Uint8Array; readonly signature: Uint8Array; readonly pcrs: Uint8Array }> {
  const selection = recipe.pcrs ?? Array.from({ length: 24 }, (_, pcr) => pcr)
  const mapOf = (chosen: readonly number[]) => {
    const map = new Uint8Array(3)
    for (const pcr of chosen) map[pcr >> 3] = (map[pcr >> 3] ?? 0) | (1 << (pcr & 7))
    return map
  }
  const selected = (bank: number, chosen: readonly number[]) => [be(bank, 2), Uint8Array.of(3), mapOf(chosen)]
  const all = recipe.values ?? demoPcrs()
  const pcrs = joinBytes(selection.map((pcr) => all.subarray(pcr * 32, pcr * 32 + 32)))
  const message = joinBytes([
    be(recipe.magic ?? TPM_GENERATED, 4),
    be(recipe.type ?? QUOTE, 2),
    sized(joinBytes([be(0x000b, 2), new Uint8Array(32).fill(0xa5)])),
    sized(recipe.nonce ?? new TextEncoder().encode('challenge')),
    be(123_456_789, 8),
    be(3, 4),
    be(0, 4),
    be(recipe.safe === false ? 0 : 1, 1),
    be(0x20200312, 4),
    be(0x00120003, 4),
    STATED[recipe.type ?? QUOTE]?.() ??
      joinBytes([
        be(recipe.second ? 2 : 1, 4),
        ...selected(recipe.bank ?? 0x000b, selection),
        ...(recipe.second ? selected(0x000b, recipe.second) : []),
        sized(await digest('SHA-256', pcrs)),
      ]),
  ])
  return {
    message,
    pcrs,
    signature: await signWith(recipe.key ?? demoAk, { kind: 'rsa-pkcs1', hash: recipe.hash ?? 'SHA-256' }, message),
  }
}

/** A TPMT_SIGNATURE around a bare RSA signature. */
export function asStructure(signature: Uint8Array, hash = 0x000b): Uint8Array {
  return joinBytes([be(0x0014, 2), be(hash, 2), sized(signature)])
}
