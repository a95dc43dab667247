import { say } from '../core/saying.ts'
import type { CollateralUse, Headline } from '../core/verdict.ts'
import type { AppraisalView } from './api.ts'
import { decidedBy, tierOf } from './judge.ts'
import { nameOf, type StatementRun, type StatementTie } from './statements.ts'
import { NO_ROOT } from './subject-view.ts'

/** No evidence, but somebody's word: who signed it is said, and that it is broken is not hidden behind "supporting files". */
export function loneStatement(
  statements: readonly StatementRun[],
  first: StatementRun,
): Pick<AppraisalView, 'headline' | 'sentence' | 'tier' | 'root' | 'ifRootTrusted' | 'decidedBy'> {
  const broken = statements.find(({ standing }) => standing === 'rejected')
  const { run } = broken ?? first
  const headline: Headline = broken ? 'S1' : 'SN'
  return {
    headline,
    sentence: say(`headline.${headline}.statement`, { name: run.artifact.name }),
    tier: tierOf(headline, run.prepared?.root.status ?? 'none'),
    root: run.prepared?.root ?? NO_ROOT,
    ifRootTrusted: null,
    decidedBy: decidedBy(headline, run.checks),
  }
}

/** Statements as rows of what was used, rejected, or is for something else. */
export function statementUses(
  statements: readonly StatementRun[],
  ties: readonly StatementTie[],
  isAlone: boolean,
): CollateralUse[] {
  return statements.flatMap(({ run, standing, statement }, index): CollateralUse[] => {
    const tie = ties.find((one) => one.statement === index && one.fit === 'matches')
    const use = standing === 'rejected' ? 'rejected' : isAlone || tie ? 'used' : 'not-for-this'
    const made = statement?.madeAt ? new Date(statement.madeAt.at) : undefined
    return [
      {
        kind: 'statement',
        key: statement ? nameOf(statement) : '',
        artifact: run.artifact.artifact,
        origin: run.artifact.origin,
        use,
        because: say(use === 'used' ? 'statement.used' : use === 'rejected' ? 'statement.broken' : 'statement.unused'),
        from: made && !Number.isNaN(made.getTime()) ? made.toISOString() : null,
        to: null,
      },
    ]
  })
}
