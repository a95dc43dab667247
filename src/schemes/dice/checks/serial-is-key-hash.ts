import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedDice } from '../prepare.ts'
import { whole } from './shared.ts'

/** Is the serial number in the layer's name the digest of its key? Caliptra makes it so. */
export const serialIsKeyHash: CheckDefinition<PreparedDice> = {
  id: 'dice.serial-is-key-hash',
  layer: 1,
  weight: 'notes',
  dependsOn: [],
  spec: {
    title: 'Caliptra',
    section: 'IDevID, LDevID and alias certificates',
    url: 'https://chipsalliance.github.io/Caliptra/',
  },
  applies: ({ serialIsKey }) => serialIsKey !== undefined,
  run(prepared) {
    return prepared.serialIsKey === true
      ? { outcome: 'pass', because: say('dice.serial-is-key-hash.holds'), cites: whole(prepared) }
      : { outcome: 'not-checked', because: say('dice.serial-is-other'), cites: whole(prepared) }
  },
}
