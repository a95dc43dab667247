import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { overlap } from '../rim.ts'
import { compared, NVTRUST } from './shared.ts'

const ID = 'nvidia.driver-measurements-match'

/** Are the driver's measurements those of NVIDIA's manifest for this version? */
export const driverMatches: CheckDefinition<PreparedReport> = {
  id: ID,
  layer: 6,
  weight: 'decides',
  dependsOn: [],
  spec: NVTRUST('verifier.py'),
  applies: ({ identity }) => identity === undefined || identity.kind === 'gpu',
  run(prepared) {
    const { driver, vbios, identity } = prepared
    const both = driver && vbios ? overlap(driver.standing.rim, vbios.standing.rim) : []
    if (both.length > 0)
      return {
        outcome: 'not-checked',
        because: say('nvidia.rim.conflict', { indices: both.slice(0, 16).join(', ') }),
        cites: [],
      }
    return compared(prepared, driver, identity?.driverRim ?? '', ID)
  },
}
