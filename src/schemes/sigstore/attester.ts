import { bytesOf, sliceOf } from '../../core/place.ts'
import { implicit, octetString, sequence, utf8 } from '../../bytes/der-writer.ts'
import { joinBytes } from '../../bytes/join.ts'
import { toHex } from '../../bytes/layout.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import { digest } from '../../crypto/verify.ts'
import { readCertificate } from '../../pki/certificate.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  customExtension,
  extendedKeyUsage,
  issueCertificate,
  keyUsage,
  name,
  signWith,
  spkiOf,
  subjectKeyIdentifier,
  type IssuedExtension,
} from '../../pki/issue.ts'
import { demoKeys } from './demo-keys.ts'

/** Makes bundles of sigstore's shape under a demonstration authority and a demonstration log. */

/** When the samples say they were signed. */
export const SIGNED_AT = Date.parse('2026-01-01T00:00:00Z')
const YEAR = 365 * 86_400_000
const P256 = { kind: 'ecdsa', hash: 'SHA-256', form: 'der' } as const
const P384 = { kind: 'ecdsa', hash: 'SHA-384', form: 'der' } as const

export const LOG_NAME = 'log.demonstration.example'
export const REPOSITORY = 'demonstration/confidential-service'
export const ROOT_NAME = name({ O: 'Attestation Explorer', CN: 'Demonstration Build Root' })
const ISSUER_NAME = name({ O: 'Attestation Explorer', CN: 'Demonstration Build Authority' })

/** Certificates of the authority: the one that issues, then its root. Written down once in `demo-anchors.ts`. */
export async function makeAuthority(): Promise<readonly [Uint8Array, Uint8Array]> {
  const common = { notBefore: SIGNED_AT - 5 * YEAR, notAfter: SIGNED_AT + 20 * YEAR, algorithm: P384 } as const
  const root = await issueCertificate({
    ...common,
    subject: ROOT_NAME,
    issuer: ROOT_NAME,
    issuerKey: demoKeys.root,
    subjectKey: demoKeys.root,
    serial: 1,
    extensions: [basicConstraints(true), keyUsage('keyCertSign'), await subjectKeyIdentifier(demoKeys.root)],
  })
  const issuer = await issueCertificate({
    ...common,
    subject: ISSUER_NAME,
    issuer: ROOT_NAME,
    issuerKey: demoKeys.root,
    subjectKey: demoKeys.issuer,
    serial: 2,
    extensions: [
      basicConstraints(true, 0),
      keyUsage('keyCertSign'),
      extendedKeyUsage('1.3.6.1.5.5.7.3.3'),
      await subjectKeyIdentifier(demoKeys.issuer),
      await authorityKeyIdentifier(demoKeys.root),
    ],
  })
  return [issuer, root]
}

export interface BundleRecipe {
  readonly version?: '0.1' | '0.2' | '0.3'
  /** Instead of a statement: a file, signed as it is. */
  readonly file?: Uint8Array
  readonly predicateType?: string
  readonly predicate?: unknown
  readonly repository?: string
  /** The log that has the entry; the demonstration’s by default. */
  readonly log?: JsonWebKey
  /** For hostile bundles in tests. */
  readonly bend?: {
    readonly mediaType?: string
    readonly signWith?: JsonWebKey
    readonly sctKey?: JsonWebKey
    readonly withoutSct?: boolean
    readonly setKey?: JsonWebKey
    readonly checkpointKey?: JsonWebKey
    readonly checkpointHint?: Uint8Array
    readonly checkpointRoot?: Uint8Array
    readonly proofHash?: Uint8Array
    readonly entryPayload?: Uint8Array
    readonly entrySignature?: Uint8Array
    readonly entryCertificate?: Uint8Array
    readonly integratedTime?: number
    readonly extraCertificates?: readonly Uint8Array[]
    readonly changeJson?: (bundle: Record<string, unknown>) => unknown
    readonly purpose?: string
  }
}

