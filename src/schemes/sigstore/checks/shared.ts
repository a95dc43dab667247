import type { ArtifactIndex, ByteRange } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Cite, Finding } from '../../../core/verdict.ts'
import { toHex } from '../../../bytes/layout.ts'
import type { Step } from '../log.ts'
import type { EntryStanding, PreparedBundle } from '../prepare.ts'

const spec = (title: string, url: string) => (section: string) => ({ title, section, url })
export const BUNDLE = spec(
  'sigstore bundle',
  'https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto',
)
export const CLIENT = spec('sigstore client specification', 'https://docs.sigstore.dev/about/client-spec/')
export const CT = spec('RFC 6962', 'https://www.rfc-editor.org/rfc/rfc6962')
export const DSSE = spec('DSSE', 'https://github.com/secure-systems-lab/dsse/blob/master/protocol.md')
export const IN_TOTO = spec('in-toto Statement', 'https://github.com/in-toto/attestation/tree/main/spec/v1')

/** Points at bytes of the bundle. */
export function cite(
  { artifact }: { readonly artifact: ArtifactIndex },
  path: string,
  ...ranges: readonly ByteRange[]
): Cite[] {
  return ranges.length === 0 ? [] : [{ artifact, path, ranges }]
}

/** What one step came to over all entries: one that fails decides, since the bundle itself carries it. */
export function stepFinding(
  prepared: PreparedBundle,
  id: string,
  stepOf: (entry: EntryStanding) => Step,
  covers: (entry: EntryStanding) => readonly ByteRange[],
): Finding {
  const { entries } = prepared
  const cites = entries.flatMap(({ entry }) => cite(prepared, 'verificationMaterial.tlogEntries', entry.range))
  const steps = entries.map((entry) => ({ entry, step: stepOf(entry) }))
  for (const { step } of steps) if (step.state === 'fails') return { outcome: 'fail', because: say(step.text), cites }
  if (steps.some(({ step }) => step.state === 'unsupported'))
    return { outcome: 'unsupported', because: say('crypto.unsupported', { name: 'log key' }), cites }
  const open = steps.find(({ step }) => step.state === 'no-key')
  if (open) {
    const log = open.entry.entry.logId?.located.value
    return {
      outcome: 'not-checked',
      because: say('sigstore.log-unknown', { log: log ? toHex(log).slice(0, 64) : '' }),
      code: 'key-missing',
      cites,
    }
  }
  const good = steps.find(({ step }) => step.state === 'holds')
  if (!good) return { outcome: 'not-checked', because: say('sigstore.no-entry'), cites: [] }
  const key = good.step.state === 'holds' ? good.step.key : undefined
  return {
    outcome: 'pass',
    because: say(`${id}.holds`, { log: key?.name ?? '', index: String(good.entry.entry.logIndex ?? '') }),
    cites,
    covers: steps.flatMap(({ entry }) =>
      covers(entry).map((range) => ({ artifact: prepared.artifact, range, by: 'endorsement' as const })),
    ),
  }
}
