import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { spokenName } from '../../../pki/names.ts'
import type { PreparedReport } from '../prepare.ts'
import { NVTRUST } from './shared.ts'

/** Does NVIDIA still stand by the signers of the manifests that were compared? Its own verifier asks about every one of them, the signer included. */
export const manifestSigners: CheckDefinition<PreparedReport> = {
  id: 'nvidia.manifest-signers-not-revoked',
  layer: 5,
  answer: 'current',
  weight: 'decides',
  dependsOn: [],
  spec: NVTRUST('rim, OCSP'),
  applies: ({ driver, vbios }) => (driver?.standing.isAuthentic ?? false) || (vbios?.standing.isAuthentic ?? false),
  run({ driver, vbios }) {
    const used = [driver, vbios].flatMap((one) => (one?.standing.isAuthentic ? [one.standing] : []))
    const standings = used.flatMap(({ revocation }) => revocation?.standings ?? [])
    const names = new Set<string>()
    const open = standings.filter(({ state, certificate }) => {
      const name = spokenName(certificate.subject)
      const isNew = state !== 'good' && !names.has(name)
      if (isNew) names.add(name)
      return isNew
    })
    const uses = [...new Set(standings.flatMap((one) => one.uses))]
    const [first] = open
    // An authentic manifest has a path of at least two certificates: where nobody was asked, nothing was answered.
    if (!first && standings.length > 0)
      return {
        outcome: 'pass',
        because: say('nvidia.manifest-signers-not-revoked.holds', { count: standings.length }),
        cites: [],
        uses,
      }
    return {
      outcome: 'not-checked',
      because:
        !first || open.every((one) => one.isSilent)
          ? say('nvidia.ocsp-missing', { count: open.length, subjects: [...names].join(', ') })
          : first.because,
      cites: [],
      uses,
      remedy: say('nvidia.get-ocsp'),
    }
  },
}
