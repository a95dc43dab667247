import { type ArtifactIndex, bytesOf, rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared, TrustAnchor } from '../../core/scheme.ts'
import type { RootFinding, TimelineEntry, TrustNode } from '../../core/verdict.ts'
import { isoOf } from '../../bytes/der-node.ts'
import { pssSaltLength } from '../../crypto/pss-salt.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { verifySignature } from '../../crypto/verify.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { HUAWEI_DEVICES, huaweiProductAuthority } from '../../pki/huawei-devices.ts'
import { spokenName } from '../../pki/names.ts'
import { rootFinding } from '../../pki/path.ts'
import { verifyPathBeside } from '../../pki/path-beside.ts'
import type { Certificate, PathResult } from '../../pki/types.ts'
import { ALGORITHMS, type AkCertificate, type QcaReport, type Signed } from './decoded.ts'
import type { Located } from '../../core/place.ts'

export interface PreparedQca extends Prepared {
  readonly artifact: ArtifactIndex
  readonly report: QcaReport
  /** Of the report by the attestation key; undefined where one of the two is missing. */
  readonly byAk: VerifyResult | undefined
  /** Of the attestation key by the device's root key; undefined where one of the two is missing, or a service vouches for it. */
  readonly byDrk: VerifyResult | undefined
  /** From the DRK's certificate, or from the one that a service issued, upwards. */
  readonly path: PathResult | undefined
}

const NO_ROOT: RootFinding = {
  status: 'none',
  holder: '',
  country: '',
  purpose: 'evidence',
  spkiSha256: '',
  sha256: '',
}

/** Verifies both signatures and the chain above the device's key. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedQca> {
  const report = subject.decoded as QcaReport
  const { endorsement } = report
  const ak = endorsement?.kind === 'drk' ? endorsement.certificate : undefined
  const leaf = endorsement?.kind === 'service' ? endorsement.leaf : ak?.drk
  const pool = endorsement?.kind === 'service' ? endorsement.pool : []
  const path = leaf && (await pathAbove(leaf, pool, context))
  const key = endorsement?.kind === 'service' ? bytesOf(endorsement.leaf.spki) : ak?.ak?.value
  return {
    artifact: subject.artifact,
    report,
    byAk: await verifyPss(key, report.signed, report.signature, report.algorithms),
    byDrk: ak && (await akByDrk(ak)),
    path,
    root: path ? await rootFinding(path) : NO_ROOT,
    collateral: [],
    wishes: [],
    ladders: [],
    timeline: timelineOf(path),
    nodes: nodesOf(subject, report, path),
    vendor: {
      scheme: 'kunpeng-qca',
      tcbStatus: null,
      error: null,
      advisories: [],
      tcbDate: null,
      evaluationNumber: null,
      debug: null,
    },
    doesNotProve: [
      'limit.qca.no-clock',
      ...(endorsement?.kind === 'service' ? ['limit.qca.service' as const] : ['limit.qca.no-revocation' as const]),
      'limit.qca.no-levels',
      'limit.qca.code',
    ],
  }
}

/** The device's signature over its attestation key. */
export function akByDrk({ drk, signed, signature, algorithms }: AkCertificate): Promise<VerifyResult | undefined> {
  return verifyPss(drk && bytesOf(drk.spki), signed, signature, algorithms)
}

/** RSASSA-PSS with SHA-256 and a salt of any length, as the signed part names it. */
async function verifyPss(
  spki: Uint8Array | undefined,
  signed: Signed | undefined,
  signature: Located<Uint8Array> | undefined,
  algorithms: readonly Located<string>[],
): Promise<VerifyResult | undefined> {
  if (!spki || !signed || !signature) return undefined
  if (signed.kind === 'unprintable')
    return {
      result: signed.why === 'text' ? 'invalid' : 'unsupported',
      because: say(signed.why === 'text' ? 'qca.unprintable-text' : 'qca.unprintable-number'),
    }
  const saltLength = (await pssSaltLength(spki, 'SHA-256', signature.value)) ?? 32
  const result = await verifySignature(
    { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-256', saltLength },
    spki,
    signed.bytes,
    signature.value,
  )
  const other = algorithms.find(({ value }) => !ALGORITHMS.includes(value))
  // Another algorithm would make another signature: what does not hold then was not looked at.
  return result.result === 'invalid' && other
    ? { result: 'unsupported', because: say('crypto.unsupported', { name: other.value.slice(0, 40) }) }
    : result
}

/** Certificates of authorities do not travel with reports: Huawei's intermediate is known here, others may lie beside. */
export async function pathAbove(
  leaf: Certificate,
  pool: readonly Certificate[],
  { items, anchors, at }: Pick<AppraisalContext, 'items' | 'anchors' | 'at'>,
): Promise<PathResult> {
  const beside = items.flatMap(({ slice }) =>
    slice.bytes[slice.start] === 0x30 && slice.end - slice.start < 1 << 16 ? (readCertificate(slice) ?? []) : [],
  )
  const own = anchors.filter(({ format }: TrustAnchor) => format === 'x509')
  const { path } = await verifyPathBeside({
    leaf,
    carried: [...pool, ...huaweiProductAuthority()],
    beside,
    anchors: own,
    purpose: 'evidence',
    profile: HUAWEI_DEVICES,
    at,
  })
  return path
}

function timelineOf(path: PathResult | undefined): TimelineEntry[] {
  return (path?.path ?? []).map((one, i) => ({
    id: `certificate${i}`,
    title: say(titleOf(i)),
    kind: 'certificate',
    from: isoOf(one.notBefore),
    to: isoOf(one.notAfter),
  }))
}

const titleOf = (index: number) => (index === 0 ? 'node.qca.device' : 'node.qca.authority')

function nodesOf({ artifact, slice }: CaseItem, report: QcaReport, path: PathResult | undefined): TrustNode[] {
  const { endorsement } = report
  const isService = endorsement?.kind === 'service'
  const chain = (path?.path ?? []).map((one, i, list): TrustNode => {
    const isRoot = i === list.length - 1 && path?.rootStatus !== 'none' && i > 0
    return {
      id: isRoot ? 'root' : `certificate${i}`,
      kind: isRoot ? 'root' : 'certificate',
      title: say(i === 0 && isService ? 'node.qca.service-leaf' : titleOf(i)),
      name: spokenName(one.subject),
      ...(i === 0 ? { cite: { artifact, path: '', ranges: [rangeOf(one.slice)] } } : {}),
    }
  })
  const ak = endorsement?.kind === 'drk' ? endorsement.certificate.ak : undefined
  return [
    ...chain.toReversed(),
    ...(ak
      ? [
          {
            id: 'ak',
            kind: 'key' as const,
            title: say('node.qca.ak'),
            cite: { artifact, path: ak.path, ranges: ak.ranges },
          },
        ]
      : []),
    {
      id: 'report',
      kind: 'content',
      title: say('node.qca.report'),
      cite: { artifact, path: report.form === 'json' ? 'payload' : '', ranges: [rangeOf(slice)] },
    },
    ...(report.nonce
      ? [
          {
            id: 'nonce',
            kind: 'data' as const,
            title: say('node.qca.nonce'),
            cite: { artifact, path: report.nonce.path, ranges: report.nonce.ranges },
          },
        ]
      : []),
  ]
}
