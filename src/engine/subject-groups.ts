import { sameBytes } from '../bytes/layout.ts'
import { bytesOf } from '../core/place.ts'
import type { OpenArtifact } from './case.ts'
import type { Run } from './run-subject.ts'

/**
 * What is appraised: evidence and services' words. Evidence in the certificate of a key (a token service that runs in an enclave) speaks of whoever
 * holds that key: beside other evidence it is no second subject, and its scheme's reader may still quote it.
 */
export function subjectsAmong(artifacts: readonly OpenArtifact[]): OpenArtifact[] {
  const all = artifacts.filter(({ message }) => message === 'evidence' || message === 'attestation-result')
  const own = all.filter((one) => !ofKeyHolder(one, artifacts))
  return own.length > 0 ? own : all
}

/** Whether it was opened from a file of keys. */
export function ofKeyHolder(artifact: OpenArtifact, artifacts: readonly OpenArtifact[]): boolean {
  const byIndex = new Map(artifacts.map((one) => [one.artifact, one]))
  for (let one = byIndex.get(artifact.parent ?? -1), steps = 0; one && steps < 8; steps++) {
    if (one.format === KEY_FILE) return true
    one = byIndex.get(one.parent ?? -1)
  }
  return false
}
const KEY_FILE = 'eat.key-file'

/**
 * Group number of each subject: subjects tied by a passing check share one, and so do the same bytes in two wrappings.
 * One nonce for all says that they answered one challenge, not that they are one machine: such ties count only where they are asked for.
 */
export function subjectGroups(runs: readonly Run[], withNonces: boolean): number[] {
  const groups = runs.map((run) =>
    Math.max(
      0,
      runs.findIndex((other) => isSame(other.artifact, run.artifact)),
    ),
  )
  const indexOf = new Map(runs.map((run, index) => [run.artifact.artifact, index]))
  for (const [index, run] of runs.entries()) {
    for (const check of run.checks) {
      if (check.outcome !== 'pass' || (check.bindsBy === 'nonce' && !withNonces)) continue
      for (const artifact of check.binds ?? []) {
        const other = indexOf.get(artifact)
        const from = other === undefined ? undefined : groups[other]
        const to = groups[index]
        if (from === undefined || to === undefined || from === to) continue
        for (const [i, group] of groups.entries()) if (group === from) groups[i] = to
      }
    }
  }
  return groups
}

/** Whether the subjects of a case are one statement. `nonce-only`: they answer one challenge, and a device in another machine is not excluded. */
export type Standing = 'bound' | 'nonce-only' | 'unbound'

export function standingOf(runs: readonly Run[]): Standing {
  if (new Set(subjectGroups(runs, false)).size <= 1) return 'bound'
  return new Set(subjectGroups(runs, true)).size <= 1 ? 'nonce-only' : 'unbound'
}

const isSame = (one: OpenArtifact, other: OpenArtifact) =>
  one === other || (one.format === other.format && sameBytes(bytesOf(one.slice), bytesOf(other.slice)))
