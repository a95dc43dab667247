import { bytesOf, rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { isZero, sameBytes } from '../../../bytes/layout.ts'
import { digest } from '../../../crypto/verify.ts'
import type { PreparedQca } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { cite, QCA } from './shared.ts'

/** The challenge, and behind it the digest of the log. */
const HALF = 32
/** Most logs and the largest that are hashed. */
const MOST = 16
const LARGEST = 1 << 24

/** Is the second half of the nonce the digest of the IMA log that is here? secGear puts it there where the reader asks for the log; nothing else ties the log to the report. */
export const nonceNamesLog: CheckDefinition<PreparedQca> = {
  id: 'qca.nonce-names-log',
  layer: 9,
  weight: 'notes',
  dependsOn: [],
  spec: QCA('ima_log'),
  applies: ({ report }) => report.nonce?.value.length === 2 * HALF && !isZero(report.nonce.value.subarray(HALF)),
  async run({ artifact, report }, { items }) {
    const { nonce } = report
    const logs = items.filter(({ derived, slice }) => derived?.log === 'ima' && slice.end - slice.start <= LARGEST)
    if (!nonce || logs.length === 0) return finding('not-applicable', 'qca.no-log', [])
    for (const log of logs.slice(0, MOST))
      if (sameBytes(nonce.value.subarray(HALF), await digest('SHA-256', bytesOf(log.slice))))
        return {
          outcome: 'pass',
          because: say('qca.nonce-names-log.holds', { name: log.name }),
          cites: [cite(artifact, nonce), { artifact: log.artifact, path: '', ranges: [rangeOf(log.slice)] }],
          uses: [log.artifact],
        }
    return finding('not-checked', 'qca.log-not-named', [cite(artifact, nonce)])
  },
}
