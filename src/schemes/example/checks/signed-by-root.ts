import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedNote } from '../prepare.ts'

/** Did the pinned key sign exactly the bytes of the note? */
export const signedByRoot: CheckDefinition<PreparedNote> = {
  id: 'example.signed-by-root',
  role: 'signature-by-given-key',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: { title: 'The example format', section: '2' },
  run({ decoded, signature, artifact }) {
    const signed = decoded.signed
    if (!signed || !signature) return { outcome: 'not-checked', because: say('example.nothing-to-verify'), cites: [] }
    const cites = [
      { artifact, path: 'note', ranges: [signed.note.$.range] },
      { artifact, path: 'signature', ranges: signed.signature.ranges },
    ]
    const proves = [
      { from: 'root', to: 'note', by: 'signature' as const },
      { from: 'note', to: 'data', by: 'reference' as const },
    ]
    switch (signature.result) {
      case 'valid':
        return {
          outcome: 'pass',
          because: say('example.signed-by-root.holds'),
          cites,
          proves,
          covers: [
            { artifact, range: signed.note.$.range, by: 'attestation-key' },
            ...signed.signature.ranges.map((range) => ({ artifact, range, by: 'signature' as const })),
          ],
        }
      case 'invalid':
        return { outcome: 'fail', because: signature.because, cites, proves }
      case 'unsupported':
        return { outcome: 'unsupported', because: signature.because, cites, proves }
    }
  },
}
