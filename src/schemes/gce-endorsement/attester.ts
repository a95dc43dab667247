import { fromHex } from '../../bytes/layout.ts'
import { joinBytes } from '../../bytes/join.ts'
import { encodePem } from '../../envelope/pem.ts'
import { basicConstraints, issueCertificate, keyUsage, name, signWith } from '../../pki/issue.ts'
import keys from './demo-keys.json'

/** Makes endorsements of firmware in Google's form under a demonstration root. */

/** Keys for demonstrations: public on purpose, good for nothing else. */
export const demoKeys: Readonly<Record<'root' | 'otherRoot' | 'signer' | 'other', JsonWebKey>> = keys
export const SIGNED_AT = Date.parse('2026-01-01T00:00:00Z')
const YEAR = 365 * 86_400_000
const ES384 = { kind: 'ecdsa', hash: 'SHA-384', form: 'der' } as const
export const ROOT_NAME = name({ O: 'Attestation Explorer', CN: 'Demonstration Firmware Root' })

/** What the demonstration endorsement names, hex. */
export const DEMO_MEASUREMENT = 'a5'.repeat(48)
export const DEMO_MRTD = 'c4'.repeat(48)

export interface EndorsementRecipe {
  readonly measurement?: string
  readonly mrtd?: string
  readonly bend?: { readonly signWith?: JsonWebKey; readonly saltLength?: number; readonly rootKey?: JsonWebKey }
}

const bytesOfHex = (hex: string) => fromHex(hex) ?? new Uint8Array()
/** A number in groups of seven bits, the lowest first. */
function varint(value: number): Uint8Array {
  const groups: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) groups.push((rest % 128) + 128)
  return Uint8Array.from([...groups, rest])
}
const number = (field: number, value: number) => joinBytes([varint(field * 8), varint(value)])
const bytes = (field: number, value: Uint8Array) => joinBytes([varint(field * 8 + 2), varint(value.length), value])

/** The signer's certificate, and the root that signs it. */
export async function makeChain(rootKey: JsonWebKey = demoKeys.root): Promise<readonly [Uint8Array, Uint8Array]> {
  const common = { issuer: ROOT_NAME, issuerKey: rootKey, notAfter: SIGNED_AT + 10 * YEAR, algorithm: ES384 }
  const leaf = await issueCertificate({
    ...common,
    subject: name({ O: 'Attestation Explorer', CN: 'Demonstration Firmware Signer' }),
    subjectKey: demoKeys.signer,
    serial: 2,
    notBefore: SIGNED_AT - 86_400_000,
    extensions: [basicConstraints(false), keyUsage('digitalSignature')],
  })
  const root = await issueCertificate({
    ...common,
    subject: ROOT_NAME,
    subjectKey: rootKey,
    serial: 1,
    notBefore: SIGNED_AT - YEAR,
    extensions: [basicConstraints(true), keyUsage('keyCertSign')],
  })
  return [leaf, root]
}

/** One endorsement: two machine sizes of SEV-SNP, two of TDX. */
export async function makeEndorsement(recipe: EndorsementRecipe = {}): Promise<Uint8Array> {
  const { bend = {} } = recipe
  const [leaf, root] = await makeChain(bend.rootKey)
  const snp = (vcpus: number, value: Uint8Array) => bytes(2, joinBytes([number(1, vcpus), bytes(2, value)]))
  const tdx = (gib: number, value: Uint8Array) => bytes(2, joinBytes([number(1, gib), bytes(3, value)]))
  const golden = joinBytes([
    bytes(1, number(1, SIGNED_AT / 1000)),
    number(2, 4_711),
    bytes(4, leaf),
    bytes(5, new Uint8Array(48).fill(0xf1)),
    bytes(6, new TextEncoder().encode(encodePem('CERTIFICATE', root))),
    bytes(
      7,
      joinBytes([
        number(1, 3),
        snp(1, new Uint8Array(48).fill(0xa1)),
        snp(2, bytesOfHex(recipe.measurement ?? DEMO_MEASUREMENT)),
        number(5, 0x30000),
      ]),
    ),
    bytes(
      8,
      joinBytes([number(1, 5), tdx(4, new Uint8Array(48).fill(0xc1)), tdx(8, bytesOfHex(recipe.mrtd ?? DEMO_MRTD))]),
    ),
  ])
  const pss = { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-256', saltLength: bend.saltLength ?? 32 } as const
  return joinBytes([bytes(1, golden), bytes(2, await signWith(bend.signWith ?? demoKeys.signer, pss, golden))])
}
