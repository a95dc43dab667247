import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedBundle } from '../prepare.ts'
import { BUNDLE } from './shared.ts'

/** Is the version one that is read here, and does it carry what that version must? */
export const versionKnown: CheckDefinition<PreparedBundle> = {
  id: 'sigstore.version-known',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: BUNDLE('media_type'),
  run({ artifact, bundle }) {
    const { mediaType, version, entries } = bundle
    const cites = mediaType ? [{ artifact, path: mediaType.path, ranges: mediaType.ranges }] : []
    if (version === undefined)
      return {
        outcome: 'unsupported',
        because: say('sigstore.version-unknown', { found: mediaType?.value.slice(0, 100) ?? '' }),
        cites,
      }
    // v0.1 came before proofs were carried; since then a promise alone is not enough.
    const lacks =
      version === '0.1'
        ? entries.some(({ promise }) => !promise)
          ? 'sigstore.lacks-promise'
          : undefined
        : entries.some(({ proof }) => !proof?.checkpoint)
          ? 'sigstore.lacks-proof'
          : undefined
    return lacks
      ? { outcome: 'fail', because: say(lacks, { version }), cites }
      : { outcome: 'pass', because: say('sigstore.version-known.holds', { version }), cites, found: version }
  },
}
