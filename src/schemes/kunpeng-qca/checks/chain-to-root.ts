import { rangeOf } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { Cite, Finding, TrustEdge } from '../../../core/verdict.ts'
import type { PathResult } from '../../../pki/types.ts'
import type { PreparedQca } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { QCA } from './shared.ts'

/** What a chain comes to, whatever it is for. */
export function chainFinding(path: PathResult, cites: readonly Cite[]): Finding {
  const [fault] = path.faults
  if (fault) return { outcome: 'fail', because: fault.because, cites }
  const [unsupported] = path.unsupported
  if (unsupported) return { outcome: 'unsupported', because: unsupported.because, cites }
  return path.rootStatus === 'none'
    ? finding('not-checked', 'qca.issuer-missing', cites, { params: { issuer: path.missingIssuer?.text ?? '' } })
    : finding('pass', 'qca.chain-to-root.holds', cites)
}

/** Does the certificate of the device (or of a deployment's service) lead to a root? One verifier in use only prints a warning here and goes on. */
export const chainToRoot: CheckDefinition<PreparedQca> = {
  id: 'qca.chain-to-root',
  layer: 3,
  weight: 'decides',
  dependsOn: ['qca.well-formed'],
  spec: QCA('drk_cert'),
  run({ artifact, path, nodes }) {
    const leaf = path?.path[0]
    if (!path || !leaf) return finding('not-checked', 'qca.no-certificate', [])
    const cites = [{ artifact, path: '', ranges: [rangeOf(leaf.slice)] }]
    const chain = nodes.filter(({ kind }) => kind === 'root' || kind === 'certificate')
    const proves: TrustEdge[] = chain
      .slice(1)
      .map((node, i) => ({ from: chain[i]?.id ?? '', to: node.id, by: 'signature' }))
    const found = chainFinding(path, cites)
    return {
      ...found,
      proves,
      // Its issuer is sought by name, so that another name there is a missing certificate and no bad signature.
      ...(found.outcome === 'pass'
        ? { covers: [{ artifact, range: rangeOf(leaf.spki), by: 'endorsement' as const }] }
        : {}),
    }
  },
}
