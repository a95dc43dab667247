import { withLater } from '../../bytes/later.ts'
import { toHex } from '../../bytes/layout.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { RootFinding } from '../../core/verdict.ts'
import { certificateSha256 } from '../../pki/certificate.ts'
import { rootFinding } from '../../pki/path.ts'
import type { Certificate, PathResult } from '../../pki/types.ts'
import { INTEL_ROOT_SUBJECT } from './anchors.ts'
import { collateralUses } from './collateral/uses.ts'
import { carrierLimits } from './carrier-limits.ts'
import { laddersOf } from './ladder.ts'
import { timelineOf, trustNodes, wholePath } from './nodes.ts'
import { vendorStatus } from './vendor.ts'
import { wishesOf } from './wishes.ts'
import { workOut, type Work } from './work.ts'

/** What the checks of a quote read. */
export interface PreparedQuote extends Prepared, Work {
  /** Text ids of what the reader may forbid beyond Intel's rules, from the policy. */
  readonly forbidden: readonly string[]
}

/** Evidence that shows no certificate at all. */
export const NO_ROOT: RootFinding = {
  status: 'none',
  holder: 'Intel',
  country: 'US',
  purpose: 'evidence',
  spkiSha256: '',
  sha256: '',
}

// Physical attacks on the memory bus read attestation keys of both families; the rest no quote can show.
const LIMITS = [
  'limit.intel.physical',
  'limit.intel.measured-code',
  'limit.intel.operator',
  'limit.intel.replay',
  'limit.intel.newest-collateral',
]

// A copied name is the first thing that a forger makes; an older certificate of the same key is nothing to worry about.
async function rootOf(path: PathResult, root: Certificate | undefined): Promise<RootFinding> {
  const finding = await rootFinding(path)
  if (!root) return finding
  if (finding.status === 'unknown' && toHex(root.subject.der) === INTEL_ROOT_SUBJECT)
    return { ...finding, note: say('chain.anchor', { sha256: finding.spkiSha256 }) }
  const own = await certificateSha256(root)
  return path.anchor && own !== finding.sha256
    ? { ...finding, note: say('intel.root-other-certificate', { sha256: own }) }
    : finding
}

/** Works out one quote: chain, collateral, levels. */
export async function prepareQuote(subject: CaseItem, context: AppraisalContext): Promise<PreparedQuote> {
  const work = await workOut(subject, context)
  const collateral = collateralUses(work)
  const { path } = work.chain
  return withLater(
    {
      ...work,
      collateral,
      root: path ? await rootOf(path, work.chain.root) : NO_ROOT,
      vendor: vendorStatus(work),
      doesNotProve: [...carrierLimits(subject, context.items), ...LIMITS],
      forbidden: context.policy.forbid ?? [],
    },
    {
      wishes: () => wishesOf(work),
      nodes: () => trustNodes(work),
      wholePath: () => wholePath(work),
      timeline: () => timelineOf(work),
      ladders: () => laddersOf(work, collateral),
    },
  )
}
