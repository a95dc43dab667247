import { type ArtifactIndex, bytesOf } from '../../core/place.ts'
import { hexOffset, sameBytes, toHex } from '../../bytes/layout.ts'
import type { Headless } from './formats/headless.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import { say, type Saying } from '../../core/saying.ts'
import type { ByteRange } from '../../core/place.ts'
import type { TrustNode } from '../../core/verdict.ts'
import { digest } from '../../crypto/verify.ts'
import { rangeOf } from '../../core/place.ts'
import { carrierLimits } from './carrier-limits.ts'
import { FORMATS, type EpidQuote, type RawSgxReport, type RawTdReport } from './decoded.ts'
import { NO_ROOT } from './prepare.ts'

/** A digest that evidence for the same machine carries about one of its own parts. */
export interface InnerHash {
  readonly name: string
  readonly path: string
  readonly range: ByteRange
  readonly hashed: ByteRange
  readonly found: string
  readonly expected: string
  readonly holds: boolean
}

/** Flags of a body, with their place. */
export interface LocalFlags {
  readonly path: string
  readonly ranges: readonly ByteRange[]
  readonly isDebug: boolean
}

/** What the checks of evidence that cannot be verified away from its machine read. */
export interface PreparedLocal extends Prepared {
  readonly artifact: ArtifactIndex
  readonly kind: 'tdreport' | 'sgx-report' | 'epid' | 'headless'
  /** Of a quote without its head: how many bytes are missing, and where its vendor id stands. */
  readonly missing?: { readonly count: number; readonly vendorAt: string }
  readonly malformed: Saying | undefined
  readonly whole: ByteRange
  readonly hashes: readonly InnerHash[]
  readonly flags: LocalFlags | undefined
}

/** Works out a TDREPORT, an SGX REPORT or an EPID quote: everything but the signature that nobody else can check. */
export async function prepareLocal(subject: CaseItem, context: AppraisalContext): Promise<PreparedLocal> {
  const { artifact, slice, format } = subject
  const base = {
    artifact,
    whole: rangeOf(slice),
    root: NO_ROOT,
    collateral: [],
    wishes: [],
    timeline: [],
    ladders: [],
    doesNotProve: [
      'limit.intel.local',
      ...carrierLimits(subject, context.items),
      'limit.intel.measured-code',
      'limit.intel.operator',
    ],
  }
  const vendor = (debug: boolean | undefined) => ({
    scheme: 'intel',
    tcbStatus: null,
    error: null,
    advisories: [],
    tcbDate: null,
    evaluationNumber: null,
    debug: debug ?? null,
  })
  if (format === FORMATS.headless) {
    const { missing, vendorAt } = subject.decoded as Headless
    return {
      ...base,
      kind: 'headless',
      missing: { count: missing, vendorAt: hexOffset(vendorAt) },
      malformed: undefined,
      hashes: [],
      flags: undefined,
      vendor: vendor(undefined),
      nodes: nodesOf(artifact, slice, 'node.intel.td', undefined),
      doesNotProve: [],
    }
  }
  if (format === FORMATS.tdReport) {
    const report = subject.decoded as RawTdReport
    const flags = report.tdAttributes && {
      path: report.tdAttributes.path,
      ranges: report.tdAttributes.ranges,
      isDebug: report.tdAttributes.flags['DEBUG'] === 1,
    }
    return {
      ...base,
      kind: 'tdreport',
      malformed: report.malformed,
      hashes: await innerHashes(report),
      flags,
      vendor: vendor(flags?.isDebug),
      nodes: nodesOf(artifact, slice, 'node.intel.td', report.reportData),
    }
  }
  const isEpid = format === FORMATS.epidQuote
  const decoded = subject.decoded as EpidQuote | RawSgxReport
  const attributes = decoded.report?.attributes
  const flags = attributes && {
    path: attributes.path,
    ranges: attributes.ranges,
    isDebug: attributes.flags.DEBUG === 1,
  }
  return {
    ...base,
    kind: isEpid ? 'epid' : 'sgx-report',
    malformed: decoded.malformed,
    hashes: [],
    flags,
    vendor: vendor(flags?.isDebug),
    nodes: nodesOf(artifact, slice, 'node.intel.enclave', decoded.report?.reportData),
  }
}

function nodesOf(
  artifact: ArtifactIndex,
  slice: CaseItem['slice'],
  title: string,
  data: { readonly path: string; readonly ranges: readonly ByteRange[] } | undefined,
): TrustNode[] {
  return [
    { id: 'body', kind: 'content', title: say(title), cite: { artifact, path: '', ranges: [rangeOf(slice)] } },
    ...(data
      ? [
          {
            id: 'data',
            kind: 'data' as const,
            title: say('node.intel.data'),
            cite: { artifact, path: data.path, ranges: data.ranges },
          },
        ]
      : []),
  ]
}

// Intel TDX module ABI: both SHA-384 in REPORTMACSTRUCT
async function innerHashes(report: RawTdReport): Promise<InnerHash[]> {
  const pairs = [
    { name: 'TEE_TCB_INFO_HASH', hash: report.teeTcbInfoHash, part: report.teeTcbInfo },
    { name: 'TEE_INFO_HASH', hash: report.tdInfoHash, part: report.tdInfo },
  ]
  const out: InnerHash[] = []
  for (const { name, hash, part } of pairs) {
    const range = hash?.ranges[0]
    if (!hash || !part || !range) continue
    const expected = await digest('SHA-384', bytesOf(part))
    out.push({
      name,
      path: hash.path,
      range,
      hashed: rangeOf(part),
      found: toHex(hash.value),
      expected: toHex(expected),
      holds: sameBytes(hash.value, expected),
    })
  }
  return out
}
