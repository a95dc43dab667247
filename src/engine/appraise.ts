import { fromHex } from '../bytes/layout.ts'
import type { CaseItem } from '../core/scheme.ts'
import type { CheckResult } from '../core/verdict.ts'
import { addedAnchors } from './anchors.ts'
import type { AppraisalView, AppraiseOptions, InputFile } from './api.ts'
import { caseView } from './case-view.ts'
import type { OpenCase } from './case.ts'
import { crossBindings } from './cross-bindings.ts'
import { expectations } from './expectations.ts'
import { committedBy, givenRecipes, type GivenRecipes, paravisorLimits } from './given-recipes.ts'
import { caseOf } from './inspect.ts'
import { fileBinding } from './file-binding.ts'
import { keyBinding, nonceWithKey } from './key-binding.ts'
import { logReplays, type LogFindings } from './log-replays.ts'
import { measuredFiles } from './measured-files.ts'
import { quotedBooleans } from './quoted-booleans.ts'
import { type Run, runSubject, appraiserOf } from './run-subject.ts'
import {
  runStatements,
  statementMatches,
  statementNodes,
  type StatedRegister,
  type StatementTie,
} from './statements.ts'
import { ofKeyHolder, standingOf, subjectGroups, subjectsAmong } from './subject-groups.ts'
import { subjectOf } from './subject-view.ts'

/** Appraises a case as of one instant under one policy. A function of its arguments: no clock, no network. Never throws for any evidence. */
export async function appraise(files: readonly InputFile[], options: AppraiseOptions): Promise<AppraisalView> {
  return appraiseCase(await caseOf(files), options)
}

/** Appraises what is already open. */
export async function appraiseCase(opened: OpenCase, options: AppraiseOptions): Promise<AppraisalView> {
  const { at, policy } = options
  // Nothing can be said as of an instant that does not exist, and a caller who has none must not be answered as if it had one.
  if (!Number.isFinite(at)) throw new RangeError(`at: ${at} is no instant (milliseconds since 1970)`)
  const added = await addedAnchors(policy)
  const runs: Run[] = []
  for (const artifact of subjectsAmong(opened.artifacts)) {
    runs.push(await runSubject(opened, artifact, runs.length, { at, policy, added }))
  }
  for (const [index, run] of runs.entries())
    run.checks.push(...(await crossBindings(run, index, runs, opened)), ...quotedBooleans(run, index, runs, opened))
  const statements = await runStatements(opened, { at, policy, added })
  const ties: StatementTie[] = []
  const groups = subjectGroups(runs, false)
  const given = await givenRecipes(policy)
  const nonce = fromHex(policy.nonce ?? '') ?? new Uint8Array()
  for (const [index, run] of runs.entries()) {
    const others = runs.filter((other) => other !== run)
    // What a broken subject says counts for nobody else, however it is tied.
    const isBound = (other: Run) =>
      groups[runs.indexOf(other)] === groups[index] &&
      !other.checks.some((check) => check.weight === 'decides' && check.outcome === 'fail' && check.layer <= 3)
    const logs = logReplays(run.artifact, opened.artifacts, index)
    const bound = others.filter(isBound)
    const said = statementMatches(
      run,
      index,
      bound.map((other) => other.artifact),
      logs,
      statements,
    )
    ties.push(...said.ties)
    run.checks.push(
      ...logs.checks,
      ...said.checks,
      ...(await measuredFiles(run.artifact, opened.artifacts, index, logs, opened.contents)),
      ...expectationResults(
        run,
        index,
        options,
        bound,
        others.filter((other) => !isBound(other)),
        { ...given, nonce: [...given.nonce, ...(await nonceWithKey(run.artifact, opened, nonce))] },
        committedBy(run.artifact, opened.artifacts),
        logs,
        said.stated,
      ),
      ...(await keyBinding(run.artifact, opened, run.prepared?.collateral, nonce.length > 0 ? nonce : undefined)).map(
        (one): CheckResult => ({ ...one, subject: index }),
      ),
      ...(await fileBinding(run.artifact, opened, index)),
    )
    run.checks.sort((a, b) => a.layer - b.layer || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  }
  const subjects = runs.map((run, index) =>
    subjectOf(
      run,
      index,
      options,
      () =>
        statementNodes(
          statements,
          ties.filter((tie) => tie.subject === index),
        ),
      paravisorLimits(run.artifact, opened.artifacts),
    ),
  )
  // A key set by itself: the machine that holds a key is appraised, and the set is still looked at as what it is.
  const isAlone = runs.every(({ artifact }) => ofKeyHolder(artifact, opened.artifacts))
  const examined = !isAlone ? [] : await (await import('./examine.ts')).examineAll(opened, { at, policy, added })
  return caseView(opened, options, runs, subjects, standingOf(runs), examined, statements, ties)
}

function expectationResults(
  run: Run,
  subject: number,
  { policy, at, sources }: AppraiseOptions,
  bound: readonly Run[],
  unbound: readonly Run[],
  made: GivenRecipes,
  committed: readonly CaseItem[],
  logs: LogFindings,
  stated: readonly StatedRegister[],
): CheckResult[] {
  const items = (runs: readonly Run[]) => runs.map((other) => other.artifact)
  const rootless =
    (run.prepared?.root.status ?? 'none') === 'none' &&
    (bound.length + unbound.length > 0 || appraiserOf(run.artifact)?.needsBinding === true)
  return expectations.map((expectation) => ({
    id: expectation.id,
    role: 'expectation',
    layer: expectation.layer,
    answer: expectation.answer,
    weight: 'decides',
    spec: expectation.spec,
    subject,
    ...expectation.run({
      subject: run.artifact,
      policy,
      sources: sources ?? {},
      at,
      bound: items(bound),
      unbound: items(unbound),
      rootless,
      made,
      committed,
      logs,
      stated,
      comparesMinimumTcb: [run, ...bound].some((one) => appraiserOf(one.artifact)?.comparesMinimumTcb === true),
    }),
  }))
}
