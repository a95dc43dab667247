import type { CheckDefinition } from '../../../core/scheme.ts'
import { KNOWN_VERSIONS, unknownVersion } from '../decoded.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, withReport } from './shared.ts'

/** Is the version one whose layout is known? Version 1 never came from a product; what comes after 5 may mean something else. */
export const versionKnown: CheckDefinition<PreparedReport> = {
  id: 'snp.version-known',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: ABI('7.3, VERSION'),
  run: withReport(({ body }, prepared) => {
    const params = { version: body.version.value }
    const cites = citesOf(prepared, body.version)
    const values = { found: String(body.version.value), expected: KNOWN_VERSIONS.join(', ') }
    return prepared.isKnownVersion
      ? finding('pass', 'snp.version-known.holds', cites, { params, ...values })
      : finding('unsupported', unknownVersion(body.version.value), cites, { params, ...values })
  }),
}
