import { type ArtifactIndex, bytesOf, rangeOf, sliceOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { RootFinding, TimelineEntry, TrustNode } from '../../core/verdict.ts'
import { withLater } from '../../bytes/later.ts'
import { isoOf } from '../../bytes/der-node.ts'
import { isZero } from '../../bytes/layout.ts'
import { verifyCose } from '../../crypto/cose.ts'
import type { CoseMessage } from '../../envelope/cose.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import type { Certificate, PathProfile, PathResult } from '../../pki/types.ts'
import type { NitroDocument } from './decoded.ts'

/** What the checks of a document read: everything worked out once. */
export interface PreparedNitro extends Prepared {
  readonly artifact: ArtifactIndex
  readonly document: NitroDocument
  readonly leaf: Certificate | undefined
  readonly bundle: readonly Certificate[]
  readonly path: PathResult | undefined
  /** Undefined when there is no signature, or no certificate to verify it with. */
  readonly signature: VerifyResult | undefined
  /** The signature holds with both its numbers read from their last byte: QingTian writes them so. */
  readonly isReversed: boolean
  /** Undefined when one of the three registers is missing. */
  readonly isDebug: boolean | undefined
}

/** AWS' chains: P-384 with SHA-384 throughout, root, region, zone, instance, leaf. */
const PROFILE: PathProfile = { id: 'nitro', knownCritical: [], algorithms: ['ec:P-384/ecdsa-with-SHA384'] }

const NO_ROOT: RootFinding = {
  status: 'none',
  holder: '',
  country: '',
  purpose: 'evidence',
  spkiSha256: '',
  sha256: '',
}

/** Registers of the image: AWS fills three, QingTian one. All of them are zero in debug mode. */
export const IMAGE_PCRS: Readonly<Record<NitroDocument['kind'], readonly number[]>> = {
  enclave: [0, 1, 2],
  tpm: [],
  qingtian: [0],
}

/** Reads the certificates, builds the path and verifies the signature. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedNitro> {
  const document = subject.decoded as NitroDocument
  const leaf = document.certificate && readCertificate(document.certificate)
  const bundle = document.cabundle.flatMap((slice) => readCertificate(slice) ?? [])
  // Begun together, so that the platform has them side by side.
  const signing = signatureOf(document, leaf)
  const path =
    leaf &&
    (await verifyPath({
      leaf,
      pool: bundle,
      anchors: context.anchors,
      purpose: 'evidence',
      profile: PROFILE,
      at: context.at,
    }))
  const { signature, isReversed } = await signing
  const isDebug = debugOf(document)
  return withLater(
    {
      artifact: subject.artifact,
      document,
      leaf,
      bundle,
      path,
      signature,
      isReversed,
      isDebug,
      root: path ? await rootOf(path, document.kind) : NO_ROOT,
      collateral: [],
      wishes: [],
      ladders: [],
      vendor: {
        scheme: 'aws-nitro',
        tcbStatus: null,
        error: null,
        advisories: [],
        tcbDate: null,
        evaluationNumber: null,
        debug: isDebug ?? null,
      },
      doesNotProve: [
        document.kind === 'tpm' ? 'limit.nitro.tpm' : 'limit.nitro.code',
        document.kind === 'qingtian' ? 'limit.nitro.operator-qingtian' : 'limit.nitro.operator',
        'limit.nitro.revocation',
        'limit.nitro.replay',
      ],
    },
    {
      nodes: () => nodesOf(subject.artifact, document, path),
      timeline: () => timelineOf(document, path),
    },
  )
}

/** Verifies the signature. QingTian's module writes r and s least significant byte first, which is no form of COSE: for its documents that is tried too. */
async function signatureOf(
  document: NitroDocument,
  leaf: Certificate | undefined,
): Promise<{ readonly signature: VerifyResult | undefined; readonly isReversed: boolean }> {
  const { message } = document
  if (!message || !leaf) return { signature: undefined, isReversed: false }
  const key = bytesOf(leaf.spki)
  const signature = await verifyCose(message, key)
  if (document.kind !== 'qingtian' || signature.result !== 'invalid') return { signature, isReversed: false }
  const reversed = await verifyCose(withReversedHalves(message), key)
  return reversed.result === 'valid' ? { signature: reversed, isReversed: true } : { signature, isReversed: false }
}

function withReversedHalves(message: CoseMessage): CoseMessage {
  const bytes = bytesOf(message.signature)
  const half = bytes.length >> 1
  return {
    ...message,
    signature: sliceOf('', Uint8Array.of(...bytes.slice(0, half).toReversed(), ...bytes.slice(half).toReversed())),
  }
}

/** Debug mode shows as zeros in all three registers of the image; undefined where the kind has no such mode or a register is missing. */
export function debugOf(document: NitroDocument): boolean | undefined {
  if (document.kind === 'tpm') return undefined
  const registers = IMAGE_PCRS[document.kind].map((index) => document.pcrs.find((pcr) => pcr.index === index))
  return registers.every((pcr) => pcr !== undefined)
    ? registers.every((pcr) => isZero(pcr?.value.value ?? new Uint8Array(1).fill(1)))
    : undefined
}

async function rootOf(path: PathResult, kind: NitroDocument['kind']): Promise<RootFinding> {
  const root = await rootFinding(path)
  if (root.status !== 'unknown') return root
  // Its structure or its root's name says whose it claims to be, nothing more.
  const isQingTian =
    kind === 'qingtian' || /(?:^|\.)qingtian-enclaves$/.test(path.path.at(-1)?.subject.commonName ?? '')
  return { ...root, note: say(isQingTian ? 'nitro.qingtian' : 'nitro.root') }
}

/** Node of the certificate at a place in the path. */
export function certificateNodeId(path: PathResult, index: number): string {
  return index === path.path.length - 1 && path.rootStatus !== 'none' ? 'root' : `certificate${index}`
}

function nodesOf(artifact: ArtifactIndex, document: NitroDocument, path: PathResult | undefined): TrustNode[] {
  const nodes: TrustNode[] = (path?.path ?? []).map((certificate, index) => {
    const isCarried = certificate.slice.space === document.payload?.slice.space
    const id = path ? certificateNodeId(path, index) : ''
    return {
      id,
      kind: id === 'root' ? 'root' : 'certificate',
      title: say(id === 'root' ? 'node.nitro.root' : index === 0 ? 'node.nitro.leaf' : 'node.nitro.authority'),
      name: certificate.subject.commonName,
      ...period(certificate),
      ...(isCarried
        ? {
            cite: {
              artifact,
              path: index === 0 ? 'payload.certificate' : 'payload.cabundle',
              ranges: [rangeOf(certificate.slice)],
            },
            certificate: { artifact, range: rangeOf(certificate.slice) },
          }
        : {}),
    }
  })
  const { message } = document
  if (message?.payload)
    nodes.push({
      id: 'document',
      kind: 'content',
      title: say(document.kind === 'tpm' ? 'node.nitro.tpm' : 'node.nitro.document'),
      name: document.moduleId?.value ?? '',
      cite: { artifact, path: 'payload', ranges: [rangeOf(message.payload)] },
    })
  for (const [id, located] of [
    ['userData', document.userData],
    ['nonce', document.nonce],
    ['publicKey', document.publicKey],
  ] as const) {
    if (located && located.value.length > 0)
      nodes.push({
        id,
        kind: id === 'publicKey' ? 'key' : 'data',
        title: say(`node.nitro.${id}`),
        cite: { artifact, path: located.path, ranges: located.ranges },
      })
  }
  return nodes
}

/** Dates that cannot be read are left out. */
function period(certificate: Certificate): { readonly from?: string; readonly to?: string } {
  const from = isoOf(certificate.notBefore)
  const to = isoOf(certificate.notAfter)
  return from === '' || to === '' ? {} : { from, to }
}

function timelineOf(document: NitroDocument, path: PathResult | undefined): TimelineEntry[] {
  const certificates: TimelineEntry[] = (path?.path ?? []).map((certificate, index) => ({
    id: `certificate${index}`,
    title: say('timeline.nitro.certificate', { name: certificate.subject.commonName }),
    kind: 'certificate',
    from: isoOf(certificate.notBefore) || null,
    to: isoOf(certificate.notAfter) || null,
  }))
  const made = document.timestamp && new Date(document.timestamp.value).toISOString()
  return made === undefined
    ? certificates
    : [
        ...certificates,
        { id: 'document', title: say('timeline.nitro.document'), kind: 'evidence', from: made, to: made },
      ]
}
