import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { sameBytes, toHex } from '../../../bytes/layout.ts'
import { entryOf, OPAQUE } from '../opaque.ts'
import type { PreparedReport } from '../prepare.ts'
import { cite, noChain, NVTRUST, unreadable } from './shared.ts'

/** Is the firmware that the report names the one whose key the certificate vouches for? */
export const fwidMatches: CheckDefinition<PreparedReport> = {
  id: 'nvidia.fwid-matches-certificate',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: NVTRUST('cc_admin_utils.py'),
  run(prepared) {
    const { report, fwid, path } = prepared
    if (!report) return unreadable()
    if (!fwid.own) return { outcome: 'not-applicable', because: say('nvidia.fwid-absent'), cites: [] }
    if (!path || !fwid.certified) return noChain(prepared)
    const entry = entryOf(report.response.opaque.content, OPAQUE.fwid)
    const cites = cite(prepared, 'report.response.opaque', entry?.data.slice)
    const values = { found: toHex(fwid.own), expected: toHex(fwid.certified) }
    return sameBytes(fwid.own, fwid.certified)
      ? { outcome: 'pass', because: say('nvidia.fwid-matches-certificate.holds'), cites, ...values }
      : { outcome: 'fail', because: say('nvidia.fwid-matches-certificate.fails'), cites, ...values }
  },
}
