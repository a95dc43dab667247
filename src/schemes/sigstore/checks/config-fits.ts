import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { cite } from './shared.ts'

/** Is the configuration beside the command line the one whose hash the command line names? */
export const configFits: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.configuration-fits-command-line',
  layer: 8,
  weight: 'notes',
  dependsOn: [],
  spec: {
    title: 'tinfoil predicate',
    section: 'snp-tdx-multiplatform/v1',
    url: 'https://docs.tinfoil.sh/verification/attestation-architecture',
  },
  applies: ({ config }) => config !== undefined,
  run(prepared) {
    const held = prepared.bundle.envelope?.payload
    const cites = held ? cite(prepared, held.located.path, ...held.located.ranges) : []
    return prepared.config === 'holds'
      ? { outcome: 'pass', because: say('sigstore.configuration-fits-command-line.holds'), cites }
      : { outcome: 'fail', because: say('sigstore.configuration-fits-command-line.fails'), cites }
  },
}
