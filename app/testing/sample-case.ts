import type { ArtifactIndex } from '../../src/core/place.ts'
import { say } from '../../src/core/saying.ts'
import type {
  Answer,
  CheckResult,
  Coverage,
  Ladder,
  LadderColumn,
  Outcome,
  Question,
  Subject,
  TrustEdge,
  TrustNode,
} from '../../src/core/verdict.ts'
import { QUESTIONS } from '../../src/core/verdict.ts'
import type { AppraisalView, CollateralRow } from '../../src/engine/api.ts'

/** A made-up case in the shape of a TDX quote with all its collateral: what tests of the panels look at. Names and numbers belong to nobody. */

const range = (start: number, end: number, space = '') => ({ space, start, end })
const cite = (path: string, start: number, end: number, artifact = 0) => ({
  artifact,
  path,
  ranges: [range(start, end)],
})

const node = (id: string, kind: TrustNode['kind'], title: string, more: Partial<TrustNode> = {}): TrustNode => ({
  id,
  kind,
  title: say(title),
  ...more,
})

const certificate = (artifact: ArtifactIndex, start: number, end: number) => ({
  certificate: { artifact, range: range(start, end) },
  cite: cite('certificate', start, end, artifact),
})

/** Nodes of one TDX-like subject. */
export const nodes: readonly TrustNode[] = [
  node('root', 'root', 'test.root', {
    name: 'Demonstration Root CA',
    from: '2018-05-21T10:45:10Z',
    to: '2049-12-31T23:59:59Z',
  }),
  node('platform-ca', 'certificate', 'test.platform-ca', {
    name: 'Demonstration PCK Platform CA',
    from: '2018-05-21T00:00:00Z',
    to: '2033-05-21T00:00:00Z',
    ...certificate(0, 3000, 3700),
  }),
  node('pck', 'certificate', 'test.pck', {
    name: 'Demonstration PCK Certificate',
    from: '2025-02-06T00:00:00Z',
    to: '2032-02-06T00:00:00Z',
    ...certificate(0, 1258, 3000),
  }),
  node('qe', 'enclave', 'test.qe', { cite: cite('qeReport', 770, 1154) }),
  node('key', 'key', 'test.key', { name: 'P-256', cite: cite('attestationKey', 700, 764) }),
  node('body', 'content', 'test.body', { cite: cite('body', 0, 632) }),
  node('data', 'data', 'test.data', { name: 'REPORTDATA', cite: cite('body.reportData', 568, 632) }),
  node('root-crl', 'collateral', 'test.root-crl', {
    name: 'Root CA CRL',
    from: '2025-03-20T00:00:00Z',
    to: '2026-04-03T00:00:00Z',
    cite: cite('', 0, 300, 3),
  }),
  node('pck-crl', 'collateral', 'test.pck-crl', {
    name: 'Platform CA CRL',
    from: '2025-06-19T00:00:00Z',
    to: '2025-07-19T00:00:00Z',
    cite: cite('', 0, 2300, 4),
  }),
  node('tcb-signing', 'certificate', 'test.tcb-signing', {
    name: 'Demonstration TCB Signing',
    from: '2025-05-06T00:00:00Z',
    to: '2032-05-06T00:00:00Z',
    ...certificate(1, 0, 700),
  }),
  node('tcb-info', 'collateral', 'test.tcb-info', {
    name: 'b0c06f000000',
    from: '2025-06-19T00:00:00Z',
    to: '2025-07-19T00:00:00Z',
    cite: cite('tcbInfo', 0, 4000, 1),
  }),
  node('qe-identity', 'collateral', 'test.qe-identity', {
    name: 'TD_QE',
    from: '2025-06-19T00:00:00Z',
    to: '2025-07-19T00:00:00Z',
    cite: cite('enclaveIdentity', 0, 900, 2),
  }),
]

interface CheckParts {
  readonly layer: CheckResult['layer']
  readonly answer: Question
  readonly proves?: readonly TrustEdge[]
  readonly covers?: readonly Coverage[]
  readonly cites?: CheckResult['cites']
  readonly outcome?: Outcome
  readonly subject?: number
  readonly found?: string
  readonly expected?: string
  readonly binds?: readonly number[]
}

/** One check with only what a panel reads. */
export function check(id: string, parts: CheckParts): CheckResult {
  const { outcome = 'pass', subject = 0, cites = [], ...rest } = parts
  return {
    id,
    weight: 'decides',
    spec: { title: 'Specification', section: '1' },
    subject,
    outcome,
    because: say(outcome === 'pass' ? `${id}.holds` : `${id}.fails`),
    cites,
    ...rest,
  }
}

const signs = (from: string, to: string): TrustEdge => ({ from, to, by: 'signature' })

