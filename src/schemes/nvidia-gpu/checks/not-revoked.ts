import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { spokenName } from '../../../pki/names.ts'
import type { PreparedReport } from '../prepare.ts'
import { noChain, NVTRUST } from './shared.ts'

/**
 * Does NVIDIA still stand by these certificates? It answers by OCSP, for a day, about every certificate but the leaf: of the firmware's own key
 * the responder knows nothing, and NVIDIA's verifiers do not ask. A “revoked” of any of them counts.
 */
export const notRevoked: CheckDefinition<PreparedReport> = {
  id: 'nvidia.not-revoked',
  layer: 4,
  weight: 'decides',
  dependsOn: [],
  spec: NVTRUST('cc_admin_utils.py, OCSP'),
  run(prepared) {
    const { path, revocation } = prepared
    if (!path || !revocation) return noChain(prepared)
    const { standings } = revocation
    const uses = [...new Set(standings.flatMap((one) => one.uses))]
    const revoked = standings.find(({ state }) => state === 'revoked')
    if (revoked) return { outcome: 'fail', because: revoked.because, cites: [], uses }
    const asked = standings.filter(({ index }) => index > 0)
    const open = asked.filter(({ state }) => state !== 'good')
    const found = `${asked.length - open.length} / ${asked.length}`
    const [first] = open
    if (asked.length === 0 || first) {
      const isSilent = open.every((one) => one.isSilent)
      return {
        outcome: 'not-checked',
        because:
          first && !isSilent
            ? first.because
            : say('nvidia.ocsp-missing', {
                count: open.length,
                subjects: open.map(({ certificate }) => spokenName(certificate.subject)).join(', '),
              }),
        cites: [],
        uses,
        found,
        remedy: say('nvidia.get-ocsp'),
      }
    }
    return {
      outcome: 'pass',
      because: say('nvidia.not-revoked.holds', { count: asked.length }),
      cites: [],
      uses,
      found,
    }
  },
}
