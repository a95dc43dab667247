import { type ArtifactIndex, bytesOf, sliceAt } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { RootFinding, TrustNode } from '../../core/verdict.ts'
import { toHex } from '../../bytes/layout.ts'
import { candidateKeys, keyUses, rawKeyRoot } from '../../crypto/given-keys.ts'
import { ed25519Spki } from '../../crypto/keys.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { digest } from '../../crypto/verify.ts'
import type { DecodedReport, Report } from './decoded.ts'
import { verify } from './ed25519-sha3.ts'
import { DATA_MOST } from './layout.ts'

/** What the checks of a report read. */
export interface PreparedKeystone extends Prepared {
  readonly artifact: ArtifactIndex
  readonly decoded: DecodedReport
  /** Undefined where the report is not whole. */
  readonly byDevice: VerifyResult | undefined
  readonly byMonitor: VerifyResult | undefined
  /** The file that brought the device's key, where one did. */
  readonly keyFile: number | undefined
}

/** Bytes from the start of the report up to the end of the data that is counted: what the monitor signs (`attest_enclave` in `sm/src/enclave.c`). */
export function signedByMonitor({ enclave }: Report) {
  return { ...enclave.$.range, end: enclave.data.slice.end }
}

/** Hash and key of the monitor, as they stand: what the device signs. */
export function signedByDevice({ sm }: Report) {
  return { ...sm.$.range, end: sm.publicKey.slice.end }
}

/** Verifies both signatures. The device's key stands in the report, where nothing protects it: it counts as what is known or given of that key, and as nobody's otherwise. */
export async function prepare(subject: CaseItem, context: AppraisalContext): Promise<PreparedKeystone> {
  const decoded = subject.decoded as DecodedReport
  const { report } = decoded
  const keys = await candidateKeys(context, 'evidence')
  const spkiSha256 = report ? toHex(await digest('SHA-256', ed25519Spki(report.devPublicKey.value))) : ''
  const given = keys.find((key) => key.sha256 === spkiSha256)
  const root: RootFinding = !report ? rawKeyRoot(undefined) : given ? rawKeyRoot(given) : rootOf(spkiSha256, context)
  const isReadable = report !== undefined && report.enclave.dataLen.value <= BigInt(DATA_MOST)
  return {
    artifact: subject.artifact,
    decoded,
    byDevice: report
      ? verify(
          report.devPublicKey.value,
          bytesOf(sliceAt(subject.slice, signedByDevice(report))),
          report.sm.signature.value,
        )
      : undefined,
    byMonitor:
      report && isReadable
        ? verify(
            report.sm.publicKey.value,
            bytesOf(sliceAt(subject.slice, signedByMonitor(report))),
            report.enclave.signature.value,
          )
        : undefined,
    keyFile: given?.source?.item.artifact,
    root,
    collateral: keyUses(keys, given),
    wishes:
      root.status === 'unknown'
        ? [
            {
              kind: 'public-key',
              key: report ? toHex(report.devPublicKey.value) : '',
              title: say('wish.keystone.device'),
              urls: [],
              curl: '',
            },
          ]
        : [],
    timeline: [],
    ladders: [],
    doesNotProve: [
      'limit.keystone.device',
      'limit.keystone.monitor',
      'limit.keystone.start',
      'limit.keystone.unsigned',
    ],
    nodes: report ? nodesOf(subject.artifact, report, root) : [],
    vendor: {
      scheme: 'keystone',
      tcbStatus: null,
      error: null,
      advisories: [],
      tcbDate: null,
      evaluationNumber: null,
      // A report says nothing of debugging.
      debug: null,
    },
  }
}

function rootOf(spkiSha256: string, context: AppraisalContext): RootFinding {
  const anchor = context.anchors.find((one) => one.purpose === 'evidence' && one.spkiSha256 === spkiSha256)
  return {
    status: anchor ? (anchor.status ?? 'pinned') : 'unknown',
    holder: anchor?.holder ?? '',
    country: anchor?.country ?? '',
    purpose: 'evidence',
    spkiSha256,
    sha256: spkiSha256,
  }
}

function nodesOf(artifact: ArtifactIndex, { enclave, sm, devPublicKey }: Report, root: RootFinding): TrustNode[] {
  const cite = (path: string, ranges: typeof devPublicKey.ranges) => ({ artifact, path, ranges })
  return [
    // A key that only the evidence names is drawn as its own word, and not as a root.
    root.status === 'unknown'
      ? {
          id: 'root',
          kind: 'key',
          title: say('node.keystone.device'),
          cite: cite(devPublicKey.path, devPublicKey.ranges),
        }
      : { id: 'root', kind: 'root', title: say('node.keystone.device'), name: root.holder },
    {
      id: 'monitor',
      kind: 'content',
      title: say('node.keystone.monitor'),
      cite: cite(sm.$.path, [sm.$.range]),
    },
    {
      id: 'enclave',
      kind: 'content',
      title: say('node.keystone.enclave'),
      cite: cite(enclave.$.path, [enclave.$.range]),
    },
    ...(enclave.data.value.length > 0
      ? [
          {
            id: 'data',
            kind: 'data' as const,
            title: say('node.keystone.data'),
            cite: cite(enclave.data.path, enclave.data.ranges),
          },
        ]
      : []),
  ]
}
