import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { signedByMonitor, type PreparedKeystone } from '../prepare.ts'
import { SOURCE, unreadable } from './shared.ts'

/** Did the monitor's key sign the enclave's hash and exactly the data that is counted? Bytes of the array behind that count are signed by nobody. */
export const enclaveSignedByMonitor: CheckDefinition<PreparedKeystone> = {
  id: 'keystone.enclave-signed-by-monitor',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: SOURCE('sm/src/enclave.c'),
  run({ decoded, byMonitor, artifact }) {
    const { report } = decoded
    if (!report || !byMonitor) return unreadable()
    const { enclave, sm } = report
    const range = signedByMonitor(report)
    const cites = [
      { artifact, path: enclave.$.path, ranges: [range] },
      { artifact, path: enclave.signature.path, ranges: enclave.signature.ranges },
      { artifact, path: sm.publicKey.path, ranges: sm.publicKey.ranges },
    ]
    const proves = [
      { from: 'monitor', to: 'enclave', by: 'signature' as const },
      ...(enclave.data.value.length > 0 ? [{ from: 'enclave', to: 'data', by: 'reference' as const }] : []),
    ]
    return byMonitor.result === 'valid'
      ? {
          outcome: 'pass',
          because: say('keystone.enclave-signed-by-monitor.holds'),
          cites,
          proves,
          covers: [
            { artifact, range, by: 'attestation-key' },
            ...enclave.signature.ranges.map((one) => ({ artifact, range: one, by: 'signature' as const })),
          ],
        }
      : { outcome: 'fail', because: byMonitor.because, cites, proves }
  },
}
