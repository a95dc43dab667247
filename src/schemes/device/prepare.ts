import { type ArtifactIndex, rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { CollateralUse, RootFinding, TimelineEntry, TrustNode } from '../../core/verdict.ts'
import { toHex } from '../../bytes/layout.ts'
import { isoOf } from '../../bytes/der-node.ts'
import { digest } from '../../crypto/verify.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { spokenName } from '../../pki/names.ts'
import { issuersAmong } from '../../pki/issuers.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import type { Certificate, PathProfile, PathResult } from '../../pki/types.ts'
import type { Android, StatusList } from './android.ts'
import type { Attestation } from './attestation.ts'
import { clientDataOf } from './client-data.ts'
import { FORMATS } from './formats.ts'
import { keyDescriptionOf, type KeyDescription } from './key-description.ts'
import { FIDO_AAGUID, KEY_DESCRIPTION } from './oids.ts'
import { verifyStatement, type Statement } from './statement.ts'

const CURVES = ['ec:P-256', 'ec:P-384', 'ec:P-521']
const SIGNATURES = ['ecdsa-with-SHA256', 'ecdsa-with-SHA384', 'ecdsa-with-SHA512']
export const PROFILE: PathProfile = {
  id: 'device',
  knownCritical: [KEY_DESCRIPTION, FIDO_AAGUID, '2.23.133.8.3'],
  algorithms: [
    ...CURVES.flatMap((curve) => SIGNATURES.map((signature) => `${curve}/${signature}`)),
    'rsa/sha256WithRSAEncryption',
    'rsa/sha384WithRSAEncryption',
    'rsa/sha512WithRSAEncryption',
  ],
  leafKeyUsage: null,
  plainConstraints: true,
}

const NO_ROOT: RootFinding = {
  status: 'none',
  holder: '',
  country: '',
  purpose: 'evidence',
  spkiSha256: '',
  sha256: '',
}

interface Common extends Prepared {
  readonly artifact: ArtifactIndex
  readonly path: PathResult | undefined
}

/** What the checks of an attestation object read. */
export interface PreparedAttestation extends Common {
  readonly attestation: Attestation
  readonly proof: Statement
}

/** What the checks of Android's certificates read. */
export interface PreparedAndroid extends Common {
  readonly android: Android
  /** Description nearest the root, and its place on the path; the leaf's own is at 0. */
  readonly nearest: { readonly index: number; readonly description: KeyDescription | 'malformed' } | undefined
  /** The status of each certificate on the path that a list names; undefined without a list. */
  readonly listed: readonly { readonly name: string; readonly status: string; readonly reason: string }[] | undefined
  /** No list is signed: one inside a file with something else is what the sender sends, and acquits nobody. */
  readonly hasOwnList: boolean
}

/** Each maker's root speaks for that maker's statements only. */
async function pathOf(
  leaf: Certificate,
  pool: readonly Certificate[],
  scope: string,
  context: AppraisalContext,
): Promise<PathResult> {
  const anchors = context.anchors.filter((one) => one.scope === undefined || one.scope === scope)
  return verifyPath({ leaf, pool, anchors, purpose: 'evidence', profile: PROFILE, at: context.at })
}

export async function prepareAttestation(subject: CaseItem, context: AppraisalContext): Promise<PreparedAttestation> {
  const attestation = subject.decoded as Attestation
  const [leaf, ...pool] = attestation.certificates
  const path = leaf && (await pathOf(leaf, pool, attestation.format, context))
  const statement = await verifyStatement(attestation, await clientDataOf(subject, context))
  const spki = attestation.authData?.spki
  const isSelf = !leaf && attestation.format === 'packed' && spki !== undefined
  const sha256 = isSelf ? toHex(await digest('SHA-256', spki)) : ''
  return {
    ...common(subject, path),
    attestation,
    proof: statement,
    root: path
      ? await rootFinding(path)
      : isSelf
        ? { ...NO_ROOT, status: 'unknown', holder: 'self', spkiSha256: sha256, sha256 }
        : NO_ROOT,
    wishes:
      statement.signed.state === 'open'
        ? [{ kind: 'client-data', key: '', title: say('wish.device.client-data'), urls: [], curl: '' }]
        : [],
    doesNotProve: [
      'limit.device.app',
      'limit.device.no-revocation',
      ...(attestation.format.startsWith('apple')
        ? ['limit.device.apple' as const]
        : ['limit.device.fido-roots' as const]),
    ],
  }
}

export async function prepareAndroid(subject: CaseItem, context: AppraisalContext): Promise<PreparedAndroid> {
  const android = subject.decoded as Android
  const { leaf } = android
  const others = context.items.flatMap((item) =>
    item.slice.bytes[item.slice.start] === 0x30 && item.slice.end - item.slice.start < 1 << 16
      ? (readCertificate(item.slice) ?? [])
      : [],
  )
  const path =
    leaf &&
    (await pathOf(leaf, await issuersAmong(leaf, [...android.pile, ...others], context.anchors), 'android', context))
  const described = (path?.path ?? []).flatMap((one, index) => {
    const description = keyDescriptionOf(one)
    return description === undefined ? [] : [{ index, description }]
  })
  const lists = context.items.filter((item) => item.format === FORMATS.statusList)
  return {
    ...common(subject, path),
    android,
    nearest: described.at(-1),
    listed:
      lists.length === 0 ? undefined : lists.flatMap((item) => namedIn(item.decoded as StatusList, path?.path ?? [])),
    hasOwnList: lists.some(({ parent, origin }) => parent === null || origin === 'fetched'),
    root: path ? await rootFinding(path) : NO_ROOT,
    collateral: lists.map((item): CollateralUse => ({
      kind: 'status-list',
      key: '',
      artifact: item.artifact,
      origin: item.origin,
      use: 'used',
      because: say('android.list-used'),
      from: null,
      to: null,
    })),
    wishes:
      lists.length === 0
        ? [
            {
              kind: 'status-list',
              key: '',
              title: say('wish.device.status'),
              urls: [STATUS_URL],
              curl: `curl -sS -o status.json '${STATUS_URL}'`,
            },
          ]
        : [],
    doesNotProve: ['limit.device.app', 'limit.device.android'],
  }
}

const STATUS_URL = 'https://android.googleapis.com/attestation/status'

function namedIn(list: StatusList, path: readonly Certificate[]) {
  return path.flatMap((one) => {
    const hex = toHex(one.serial).replace(/^0+(?=.)/, '')
    const found = list.get(hex) ?? list.get(BigInt(`0x${hex}`).toString())
    return found ? [{ name: spokenName(one.subject), ...found }] : []
  })
}

function common(subject: CaseItem, path: PathResult | undefined): Omit<Common, 'root' | 'wishes' | 'doesNotProve'> {
  return {
    artifact: subject.artifact,
    path,
    collateral: [],
    ladders: [],
    timeline: timeline(path),
    nodes: nodes(subject, path),
    vendor: {
      scheme: 'device',
      tcbStatus: null,
      error: null,
      advisories: [],
      tcbDate: null,
      evaluationNumber: null,
      debug: null,
    },
  }
}

function timeline(path: PathResult | undefined): TimelineEntry[] {
  return (path?.path ?? []).map((one, i) => ({
    id: `certificate${i}`,
    title: say('node.device.certificate'),
    kind: 'certificate',
    from: isoOf(one.notBefore),
    to: isoOf(one.notAfter),
  }))
}

function nodes(subject: CaseItem, path: PathResult | undefined): TrustNode[] {
  const all: TrustNode[] = [...(path?.path ?? [])].reverse().map((one, i, list) => ({
    id: i === 0 && path?.rootStatus !== 'none' ? 'root' : `certificate${list.length - 1 - i}`,
    kind: i === 0 && path?.rootStatus !== 'none' ? 'root' : 'certificate',
    title: say('node.device.certificate'),
    name: spokenName(one.subject),
  }))
  all.push({
    id: 'statement',
    kind: 'content',
    title: say('node.device.statement'),
    cite: { artifact: subject.artifact, path: '', ranges: [rangeOf(subject.slice)] },
  })
  return all
}
