import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { toHex } from '../../../bytes/layout.ts'
import type { PreparedBundle } from '../prepare.ts'
import { BUNDLE } from './shared.ts'

/** Is the file that was signed here, or only its digest? */
export const fileIsHere: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.file-is-here',
  layer: 8,
  weight: 'notes',
  dependsOn: [],
  spec: BUNDLE('message_signature'),
  applies: ({ bundle }) => bundle.message !== undefined,
  run({ artifact, bundle, file }) {
    const held = bundle.message?.digest
    const cites = held ? [{ artifact, path: held.located.path, ranges: held.located.ranges }] : []
    const found = held ? toHex(held.located.value) : ''
    return file
      ? { outcome: 'pass', because: say('sigstore.file-is-here.holds', { file: file.name }), cites, found }
      : { outcome: 'not-checked', because: say('sigstore.file-missing'), cites, found }
  },
}
