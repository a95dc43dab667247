import { bytesOf, sliceOf } from '../../core/place.ts'
import {
  cborArray,
  cborBool,
  cborBytes,
  cborHead,
  cborInt,
  cborMap,
  cborNull,
  cborTag,
  cborText,
} from '../../bytes/cbor-writer.ts'
import { joinBytes } from '../../bytes/join.ts'
import { toHex } from '../../bytes/layout.ts'
import { readCose } from '../../envelope/cose.ts'
import { toBase64, toBase64Url } from '../../envelope/base64.ts'
import { digest } from '../../crypto/verify.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  issueCertificate,
  keyUsage,
  name,
  signWith,
  spkiOf,
  subjectKeyIdentifier,
} from '../../pki/issue.ts'
import { demoKeys } from './demo-keys.ts'

/** Makes statements of the shape of Microsoft's endorsements, and receipts of a ledger, under demonstration keys. */

/** When the samples say they were signed. */
export const SIGNED_AT = Date.parse('2026-01-01T00:00:00Z')
const YEAR = 365 * 86_400_000
const ES384 = { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' } as const
const DER384 = { kind: 'ecdsa', hash: 'SHA-384', form: 'der' } as const
/** Purpose of the demonstration signer, from the arc for documentation. */
export const DEMO_USAGE = '1.3.6.1.4.1.32473.1.1'
export const LEDGER = 'ledger.example'
/** What the demonstration endorsement names. */
export const DEMO_MEASUREMENT = 'a1'.repeat(48)

/** DER of the demonstration root's name. */
export const ROOT_NAME = name({ O: 'Attestation Explorer', CN: 'Demonstration Statement Root' })
const SIGNER_NAME = name({ O: 'Attestation Explorer', CN: 'Demonstration Image Signer' })

/** The root and the signer's certificate under it. */
export async function makeChain(
  notBefore = SIGNED_AT - 86_400_000,
  serial = 2,
): Promise<readonly [Uint8Array, Uint8Array]> {
  const root = await issueCertificate({
    subject: ROOT_NAME,
    issuer: ROOT_NAME,
    issuerKey: demoKeys.root,
    subjectKey: demoKeys.root,
    serial: 1,
    notBefore: SIGNED_AT - YEAR,
    notAfter: SIGNED_AT + 20 * YEAR,
    algorithm: DER384,
    extensions: [
      basicConstraints(true),
      keyUsage('keyCertSign', 'digitalSignature'),
      await subjectKeyIdentifier(demoKeys.root),
    ],
  })
  const leaf = await issueCertificate({
    subject: SIGNER_NAME,
    issuer: ROOT_NAME,
    issuerKey: demoKeys.root,
    subjectKey: demoKeys.signer,
    serial,
    notBefore,
    notAfter: notBefore + YEAR,
    algorithm: DER384,
    extensions: [
      basicConstraints(false),
      keyUsage('digitalSignature'),
      extendedKeyUsage(DEMO_USAGE),
      await subjectKeyIdentifier(demoKeys.signer),
      await authorityKeyIdentifier(demoKeys.root),
    ],
  })
  return [leaf, root]
}

export interface StatementRecipe {
  /** Lower-case hex. */
  readonly measurement?: string
  readonly payload?: Uint8Array
  /** The payload is only the SHA-384 of what is stated. */
  readonly isHashed?: boolean
  readonly withReceipt?: boolean
  readonly isTagged?: boolean
  /** For hostile statements in tests. */
  readonly bend?: {
    readonly issuer?: string
    readonly thumbprint?: Uint8Array
    readonly critical?: readonly string[]
    readonly signWith?: JsonWebKey
    readonly ledgerKey?: JsonWebKey
    readonly receiptOver?: Uint8Array
    readonly certificates?: readonly Uint8Array[]
    /** Serial number of the signer’s certificate. */
    readonly serial?: number
  }
}

const text = (value: string) => new TextEncoder().encode(value)

/** The JSON that an endorsement of a utility VM signs. */
export function makePayload(measurement = DEMO_MEASUREMENT): Uint8Array {
  return text(
    `${JSON.stringify({ 'x-ms-sevsnpvm-guestsvn': '104', 'x-ms-sevsnpvm-launchmeasurement': measurement }, null, 2)}`,
  )
}

/** did:x509 of a chain whose second certificate is the root. */
export async function didOf(root: Uint8Array): Promise<string> {
  return `did:x509:0:sha256:${toBase64Url(await digest('SHA-256', root))}::eku:${DEMO_USAGE}`
}

/** One statement. */
export async function makeStatement(recipe: StatementRecipe = {}): Promise<Uint8Array> {
  const { bend = {} } = recipe
  const [leaf, root] = await makeChain(undefined, bend.serial)
  const stated = recipe.payload ?? makePayload(recipe.measurement)
  const payload = recipe.isHashed ? await digest('SHA-384', stated) : stated
  const certificates = bend.certificates ?? [leaf, root]
  const header = cborMap(
    [1, cborInt(-35)],
    ...(bend.critical ? [[2, cborArray(...bend.critical.map(cborText))] as const] : []),
    ...(recipe.isHashed ? [] : [[3, cborText('application/json')] as const]),
    [
      15,
      cborMap(
        [1, cborText(bend.issuer ?? (await didOf(root)))],
        [2, cborText('Demonstration-UVM')],
        [6, cborInt(SIGNED_AT / 1000)],
        ['svn', cborInt(104)],
      ),
    ],
    [33, cborArray(...certificates.map(cborBytes))],
    [34, cborArray(cborInt(-16), cborBytes(bend.thumbprint ?? (await digest('SHA-256', leaf))))],
    ...(recipe.isHashed ? [[258, cborInt(-43)] as const, [259, cborText('application/json')] as const] : []),
  )
  const message = (signature: Uint8Array, unprotected: Uint8Array) => {
    const parts = joinBytes([cborHead(4, 4), cborBytes(header), unprotected, cborBytes(payload), cborBytes(signature)])
    return recipe.isTagged === false ? parts : cborTag(18, parts)
  }
  const unsigned = readCose(sliceOf('', message(new Uint8Array(96), cborMap()))).message
  const signature = await signWith(
    bend.signWith ?? demoKeys.signer,
    ES384,
    unsigned ? bytesOf(unsigned.toBeSigned) : new Uint8Array(),
  )
  const bare = cborTag(
    18,
    joinBytes([cborHead(4, 4), cborBytes(header), cborMap(), cborBytes(payload), cborBytes(signature)]),
  )
  if (recipe.withReceipt !== true) return message(signature, cborMap())
  const receipt = await makeReceipt(bend.receiptOver ?? bare, bend.ledgerKey)
  return message(signature, cborMap([394, cborArray(cborBytes(receipt))]))
}

/** A receipt of the demonstration ledger over a registered statement. */
export async function makeReceipt(registered: Uint8Array, key: JsonWebKey = demoKeys.ledger): Promise<Uint8Array> {
  const spki = spkiOf(demoKeys.ledger)
  const header = cborMap(
    [1, cborInt(-35)],
    [4, cborBytes(text(toHex(await digest('SHA-256', spki))))],
    [395, cborInt(2)],
    [15, cborMap([1, cborText(LEDGER)], [2, cborText('demonstration')], [6, cborInt(SIGNED_AT / 1000 + 60)])],
    ['ccf.v1', cborMap(['txid', cborText('2.17')])],
  )
  const data = await digest('SHA-256', registered)
  const transaction = new Uint8Array(32).fill(0x3c)
  const evidence = 'ce:2.17:demonstration'
  const siblings = [
    { isLeft: true, hash: new Uint8Array(32).fill(0x11) },
    { isLeft: false, hash: new Uint8Array(32).fill(0x22) },
  ]
  let root = await digest('SHA-256', joinBytes([transaction, await digest('SHA-256', text(evidence)), data]))
  for (const { isLeft, hash } of siblings)
    root = await digest('SHA-256', isLeft ? joinBytes([hash, root]) : joinBytes([root, hash]))
  const proof = cborMap(
    [1, cborArray(cborBytes(transaction), cborText(evidence), cborBytes(data))],
    [2, cborArray(...siblings.map(({ isLeft, hash }) => cborArray(cborBool(isLeft), cborBytes(hash))))],
  )
  const withRoot = joinBytes([
    cborHead(4, 4),
    cborText('Signature1'),
    cborBytes(header),
    cborBytes(new Uint8Array()),
    cborBytes(root),
  ])
  return cborTag(
    18,
    joinBytes([
      cborHead(4, 4),
      cborBytes(header),
      cborMap([396, cborMap([-1, cborArray(cborBytes(proof))])]),
      cborNull(),
      cborBytes(await signWith(key, ES384, withRoot)),
    ]),
  )
}

/** The ledger's service certificate, as its parameters publish it. */
export async function makeServiceKeys(): Promise<Uint8Array> {
  const subject = name({ CN: 'CCF Service' })
  const certificate = await issueCertificate({
    subject,
    issuer: subject,
    issuerKey: demoKeys.ledger,
    subjectKey: demoKeys.ledger,
    serial: 3,
    notBefore: SIGNED_AT - YEAR,
    notAfter: SIGNED_AT + YEAR,
    algorithm: DER384,
    extensions: [basicConstraints(true, 1)],
  })
  const parameters = [{ serviceCertificate: toBase64(certificate), serviceId: 'demonstration', treeAlgorithm: 'CCF' }]
  return text(`${JSON.stringify({ parameters }, null, 2)}\n`)
}
