import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { signedByDevice, type PreparedKeystone } from '../prepare.ts'
import { SOURCE, unreadable } from './shared.ts'

/** Did the device's key sign the monitor's hash and key? Whose device it is, is said by the root and never by the report. */
export const monitorSignedByDevice: CheckDefinition<PreparedKeystone> = {
  id: 'keystone.monitor-signed-by-device',
  role: 'signature-by-given-key',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: SOURCE('bootrom/bootloader.c'),
  run({ decoded, byDevice, keyFile, artifact }) {
    const { report } = decoded
    if (!report || !byDevice) return unreadable()
    const { sm, devPublicKey } = report
    const range = signedByDevice(report)
    const cites = [
      { artifact, path: sm.$.path, ranges: [range] },
      { artifact, path: sm.signature.path, ranges: sm.signature.ranges },
      { artifact, path: devPublicKey.path, ranges: devPublicKey.ranges },
    ]
    const proves = [{ from: 'root', to: 'monitor', by: 'signature' as const }]
    const uses = keyFile === undefined ? [] : [keyFile]
    return byDevice.result === 'valid'
      ? {
          outcome: 'pass',
          because: say('keystone.monitor-signed-by-device.holds'),
          cites,
          proves,
          uses,
          covers: [
            { artifact, range, by: 'endorsement' },
            ...sm.signature.ranges.map((one) => ({ artifact, range: one, by: 'signature' as const })),
            // Another key here, and the signature does not hold any more.
            ...devPublicKey.ranges.map((one) => ({ artifact, range: one, by: 'signature' as const })),
          ],
        }
      : { outcome: 'fail', because: byDevice.because, cites, proves, uses }
  },
}
