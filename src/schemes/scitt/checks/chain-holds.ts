import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedStatement } from '../prepare.ts'
import { cite, X509 } from './shared.ts'

/** Does the chain of the signer's certificate hold up to its root? */
export const chainHolds: CheckDefinition<PreparedStatement> = {
  id: 'scitt.chain-holds',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: X509('2'),
  // A key that lives in a guest hangs on that guest's evidence.
  applies: ({ cose, leaf }) => leaf !== undefined || (cose.message !== undefined && cose.attested === undefined),
  run(prepared) {
    const { path } = prepared
    if (!path) return { outcome: 'not-checked', because: say('scitt.no-certificate'), code: 'key-missing', cites: [] }
    const [fault] = path.faults
    if (fault) return { outcome: 'fail', because: fault.because, cites: cite(prepared, '[0].33', fault.range) }
    const [unsupported] = path.unsupported
    if (unsupported)
      return {
        outcome: 'unsupported',
        because: unsupported.because,
        cites: cite(prepared, '[0].33', unsupported.range),
      }
    if (path.rootStatus === 'none')
      return {
        outcome: 'not-checked',
        because: say('scitt.issuer-missing', { issuer: path.missingIssuer?.text ?? '' }),
        cites: [],
      }
    return {
      outcome: 'pass',
      because: say('scitt.chain-holds.holds', { count: path.path.length }),
      cites: [],
      proves: path.links.flatMap((link) =>
        link.issuer === link.subject
          ? []
          : [{ from: `certificate${link.issuer}`, to: `certificate${link.subject}`, by: 'signature' as const }],
      ),
    }
  },
}