const text = (value: string) => new TextEncoder().encode(value)
const sha256 = (...parts: readonly Uint8Array[]) => digest('SHA-256', joinBytes(parts))

/** Values of the demonstration's registers. */
export const DEMO_RTMR1 = 'b1'.repeat(48)
export const DEMO_RTMR2 = 'b2'.repeat(48)

const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'deployment.json', digest: { sha256: 'c3'.repeat(32) } }],
}

async function leafCertificate(recipe: BundleRecipe): Promise<Uint8Array> {
  const { bend = {} } = recipe
  const repository = recipe.repository ?? REPOSITORY
  const workflow = `https://github.com/${repository}/.github/workflows/release.yml@refs/tags/v1.0.0`
  const fulcio = (number: number, value: Uint8Array) => customExtension(`1.3.6.1.4.1.57264.1.${number}`, value)
  const extensions: IssuedExtension[] = [
    keyUsage('digitalSignature'),
    extendedKeyUsage(bend.purpose ?? '1.3.6.1.5.5.7.3.3'),
    await subjectKeyIdentifier(demoKeys.signer),
    await authorityKeyIdentifier(demoKeys.issuer),
    { oid: '2.5.29.17', critical: true, value: sequence(implicit(6, text(workflow))) },
    fulcio(1, text('https://token.actions.githubusercontent.com')),
    fulcio(8, utf8('https://token.actions.githubusercontent.com')),
    fulcio(11, utf8('github-hosted')),
    fulcio(12, utf8(`https://github.com/${repository}`)),
    fulcio(13, utf8('a'.repeat(40))),
    fulcio(14, utf8('refs/tags/v1.0.0')),
    fulcio(18, utf8(workflow)),
  ]
  const certificate = (more: readonly IssuedExtension[]) =>
    issueCertificate({
      subject: sequence(),
      issuer: ISSUER_NAME,
      issuerKey: demoKeys.issuer,
      subjectKey: demoKeys.signer,
      serial: 77,
      notBefore: SIGNED_AT - 30_000,
      notAfter: SIGNED_AT + 570_000,
      algorithm: P384,
      extensions: [...extensions, ...more],
    })
  if (bend.withoutSct === true) return certificate([])
  const before = readCertificate(sliceOf('', await certificate([])))
  if (!before) throw new Error('the certificate that was made cannot be read')
  const tbs = bytesOf(before.tbs)
  const time = new Uint8Array(8)
  new DataView(time.buffer).setBigUint64(0, BigInt(SIGNED_AT))
  const signed = joinBytes([
    Uint8Array.of(0, 0),
    time,
    Uint8Array.of(0, 1),
    await sha256(spkiOf(demoKeys.issuer)),
    Uint8Array.of(tbs.length >> 16, (tbs.length >> 8) & 255, tbs.length & 255),
    tbs,
    Uint8Array.of(0, 0),
  ])
  const signature = await signWith(bend.sctKey ?? demoKeys.certificateLog, P256, signed)
  const sct = joinBytes([
    Uint8Array.of(0),
    await sha256(spkiOf(demoKeys.certificateLog)),
    time,
    Uint8Array.of(0, 0, 4, 3, 0, signature.length),
    signature,
  ])
  const list = joinBytes([Uint8Array.of(0, sct.length + 2, 0, sct.length), sct])
  return certificate([customExtension('1.3.6.1.4.1.11129.2.4.2', octetString(list))])
}

