import { type ArtifactIndex, bytesOf, sliceAt } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { TrustNode } from '../../core/verdict.ts'
import { isZero, sameBytes, toHex } from '../../bytes/layout.ts'
import type { HashName } from '../../crypto/types.ts'
import { digest } from '../../crypto/verify.ts'
import { HASH_TYPE } from './layout.ts'
import type { DecodedHclTd } from './decoded.ts'

/** A quote of the same TD, by its user data. */
export interface Quote {
  readonly item: CaseItem
  readonly differing: readonly string[]
  /** It came in the same container. */
  readonly isCarried: boolean
}

export interface PreparedHclTd extends Prepared {
  readonly artifact: ArtifactIndex
  readonly decoded: DecodedHclTd
  /** Digest of the runtime data as it stands; undefined when the digest's name is not known. */
  readonly runtimeDigest: { readonly hash: HashName; readonly value: string; readonly matches: boolean } | undefined
  readonly runtimeItem: CaseItem | undefined
  readonly quotes: readonly Quote[]
}

const HASHES: readonly HashName[] = ['SHA-256', 'SHA-384', 'SHA-512']

/** The digest of the runtime data, and quotes that carry the same user data. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedHclTd> {
  const decoded = subject.decoded as DecodedHclTd
  const { report } = decoded
  const hash = HASHES.find((name) => name === HASH_TYPE[report?.runtime.hashType.value ?? 0])
  const reportData = report?.hardwareReport.macStruct.reportData.value ?? new Uint8Array()
  const own =
    report && hash
      ? await digest(hash, bytesOf(sliceAt(decoded.slice, report.runtimeData.ranges[0] ?? report.$.range)))
      : undefined
  return {
    artifact: subject.artifact,
    decoded,
    runtimeDigest:
      own && hash
        ? {
            hash,
            value: toHex(own),
            matches: sameBytes(reportData.subarray(0, own.length), own) && isZero(reportData.subarray(own.length)),
          }
        : undefined,
    runtimeItem: context.items.find((item) => item.parent === subject.artifact),
    quotes: report ? quotesOf(subject, reportData, context.items) : [],
    root: { status: 'none', holder: 'Azure', country: 'US', purpose: 'evidence', spkiSha256: '', sha256: '' },
    collateral: [],
    wishes: [],
    timeline: [],
    ladders: [],
    vendor: null,
    doesNotProve: report ? ['limit.azure.mac'] : [],
    nodes: nodesOf(subject, decoded),
  }
}

/** Other evidence with exactly this user data; its registers ought to be the same. */
function quotesOf(subject: CaseItem, reportData: Uint8Array, items: readonly CaseItem[]): Quote[] {
  if (isZero(reportData)) return []
  return items.flatMap((item) => {
    if (item.message !== 'evidence' || !item.facts.userData || !sameBytes(item.facts.userData.value, reportData))
      return []
    const differing = subject.facts.measurements.flatMap((own) => {
      const other = item.facts.measurements.find((one) => one.name.toLowerCase() === own.name.toLowerCase())
      return other && !sameBytes(other.value.value, own.value.value) ? [own.name] : []
    })
    return [{ item, differing, isCarried: item.parent !== null && item.parent === subject.parent }]
  })
}

function nodesOf(subject: CaseItem, { report }: DecodedHclTd): TrustNode[] {
  if (!report) return []
  const cite = (located: {
    readonly path: string
    readonly ranges: readonly { space: string; start: number; end: number }[]
  }) => ({ artifact: subject.artifact, path: located.path, ranges: located.ranges })
  return [
    {
      id: 'report',
      kind: 'content',
      title: say('node.azure.td-report'),
      cite: cite({ path: report.hardwareReport.$.path, ranges: [report.hardwareReport.$.range] }),
    },
    { id: 'runtime', kind: 'data', title: say('node.azure.runtime'), cite: cite(report.runtimeData) },
  ]
}