/** Checks of that subject, with edges and coverage. */
export const checks: readonly CheckResult[] = [
  check('test.well-formed', { layer: 1, answer: 'genuine', cites: [cite('', 0, 4936)] }),
  check('test.body-signed', {
    layer: 2,
    answer: 'genuine',
    cites: [cite('body', 0, 632), cite('signature', 636, 700)],
    proves: [signs('key', 'body'), { from: 'body', to: 'data', by: 'reference' }],
    covers: [
      { artifact: 0, range: range(0, 632), by: 'attestation-key' },
      { artifact: 0, range: range(636, 700), by: 'signature' },
    ],
  }),
  check('test.key-bound', {
    layer: 2,
    answer: 'genuine',
    cites: [cite('qeReport.reportData', 1090, 1122)],
    proves: [{ from: 'qe', to: 'key', by: 'hash' }],
    covers: [{ artifact: 0, range: range(700, 764), by: 'hash' }],
    found: 'c936492a774946af9b588f6b3bd8beddc5957d1761ded2c0bb61d7b64de5b324',
    expected: 'c936492a774946af9b588f6b3bd8beddc5957d1761ded2c0bb61d7b64de5b324',
  }),
  check('test.qe-signed', {
    layer: 2,
    answer: 'genuine',
    cites: [cite('qeReport', 770, 1154)],
    proves: [signs('pck', 'qe')],
    covers: [
      { artifact: 0, range: range(770, 1154), by: 'endorsement' },
      { artifact: 0, range: range(1154, 1218), by: 'signature' },
    ],
  }),
  check('test.chain', {
    layer: 3,
    answer: 'genuine',
    cites: [cite('certificates', 1258, 4936)],
    proves: [signs('root', 'platform-ca'), signs('platform-ca', 'pck')],
    covers: [{ artifact: 0, range: range(1258, 3700), by: 'endorsement' }],
  }),
  check('test.not-revoked', {
    layer: 4,
    answer: 'genuine',
    proves: [
      signs('root', 'root-crl'),
      { from: 'root-crl', to: 'platform-ca', by: 'reference' },
      signs('platform-ca', 'pck-crl'),
      { from: 'pck-crl', to: 'pck', by: 'reference' },
    ],
  }),
  check('test.collateral', {
    layer: 5,
    answer: 'current',
    proves: [signs('root', 'tcb-signing'), signs('tcb-signing', 'tcb-info'), signs('tcb-signing', 'qe-identity')],
  }),
  check('test.level', {
    layer: 6,
    answer: 'current',
    outcome: 'warn',
    cites: [cite('body.teeTcbSvn', 48, 64)],
    proves: [
      { from: 'tcb-info', to: 'pck', by: 'reference' },
      { from: 'tcb-info', to: 'body', by: 'reference' },
    ],
    found: 'OutOfDate',
    expected: 'UpToDate',
  }),
  check('test.qe-level', { layer: 6, answer: 'current', proves: [{ from: 'qe-identity', to: 'qe', by: 'reference' }] }),
  check('test.debug-off', { layer: 7, answer: 'configured', cites: [cite('body.tdAttributes', 168, 176)] }),
  check('fresh.value-given', {
    layer: 9,
    answer: 'fresh',
    outcome: 'not-checked',
    cites: [cite('body.reportData', 568, 632)],
  }),
]

const column = (id: string, label: string, note: string, compared = true): LadderColumn => ({
  id,
  label,
  ...(note === '' ? {} : { note }),
  compared,
})

const use = (
  kind: string,
  evaluation: number,
  from: string,
  to: string,
  which: CollateralRow['use'],
): CollateralRow => ({
  kind,
  key: 'b0c06f000000',
  sha256: evaluation.toString(16).padStart(64, '0'),
  artifact: 1,
  origin: 'dropped',
  use: which,
  because: say('test.used'),
  from,
  to,
})

/** The ladder of the platform; level 2 applies. */
export const platformLadder: Ladder = {
  id: 'platform',
  title: say('test.ladder.platform'),
  source: use('tcb-info', 20, '2026-08-13T00:00:00Z', '2026-09-12T00:00:00Z', 'used'),
  columns: [
    ...[
      'Early Microcode Update',
      'SGX Late Microcode Update',
      'TXT SINIT',
      'BIOS',
      'BIOS',
      'BIOS',
      '',
      'SEAMLDR ACM',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
    ].map((note, index) => column(`sgx.${index + 1}`, `${index + 1}`, note)),
    column('pcesvn', 'PCESVN', ''),
    ...[
      'TDX Module',
      'TDX Module',
      'TDX Late Microcode Update',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
    ].map((note, index) => column(`tdx.${index + 1}`, `${index + 1}`, note, index > 1)),
  ],
  platform: [3, 3, 2, 2, 4, 1, 0, 5, ...Array<number>(8).fill(0), 11, 6, 1, 3, ...Array<number>(13).fill(0)],
  rows: [
    {
      status: 'UpToDate',
      date: '2025-08-13T00:00:00Z',
      advisories: [],
      needs: [4, 4, 2, 2, 4, 1, 0, 5, ...Array<number>(8).fill(0), 11, 5, 0, 4, ...Array<number>(13).fill(0)],
      shortAt: 0,
    },
    {
      status: 'OutOfDate',
      date: '2025-05-14T00:00:00Z',
      advisories: ['EXAMPLE-SA-01192', 'EXAMPLE-SA-01245'],
      needs: [3, 3, 2, 2, 4, 1, 0, 5, ...Array<number>(8).fill(0), 11, 5, 0, 3, ...Array<number>(13).fill(0)],
      shortAt: null,
    },
    {
      status: 'OutOfDate',
      date: '2024-03-13T00:00:00Z',
      advisories: ['EXAMPLE-SA-00960'],
      needs: [2, 2, 2, 2, 3, 1, 0, 5, ...Array<number>(8).fill(0), 11, 5, 0, 2, ...Array<number>(13).fill(0)],
      shortAt: null,
    },
    {
      status: 'OutOfDate',
      date: '2018-01-04T00:00:00Z',
      advisories: [],
      needs: [2, 2, 2, 2, 3, 1, 0, 5, ...Array<number>(8).fill(0), 5, 5, 0, 2, ...Array<number>(13).fill(0)],
      shortAt: null,
    },
  ],
  match: 1,
  evaluationNumber: 20,
}

