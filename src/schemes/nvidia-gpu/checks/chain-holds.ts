import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { TrustEdge } from '../../../core/verdict.ts'
import { certificateNodeId, type PreparedReport } from '../prepare.ts'
import { noChain, NVTRUST, unreadable } from './shared.ts'

/** Does every certificate up to the root vouch for the next? */
export const chainHolds: CheckDefinition<PreparedReport> = {
  id: 'nvidia.chain-holds',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: NVTRUST('cc_admin_utils.py'),
  run(prepared) {
    const { report, path, choice } = prepared
    if (!report) return unreadable()
    if (!path) return noChain(prepared)
    const proves: TrustEdge[] = path.links.map((link) => ({
      from: certificateNodeId(path, link.issuer),
      to: certificateNodeId(path, link.subject),
      by: 'signature',
      outcome: link.outcome,
    }))
    const [leaf] = path.path
    const cites =
      choice.item && leaf
        ? [{ artifact: choice.item.artifact, path: 'certificate', ranges: [rangeOf(leaf.slice)] }]
        : []
    const fault = path.faults[0]
    if (fault) return { outcome: 'fail', because: fault.because, cites, proves }
    const limit = path.unsupported[0]
    if (limit) return { outcome: 'unsupported', because: limit.because, cites, proves }
    if (path.missingIssuer)
      return {
        outcome: 'not-checked',
        because: say('nvidia.issuer-missing', { issuer: path.missingIssuer.text }),
        cites,
        proves,
        remedy: say('nvidia.supply-chain'),
      }
    return { outcome: 'pass', because: say('nvidia.chain-holds.holds', { count: path.path.length }), cites, proves }
  },
}
