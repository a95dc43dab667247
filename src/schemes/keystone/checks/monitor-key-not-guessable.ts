import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { secretByteOf } from '../guessable.ts'
import type { PreparedKeystone } from '../prepare.ts'
import { SOURCE, unreadable } from './shared.ts'

/**
 * Is the monitor's key another one than those 256 that anybody can compute from the report?
 * Not looked for: what else a device may do wrong when it makes keys.
 */
export const monitorKeyNotGuessable: CheckDefinition<PreparedKeystone> = {
  id: 'keystone.monitor-key-not-guessable',
  // The signature holds; what it is worth is the question, and a key in everybody's hands says nothing of hardware.
  layer: 7,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: [],
  spec: SOURCE('bootrom/bootloader.c'),
  run({ decoded, artifact }) {
    const { report } = decoded
    if (!report) return unreadable()
    const { sm } = report
    const found = secretByteOf(sm.publicKey.value, sm.hash.value)
    const cites = [
      { artifact, path: sm.publicKey.path, ranges: sm.publicKey.ranges },
      { artifact, path: sm.hash.path, ranges: sm.hash.ranges },
    ]
    return found === undefined
      ? { outcome: 'pass', because: say('keystone.monitor-key-not-guessable.holds'), cites }
      : {
          outcome: 'fail',
          because: say('keystone.guessable', { byte: `0x${found.toString(16).padStart(2, '0')}` }, 'key-weak'),
          cites,
          // Whose signature it is, nobody can say any more.
          proves: [{ from: 'monitor', to: 'enclave', by: 'reference' }],
        }
  },
}
