import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { cite, CLIENT } from './shared.ts'

/** Does the log's entry speak of exactly this content, this signature and this certificate? */
export const entryIsThis: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.entry-is-this-bundle',
  layer: 2,
  weight: 'decides',
  dependsOn: [],
  spec: CLIENT('4.3.1'),
  run(prepared) {
    const { entries } = prepared
    if (entries.length === 0) return { outcome: 'not-checked', because: say('sigstore.no-entry'), cites: [] }
    const cites = entries.flatMap(({ entry }) => cite(prepared, 'verificationMaterial.tlogEntries', entry.range))
    for (const { body } of entries)
      if (body.state === 'fails') return { outcome: 'fail', because: say(body.text), cites }
    const unknown = entries.find(({ body }) => body.state === 'unsupported')
    if (unknown)
      return {
        outcome: 'unsupported',
        because: say('sigstore.body.unknown', { kind: `${unknown.entry.kind} ${unknown.entry.version}`.slice(0, 80) }),
        cites,
      }
    // A proof without the note that holds its root leads from anything to anywhere: then the entry is what the sender wrote, and a time stamp logs nothing.
    if (entries.every(({ promise, checkpoint }) => promise.state === 'missing' && checkpoint.state === 'missing'))
      return { outcome: 'not-checked', because: say('sigstore.entry-unproven'), cites }
    const [first] = entries
    return {
      outcome: 'pass',
      because: say('sigstore.entry-is-this-bundle.holds', {
        kind: `${first?.entry.kind} ${first?.entry.version}`,
      }),
      cites,
    }
  },
}
