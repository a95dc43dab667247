import { beforeAll, describe, expect, it } from 'vitest'
import { say } from '../../src/core/saying.ts'
import { NO_POLICY, type Policy } from '../../src/core/policy.ts'
import type { RootStatus } from '../../src/core/verdict.ts'
import type { AppraisalView } from '../../src/engine/api.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { DEMO_AT, filesOf, makeCase, type Recipe } from '../../src/schemes/intel-dcap/attester.ts'
import { codeOf, type Insist } from './exit.ts'

/** Exit codes as the verdict tables have them. Views of demonstration evidence are shown as if their root had another status: nothing here can make a pinned one. */
const PLAIN: Insist = { require: [], trustAdded: false }
const TRUST: Insist = { require: [], trustAdded: true }

async function viewOf(...recipes: readonly Recipe[]): Promise<AppraisalView> {
  const files = (await Promise.all(recipes.map((recipe) => makeCase(recipe)))).flatMap((made, i) =>
    i === 0 ? filesOf(made) : [{ name: `quote${i}.bin`, bytes: made.quote }],
  )
  return appraise(files, { at: Date.parse(DEMO_AT), atSource: 'given', policy: NO_POLICY })
}
function under(view: AppraisalView, ...statuses: readonly RootStatus[]): AppraisalView {
  const isPinned = statuses.every((status) => status === 'pinned')
  const subjects = view.subjects.map((subject, i) => {
    const status = statuses[i] ?? statuses[0] ?? 'pinned'
    return {
      ...subject,
      answers: answersUnder(subject.answers, status),
      root: { ...subject.root, status },
      ...(status === 'pinned' ? { headline: subject.ifRootTrusted ?? subject.headline, ifRootTrusted: null } : {}),
    }
  })
  return {
    ...view,
    subjects,
    answers: answersUnder(view.answers, statuses[0] ?? 'pinned'),
    ...(isPinned ? { headline: view.ifRootTrusted ?? view.headline, ifRootTrusted: null } : {}),
  }
}
function answersUnder(answers: AppraisalView['answers'], status: RootStatus): AppraisalView['answers'] {
  const { genuine } = answers
  if (!genuine.because.text.startsWith('root.')) return answers
  return {
    ...answers,
    genuine:
      status === 'pinned'
        ? { ...genuine, state: 'holds' }
        : { ...genuine, because: say(`root.${status}`, {}, status === 'added' ? 'root-added' : undefined) },
  }
}
const policy = (more: Partial<Policy>): Policy => ({ ...NO_POLICY, ...more })
const behind: Recipe = { platform: { pceSvn: 11 } }
const SA = ['INTEL-SA-90001', 'INTEL-SA-90002']

let [good, old, debug, broken, two] = [] as AppraisalView[]
beforeAll(async () => {
  ;[good, old, debug, broken, two] = await Promise.all([
    viewOf({}),
    viewOf(behind),
    viewOf({ td: { tdAttributes: 1n } }),
    viewOf({
      bend: {
        body: (body) => body,
        envelope: { signer: { ...(await import('../../src/schemes/intel-dcap/demo-keys.ts')).attackerKey } },
      },
    }),
    viewOf({}, {}),
  ])
})
const seen = (view: AppraisalView | undefined): AppraisalView => {
  if (!view) throw new Error('no view')
  return view
}

describe('exit codes', () => {
  it('of headlines', () => {
    expect([good, old, debug, broken].map((one) => codeOf(under(seen(one), 'pinned'), NO_POLICY, PLAIN))).toEqual([
      0, 5, 1, 1,
    ])
  })
  it('a warning is let pass only when its status and each advisory is named', () => {
    const view = under(seen(old), 'pinned')
    expect(view.subjects[0]?.vendor).toMatchObject({ tcbStatus: 'OutOfDate', advisories: SA })
    const code = (more: Partial<Policy>, insist = PLAIN) => codeOf(view, policy(more), insist)
    expect([
      code({ acceptTcbStatus: ['OutOfDate'], allowAdvisories: SA }),
      code({ acceptTcbStatus: ['OutOfDate'] }),
      code({ allowAdvisories: SA }),
      code({ acceptTcbStatus: ['OutOfDate'], allowAdvisories: SA.slice(1) }),
      code({ acceptTcbStatus: ['SWHardeningNeeded', 'outofdate'], allowAdvisories: SA }),
    ]).toEqual([0, 5, 5, 5, 5])
    expect(
      code(
        { acceptTcbStatus: ['OutOfDate'], allowAdvisories: SA },
        { require: ['current', 'software'], trustAdded: false },
      ),
    ).toBe(2)
    expect(
      code(
        { acceptTcbStatus: ['OutOfDate'], allowAdvisories: SA },
        { require: ['genuine', 'current'], trustAdded: false },
      ),
    ).toBe(0)
    // What is printed stays a warning.
    expect(view.headline).toBe('S5w')
  })
  it('what the policy cannot name is never let pass: failures, and warnings of another kind', async () => {
    const all = policy({ acceptTcbStatus: ['UpToDate', 'OutOfDate', 'Revoked'], allowAdvisories: SA })
    const migratable = under(await viewOf({ ...behind, td: { tdAttributes: (1n << 28n) | (1n << 29n) } }), 'pinned')
    const revoked = under(
      await viewOf({ platform: { pceSvn: 5, components: Array.from({ length: 16 }, () => 1) } }),
      'pinned',
    )
    expect([migratable, revoked, seen(debug)].map((one) => codeOf(one, all, PLAIN))).toEqual([5, 1, 1])
  })
  it('several pieces of evidence that nothing ties together stay a warning', () => {
    expect(
      codeOf(
        under(seen(two), 'pinned', 'pinned'),
        policy({ acceptTcbStatus: ['UpToDate', 'OutOfDate'], allowAdvisories: SA }),
        PLAIN,
      ),
    ).toBe(5)
  })
  it('--require turns hollow answers into 2, and only those', () => {
    const view = under(seen(good), 'pinned')
    for (const [question, code] of [
      ['genuine', 0],
      ['current', 0],
      ['configured', 0],
      ['software', 2],
      ['fresh', 2],
    ] as const)
      expect(codeOf(view, NO_POLICY, { require: [question], trustAdded: false }), question).toBe(code)
    expect(codeOf(under(seen(debug), 'pinned'), NO_POLICY, { require: ['software'], trustAdded: false })).toBe(1)
  })
  it('--trust-added follows added roots, and never one that is not', () => {
    for (const status of ['added', 'demonstration', 'development', 'unknown', 'switched-off'] as const) {
      expect(codeOf(under(seen(good), status), NO_POLICY, PLAIN), status).toBe(1)
      expect(codeOf(under(seen(good), status), NO_POLICY, TRUST), status).toBe(status === 'added' ? 0 : 1)
    }
    expect(codeOf(under(seen(good), 'added'), NO_POLICY, { require: ['genuine', 'current'], trustAdded: true })).toBe(0)
    expect(codeOf(under(seen(broken), 'added'), NO_POLICY, TRUST)).toBe(1)
    // One subject under a root of the reader's does not carry another that is under ours.
    expect([
      codeOf(under(seen(two), 'added', 'demonstration'), NO_POLICY, TRUST),
      codeOf(under(seen(two), 'demonstration', 'added'), NO_POLICY, TRUST),
      codeOf(under(seen(two), 'added', 'added'), NO_POLICY, TRUST),
    ]).toEqual([1, 1, 5])
  })
})
