import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { compared, NVTRUST } from './shared.ts'

const ID = 'nvidia.vbios-measurements-match'

/** Are the measurements of the firmware in flash those of NVIDIA's manifest for this version? */
export const vbiosMatches: CheckDefinition<PreparedReport> = {
  id: ID,
  layer: 6,
  weight: 'decides',
  dependsOn: [],
  spec: NVTRUST('verifier.py'),
  run: (prepared) => compared(prepared, prepared.vbios, prepared.identity?.vbiosRim ?? '', ID),
}
