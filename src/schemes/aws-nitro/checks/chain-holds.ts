import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { TrustEdge } from '../../../core/verdict.ts'
import { certificateNodeId, type PreparedNitro } from '../prepare.ts'
import { cite, SPEC } from './shared.ts'

/** Does every certificate up to the root vouch for the next one? Which root it is, is not asked here. */
export const chainHolds: CheckDefinition<PreparedNitro> = {
  id: 'nitro.chain-holds',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC('3.2.3'),
  run(prepared) {
    const { path, artifact } = prepared
    const { certificate } = prepared.document
    if (!path)
      return certificate
        ? {
            outcome: 'fail',
            because: say('nitro.certificate-unreadable'),
            cites: cite(prepared, 'payload.certificate', rangeOf(certificate)),
          }
        : { outcome: 'not-checked', because: say('nitro.no-certificate'), cites: [] }
    const proves: TrustEdge[] = path.links.map((link) => ({
      from: certificateNodeId(path, link.issuer),
      to: certificateNodeId(path, link.subject),
      by: 'signature',
      outcome: link.outcome,
    }))
    const certificates = path.path
      .map(({ slice }) => ({ space: slice.space, start: slice.start, end: slice.end }))
      .filter((range) => range.space === prepared.document.payload?.slice.space)
    const fault = path.faults[0]
    if (fault)
      return {
        outcome: 'fail',
        because: fault.because,
        cites: cite(
          prepared,
          fault.index === 0 ? 'payload.certificate' : 'payload.cabundle',
          fault.range.space === prepared.document.payload?.slice.space ? fault.range : certificates[0],
        ),
        proves,
      }
    const cites = cite(prepared, 'payload.cabundle', ...certificates)
    const limit = path.unsupported[0]
    if (limit) return { outcome: 'unsupported', because: limit.because, cites, proves }
    if (path.missingIssuer)
      return {
        outcome: 'not-checked',
        because: say('nitro.issuer-missing', { issuer: path.missingIssuer.text }),
        cites,
        proves,
      }
    return {
      outcome: 'pass',
      because: say('nitro.chain-holds.holds', { count: path.path.length }),
      cites,
      proves,
      covers: certificates.map((range) => ({ artifact, range, by: 'endorsement' as const })),
    }
  },
}
