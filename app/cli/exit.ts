import type { AppraisalView } from '../../src/engine/api.ts'
import { exitCode } from '../../src/engine/judge.ts'
import type { Policy } from '../../src/core/policy.ts'
import type { Headline, Question, Subject } from '../../src/core/verdict.ts'

/** What the command line was told to insist on, or to let pass. */
export interface Insist {
  readonly require: readonly Question[]
  readonly trustAdded: boolean
}

/** Exit code of one case: the headline's, unless the policy accepts each warning or `--require` asks for more. What is printed stays the same. */
export function codeOf(view: AppraisalView, policy: Policy, { require, trustAdded }: Insist): number {
  const isRelied =
    trustAdded &&
    view.ifRootTrusted !== null &&
    view.subjects.every((subject) => subject.ifRootTrusted === null || subject.root.status === 'added')
  const base = exitCode(isRelied ? (view.ifRootTrusted ?? view.headline) : view.headline)
  if (base !== 0 && !(base === 5 && accepted(view, policy, isRelied))) return base
  // A root that is relied on because the reader added it leaves the first answer open by name only.
  const isHollow = (question: Question) => {
    const { state, because } = view.answers[question]
    return (
      state !== 'holds' && state !== 'warns' && !(isRelied && question === 'genuine' && because.code === 'root-added')
    )
  }
  return require.some(isHollow) ? 2 : 0
}

/** A warning is accepted only by name: the TCB status and each advisory listed in the policy, and no other warning; nor that several pieces of evidence are not tied together. */
function accepted(view: AppraisalView, policy: Policy, isRelied: boolean): boolean {
  const warnings = view.checks.filter((check) => check.weight === 'decides' && check.outcome === 'warn')
  const headlineOf = (subject: Subject): Headline => (isRelied ? subject.ifRootTrusted : null) ?? subject.headline
  const warned = view.subjects.filter((subject) => headlineOf(subject) === 'S5w')
  const isNamed = ({ vendor }: Subject) =>
    typeof vendor?.tcbStatus === 'string' &&
    (policy.acceptTcbStatus ?? []).includes(vendor.tcbStatus) &&
    vendor.advisories.every((advisory) => (policy.allowAdvisories ?? []).includes(advisory))
  return (
    isOneStatement(view) &&
    warned.length > 0 &&
    warned.every(isNamed) &&
    warnings.length > 0 &&
    warnings.every((check) => check.answer === 'current')
  )
}

// Subjects that passing checks tie to each other are one statement; otherwise the case is at best a warning, and nothing in a policy names that one.
function isOneStatement({ subjects, checks }: AppraisalView): boolean {
  const reached = new Set(subjects.slice(0, 1).map((subject) => subject.artifact))
  for (let before = -1; before !== reached.size;) {
    before = reached.size
    for (const check of checks) {
      const own = subjects[check.subject]?.artifact
      if (own === undefined || check.outcome !== 'pass') continue
      const tied = [own, ...(check.binds ?? [])]
      if (tied.some((one) => reached.has(one)))
        for (const one of tied) if (subjects.some((subject) => subject.artifact === one)) reached.add(one)
    }
  }
  return reached.size === subjects.length
}
