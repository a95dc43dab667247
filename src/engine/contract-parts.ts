import type { ArtifactIndex } from '../core/place.ts'
import type { Derived, HashLabel } from '../core/derived.ts'
import type { Saying } from '../core/saying.ts'
import { toHex } from '../bytes/layout.ts'
import type { AppraisalView, LogReplayView } from './api.ts'
import type { ContractAppraisal } from './contract.ts'
import type { Examined } from './examine.ts'

/** Parts of the stable JSON: ties between subjects, how supporting files stand, what follows from logs. */

/** What ties subjects together, one row a check. */
export function bindingsOf(view: AppraisalView): ContractAppraisal['bindings'] {
  const indexOf = new Map(view.subjects.map((subject) => [subject.artifact, subject.index]))
  return view.checks.flatMap(({ outcome, binds, bindsBy, id, subject, found }) =>
    outcome !== 'pass' || !binds || binds.length === 0
      ? []
      : [
          {
            subjects: [subject, ...binds.flatMap((artifact) => indexOf.get(artifact) ?? [])],
            artifacts: [...binds],
            by: id,
            strength: bindsBy ?? 'evidence',
            recipe: bindsBy === 'nonce' || bindsBy === 'evidence' ? (found ?? null) : null,
          },
        ],
  )
}

/** A statement as it stands by itself: its root, and the steps that verify it. */
export function statementAt(view: AppraisalView, artifact: ArtifactIndex): Omit<Examined, 'artifact'> | undefined {
  const statement = view.statements.find((one) => one.artifact === artifact)
  return statement && { root: statement.root, findings: statement.checks }
}

/** How a supporting file stands by itself. */
export function standingOf(examined: Omit<Examined, 'artifact'> | undefined, speak: (saying: Saying) => string) {
  if (!examined) return {}
  const { root, findings } = examined
  return {
    standing: {
      root: root?.status ?? null,
      holder: root?.holder ?? null,
      rootSpkiSha256: root?.spkiSha256 ? root.spkiSha256 : null,
      checks: findings.map(({ id, outcome, because, found }) => ({
        id,
        outcome,
        because: because.text,
        sentence: speak(because),
        ...(found === undefined ? {} : { found }),
      })),
    },
  }
}

/** PCRs are named with their bank, since a machine has several of each number. */
export function registerName(name: string, hash: HashLabel | undefined): string {
  return hash !== undefined && /^(?:PCR\d+|authenticode)$/.test(name) ? `${name}:${hash}` : name
}

/** What follows from a log or from files. */
export function derivedOf({ registers, values, events, log, summary }: Derived) {
  return {
    registers: registers.map(({ name, hash, value, how, hasBanks }) => ({
      name: hasBanks === false ? name : registerName(name, hash),
      hash,
      value: toHex(value),
      ...(how === undefined ? {} : { how }),
    })),
    values: values.map(({ name, value, register }) => ({ name, value, register })),
    ...(log === undefined ? {} : { events: events.count }),
    ...(log === undefined || !summary
      ? {}
      : {
          log: {
            kind: log,
            end: summary.end,
            padding: summary.padding,
            ...(summary.isPart === true ? { part: true } : {}),
            algorithms: [...summary.algorithms],
            coverage: { yes: summary.coverage.whole, partly: summary.coverage.part, no: summary.coverage.none },
          },
        }),
  }
}

/** What a log comes to beside everything that has registers: `replays` under the artifact of the log. */
export function replaysOf(log: number, replays: readonly LogReplayView[]) {
  const own = replays.filter((one) => one.log === log)
  if (own.length === 0) return {}
  return {
    replays: own.map(({ against, isSigned, registers }) => ({
      against,
      signed: isSigned,
      registers: Object.fromEntries(
        registers.map(({ name, hash, kind }) => [registerName(name, hash ?? undefined), kind]),
      ),
    })),
  }
}
