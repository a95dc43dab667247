import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Coverage, FindingCode, TrustEdge } from '../../../core/verdict.ts'
import type { PathFault } from '../../../pki/types.ts'
import { artifactOf, certificateCite, NODE } from '../nodes.ts'
import type { PreparedQuote } from '../prepare.ts'
import { SPEC, type QuoteCheck } from './shared.ts'

/** Faults that break the chain by Intel's own rules too; the others are ours alone and have a check of their own. */
const INTEL_FAULTS: readonly (FindingCode | undefined)[] = [
  'chain-signature',
  'search-limit',
  'not-der',
  'algorithm-refused',
]
/** Whether Intel's library would refuse the chain for it as well. */
export const isIntelFault = ({ because }: PathFault) => INTEL_FAULTS.includes(because.code)

/** Cite of the place of a fault. */
export function faultCites(prepared: PreparedQuote, fault: PathFault) {
  const cite = certificateCite(prepared, prepared.chain.path?.path[fault.index])
  return cite ? [{ ...cite, ranges: [fault.range] }] : []
}

function edges(prepared: PreparedQuote): TrustEdge[] {
  const { path, intermediate } = prepared.chain
  const ids = intermediate ? [NODE.pck, NODE.ca, NODE.root] : [NODE.pck, NODE.root]
  return (path?.links ?? []).flatMap(({ subject, issuer, outcome }): TrustEdge[] => {
    const from = ids[Math.min(issuer, ids.length - 1)]
    const to = ids[subject]
    return from !== undefined && to !== undefined && from !== to ? [{ from, to, by: 'signature', outcome }] : []
  })
}

// Every certificate whose signature was found good: its own bytes are then as they were signed, its signature included.
function coverage(prepared: PreparedQuote): Coverage[] {
  const { path } = prepared.chain
  return (path?.links ?? []).flatMap(({ subject, outcome }): Coverage[] => {
    const certificate = path?.path[subject]
    const artifact = certificate && artifactOf(prepared, certificate)
    return outcome === 'pass' && certificate && artifact === prepared.artifact
      ? [{ artifact, range: rangeOf(certificate.slice), by: 'endorsement' }]
      : []
  })
}

/** Does an unbroken chain of signatures lead from the PCK certificate to a root? */
export const pckChain: QuoteCheck = {
  id: 'intel.pck-chain',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.verification('4.1.2.1'),
  byHand:
    "LC_ALL=C sed -n 's/.*\\(-----BEGIN\\)/\\1/; /^-----BEGIN/,/^-----END/p' {file} > chain.pem; openssl verify -CAfile chain.pem chain.pem",
  run(prepared) {
    const { chain, quote } = prepared
    const { path, leaf } = chain
    if (!path || !leaf)
      return {
        outcome: 'not-checked',
        because: say('chain.no-certificate', { type: quote.certification?.type.value ?? 0 }),
        cites: [],
        remedy: say('intel.remedy.pck'),
      }
    const proves = edges(prepared)
    const fault = path.faults.find(isIntelFault)
    if (fault) {
      const because = chain.isBesideGoodChain
        ? say('chain.leaf-binding', { subject: leaf.subject.commonName })
        : fault.because
      return { outcome: 'fail', because, cites: faultCites(prepared, fault), proves }
    }
    const cites = path.path.flatMap((certificate) => certificateCite(prepared, certificate) ?? [])
    const unsupported = path.unsupported[0]
    if (unsupported) return { outcome: 'unsupported', because: unsupported.because, cites, proves }
    if (chain.hasGap)
      return { outcome: 'fail', because: say('chain.gap', { issuer: path.missingIssuer?.text ?? '' }), cites, proves }
    if (path.rootStatus === 'none')
      return {
        outcome: 'not-checked',
        because: say('chain.missing-issuer', { issuer: path.missingIssuer?.text ?? '' }),
        cites,
        proves,
        remedy: say('intel.remedy.chain'),
      }
    return {
      outcome: 'pass',
      because: say('intel.pck-chain.holds', { count: path.path.length }),
      cites,
      proves,
      covers: coverage(prepared),
      found: path.path.map((certificate) => certificate.subject.commonName).join(' ← '),
    }
  },
}