/** One bundle, as JSON. */
export async function makeBundle(recipe: BundleRecipe = {}): Promise<Uint8Array> {
  const { bend = {} } = recipe
  const version = recipe.version ?? '0.3'
  const leaf = await leafCertificate(recipe)
  const statement = {
    ...STATEMENT,
    predicateType: recipe.predicateType ?? 'https://tinfoil.sh/predicate/snp-tdx-multiplatform/v1',
    predicate: recipe.predicate ?? {
      snp_measurement: 'a1'.repeat(48),
      tdx_measurement: { rtmr1: DEMO_RTMR1, rtmr2: DEMO_RTMR2 },
    },
  }
  const payload = text(JSON.stringify(statement))
  const type = 'application/vnd.in-toto+json'
  const signed = recipe.file ?? joinBytes([text(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload])
  const signature = await signWith(bend.signWith ?? demoKeys.signer, P256, signed)
  const pem = toBase64(text(encodePem('CERTIFICATE', bend.entryCertificate ?? leaf)))
  const entrySignature = toBase64(bend.entrySignature ?? signature)
  const kind = recipe.file ? 'hashedrekord' : 'dsse'
  const body = text(
    JSON.stringify({
      apiVersion: '0.0.1',
      kind,
      spec: recipe.file
        ? {
            data: { hash: { algorithm: 'sha256', value: toHex(await sha256(bend.entryPayload ?? recipe.file)) } },
            signature: { content: entrySignature, publicKey: { content: pem } },
          }
        : {
            payloadHash: { algorithm: 'sha256', value: toHex(await sha256(bend.entryPayload ?? payload)) },
            signatures: [{ signature: entrySignature, verifier: pem }],
          },
    }),
  )
  const logKey = recipe.log ?? demoKeys.log
  const logId = await sha256(spkiOf(logKey))
  const time = (bend.integratedTime ?? SIGNED_AT) / 1000
  const set = await signWith(
    bend.setKey ?? logKey,
    P256,
    text(`{"body":"${toBase64(body)}","integratedTime":${time},"logID":"${toHex(logId)}","logIndex":1234}`),
  )
  // A tree of three: this entry is the second.
  const sibling = new Uint8Array(32).fill(0x11)
  const other = new Uint8Array(32).fill(0x22)
  const own = await sha256(Uint8Array.of(0), body)
  const root = await sha256(Uint8Array.of(1), await sha256(Uint8Array.of(1), sibling, own), other)
  const note = `${LOG_NAME} - 42\n3\n${toBase64(bend.checkpointRoot ?? root)}\n`
  const mark = joinBytes([
    bend.checkpointHint ?? logId.subarray(0, 4),
    await signWith(bend.checkpointKey ?? logKey, P256, text(note)),
  ])
  const certificates = [leaf, ...(bend.extraCertificates ?? [])].map((der) => ({ rawBytes: toBase64(der) }))
  const bundle: Record<string, unknown> = {
    mediaType:
      bend.mediaType ??
      (version === '0.3'
        ? 'application/vnd.dev.sigstore.bundle.v0.3+json'
        : `application/vnd.dev.sigstore.bundle+json;version=${version}`),
    verificationMaterial: {
      ...(version === '0.3' ? { certificate: certificates[0] } : { x509CertificateChain: { certificates } }),
      tlogEntries: [
        {
          logIndex: '1234',
          logId: { keyId: toBase64(logId) },
          kindVersion: { kind, version: '0.0.1' },
          integratedTime: String(time),
          inclusionPromise: { signedEntryTimestamp: toBase64(set) },
          inclusionProof: {
            logIndex: '1',
            rootHash: toBase64(root),
            treeSize: '3',
            hashes: [toBase64(bend.proofHash ?? sibling), toBase64(other)],
            checkpoint: { envelope: `${note}\n\u2014 ${LOG_NAME} ${toBase64(mark)}\n` },
          },
          canonicalizedBody: toBase64(body),
        },
      ],
    },
    ...(recipe.file
      ? {
          messageSignature: {
            messageDigest: { algorithm: 'SHA2_256', digest: toBase64(await sha256(recipe.file)) },
            signature: toBase64(signature),
          },
        }
      : {
          dsseEnvelope: { payload: toBase64(payload), payloadType: type, signatures: [{ sig: toBase64(signature) }] },
        }),
  }
  return text(`${JSON.stringify(bend.changeJson?.(bundle) ?? bundle, null, 2)}\n`)
}