const small = (
  id: string,
  title: string,
  mine: number,
  rows: readonly (readonly [number, string, string])[],
  match: number,
): Ladder => ({
  id,
  title: say(title),
  source: null,
  columns: [column('isvsvn', 'ISVSVN', '')],
  platform: [mine],
  rows: rows.map(([needs, date, status]) => ({
    status,
    date,
    advisories: [],
    needs: [needs],
    shortAt: mine < needs ? 0 : null,
  })),
  match,
  evaluationNumber: 20,
})

export const moduleLadder = small(
  'tdx-module',
  'test.ladder.module',
  6,
  [
    [11, '2025-08-13T00:00:00Z', 'UpToDate'],
    [6, '2025-05-14T00:00:00Z', 'OutOfDate'],
    [4, '2024-03-13T00:00:00Z', 'OutOfDate'],
  ],
  1,
)
export const enclaveLadder = small('qe', 'test.ladder.qe', 6, [[4, '2025-05-14T00:00:00Z', 'UpToDate']], 0)

const answer = (question: Question): Answer => ({
  question,
  state: 'holds',
  because: say(`answer.${question}.holds`),
  ran: 1,
  of: 1,
  checks: [],
})
const root = {
  status: 'demonstration' as const,
  holder: 'Demonstration',
  country: '',
  purpose: 'evidence',
  spkiSha256: 'ab'.repeat(32),
  sha256: 'cd'.repeat(32),
}

/** The subject itself. */
export const subject: Subject = {
  index: 0,
  artifact: 0,
  format: 'test.quote',
  scheme: 'test',
  headline: 'S5w',
  sentence: say('test.sentence'),
  root,
  ifRootTrusted: 'S5w',
  tier: 'warning',
  answers: Object.fromEntries(QUESTIONS.map((question) => [question, answer(question)])) as Subject['answers'],
  vendor: {
    scheme: 'test',
    tcbStatus: 'OutOfDate',
    error: null,
    advisories: ['EXAMPLE-SA-01192', 'EXAMPLE-SA-01245'],
    tcbDate: '2025-05-14T00:00:00Z',
    evaluationNumber: 20,
    debug: false,
  },
  decidedBy: ['test.level'],
  nodes,
  ladders: [platformLadder, moduleLadder, enclaveLadder],
  timeline: [
    ...nodes.flatMap((one) =>
      one.from === undefined || one.to === undefined
        ? []
        : [
            {
              id: one.id,
              title: one.title,
              kind:
                one.kind === 'collateral'
                  ? one.id.endsWith('crl')
                    ? ('crl' as const)
                    : ('collateral' as const)
                  : ('certificate' as const),
              from: one.from,
              to: one.to,
            },
          ],
    ),
    ...platformLadder.rows.map((row, index) => ({
      id: `level-${index + 1}`,
      title: say('test.level-of', { level: index + 1, status: row.status }),
      kind: 'level' as const,
      from: row.date,
      to: null,
    })),
  ],
  doesNotProve: [],
  notJudged: [],
}

/** What the engine would answer. */
export const appraisal: AppraisalView = {
  isMadeHere: true,
  id: '00',
  statements: [],
  replays: [],
  engine: 'test',
  at: Date.parse('2025-07-04T10:10:31Z'),
  atSource: 'given',
  headline: 'S5w',
  sentence: subject.sentence,
  tier: 'warning',
  root,
  ifRootTrusted: 'S5w',
  answers: subject.answers,
  decidedBy: subject.decidedBy,
  subjects: [subject],
  checks,
  collateral: [],
  wishes: [],
  anchors: [],
  doesNotProve: [],
  evidenceTime: null,
  expectations: [],
  examined: [],
}
