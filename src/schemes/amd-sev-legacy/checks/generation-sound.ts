import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedLegacy } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'

/** Have chip keys of this generation stayed inside the chips? On the first generation they were extracted by software, and AMD signs no statement of what is current. */
export const generationSound: CheckDefinition<PreparedLegacy> = {
  id: 'sev.generation-sound',
  layer: 6,
  weight: 'decides',
  dependsOn: ['sev.ask-signed-by-ark'],
  spec: {
    title: 'Buhren, Werling, Seifert: Insecure Until Proven Updated',
    section: 'CCS 2019',
    url: 'https://doi.org/10.1145/3319535.3354216',
  },
  run({ anchor, askByArk, subject }) {
    const cites =
      askByArk.state === 'tried'
        ? [{ artifact: askByArk.signer.item.artifact, path: '', ranges: [askByArk.signer.value.$.range] }]
        : []
    // A platform's key is no statement about a guest, however sound the key is.
    if (subject.kind === 'pdh') return finding('not-checked', 'sev.no-guest', cites)
    return anchor?.scope === 'Naples'
      ? finding('warn', 'sev.keys-extracted', cites)
      : finding('not-checked', 'sev.no-statement-of-current', cites)
  },
}
