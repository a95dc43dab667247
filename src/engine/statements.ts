import { sameBytes, toHex } from '../bytes/layout.ts'
import { type ArtifactIndex, bytesOf } from '../core/place.ts'
import type { Policy } from '../core/policy.ts'
import { say, type Saying } from '../core/saying.ts'
import type { CaseItem, TrustAnchor } from '../core/scheme.ts'
import type { StatedGroup, StatedValue, Statement } from '../core/statement.ts'
import type { CheckResult, Cite, FindingCode, Outcome, RootStatus, TrustNode } from '../core/verdict.ts'
import type { StatementFit, StatementMatch, StatementStanding, StatementView } from './api.ts'
import type { OpenCase } from './case.ts'
import type { LogFindings } from './log-replays.ts'
import { heldFor, namedValues, type Held } from './named-registers.ts'
import { appraiserOf, runSubject, type Run } from './run-subject.ts'
import { NO_ROOT } from './subject-view.ts'

/** Who says what a register should hold: statements beside the evidence, verified by their schemes and compared with what the evidence signs. */

/** A statement with what came of verifying it. */
export interface StatementRun {
  readonly run: Run
  readonly standing: StatementStanding
  /** Undefined where the bytes could not be read so far. */
  readonly statement: Statement | undefined
}

/** Most statements of one case that are verified. */
const MOST = 64
/** Most values of one statement that are compared. */
const MOST_VALUES = 20_000

/** Verifies every statement of the case; the same bytes count once, however often they stand there. */
export async function runStatements(
  opened: OpenCase,
  given: { readonly at: number; readonly policy: Policy; readonly added: readonly TrustAnchor[] },
): Promise<StatementRun[]> {
  const runs: StatementRun[] = []
  for (const artifact of opened.artifacts) {
    if (artifact.message !== 'reference-values' || !appraiserOf(artifact) || runs.length >= MOST) continue
    const isKnown = runs.some(
      ({ run }) =>
        run.artifact.format === artifact.format && sameBytes(bytesOf(run.artifact.slice), bytesOf(artifact.slice)),
    )
    if (isKnown) continue
    const run = await runSubject(opened, artifact, 0, given)
    const statement = run.prepared?.statement
    runs.push({ run, standing: standingOf(run, statement), statement })
  }
  return runs
}

/** What its own checks leave of a statement. Whom the reader expects is asked last: that somebody else signed breaks no signature. */
function standingOf({ checks }: Run, statement: Statement | undefined): StatementStanding {
  const deciding = checks.filter((check) => check.weight === 'decides' && check.outcome !== 'not-applicable')
  if (deciding.some((check) => check.outcome === 'fail' && check.code !== 'identity-other')) return 'rejected'
  // A list that is past its own dates, or not read to the end, counts no more than a signed one would.
  if (statement?.isSigned === false)
    return deciding.every(({ outcome }) => outcome === 'pass' || outcome === 'warn') ? 'unsigned' : 'open'
  if (deciding.some((check) => check.code === 'identity-other')) return 'other-signer'
  const open = deciding.filter((check) => check.outcome !== 'pass' && check.outcome !== 'warn')
  if (open.length === 0 && statement) return 'authentic'
  return statement && open.every((check) => check.code === 'identity-not-given') ? 'anybody' : 'open'
}

/** A register that a statement gives, with who says so: as good as a value that the reader typed. */
export interface StatedRegister {
  /** In lower case, as in the table of named values. */
  readonly name: string
  /** As the evidence holds it: it tells registers of one name apart. */
  readonly value: string
  readonly issuer: string
  readonly isSigned: boolean
}

/** What the statements of a case come to for one subject. */
export interface StatementFindings {
  readonly checks: readonly CheckResult[]
  readonly stated: readonly StatedRegister[]
  readonly ties: readonly StatementTie[]
}

const NO_STATEMENTS: StatementFindings = { checks: [], stated: [], ties: [] }

/** How one statement and one subject fit. */
export interface StatementTie {
  readonly statement: number
  readonly subject: number
  readonly fit: StatementFit
  /** The group that matches; '' for one without a name, null where none does. */
  readonly group: string | null
  readonly matches: readonly StatementMatch[]
  /** True when it counts like a value that the reader gave. */
  readonly counts: boolean
  /** The file between: the statement has its digest, and the registers follow from it. */
  readonly through?: string
}

/** Compares every statement with one subject and what is tied to it. */
export function statementMatches(
  subject: Run,
  index: number,
  bound: readonly CaseItem[],
  logs: LogFindings,
  statements: readonly StatementRun[],
): StatementFindings {
  if (statements.length === 0) return NO_STATEMENTS
  const { known } = namedValues([subject.artifact, ...bound], logs)
  const products = [subject.artifact, ...bound].flatMap(({ facts }) => facts.productId ?? [])
  const subjectRoot = subject.prepared?.root.status ?? 'none'
  const ties: StatementTie[] = statements.flatMap((one, i): StatementTie[] => {
    if (!one.statement) return []
    const { fit, group, matches } = compare(one.statement, known, products)
    const counts = fit === 'matches' && countsFor(one, subject, subjectRoot)
    return [{ statement: i, subject: index, fit, group, matches, counts }]
  })
  throughFiles(ties, statements, subject, subjectRoot)
  const nodes = subject.prepared?.nodes ?? []
  const content = nodes.findLast((node) => node.kind === 'content' && node.cite?.artifact === subject.artifact.artifact)
  return {
    ties,
    stated: ties.flatMap((tie) => {
      const statement = statements[tie.statement]?.statement
      return tie.counts && statement
        ? // What only deserves a remark and differs was not met.
          tie.matches
            .filter(({ isEqual }) => isEqual)
            .map(({ register, found }) => ({
              name: register.toLowerCase(),
              value: found,
              issuer: nameOf(statement),
              isSigned: statement.isSigned,
            }))
        : []
    }),
    checks: ties.flatMap((tie) => {
      const one = statements[tie.statement]
      return one?.statement ? [findingOf(one, one.statement, tie, subject, index, content)] : []
    }),
  }
}

/** How a statement is called in a sentence: what it is about where it says so, else who signed it. */
export function nameOf({ issuer, about }: Statement): string {
  return about === '' ? issuer : issuer === '' ? about : `${issuer} (${about})`
}

/** Whether a matching statement counts: authentic under a root that somebody vouches for, or a list of the reader's own. */
function countsFor({ run, standing }: StatementRun, subject: Run, subjectRoot: RootStatus): boolean {
  // A list inside the evidence's own file is what the sender says, and equals what the sender sends.
  if (standing === 'unsigned') return run.artifact.parent === null && run.artifact.file !== subject.artifact.file
  return standing === 'authentic' && isRelied(run.prepared?.root.status ?? 'none', subjectRoot)
}

function isRelied(root: RootStatus, subjectRoot: RootStatus): boolean {
  // A demonstration statement speaks about demonstration evidence only.
  return root === 'pinned' || root === 'added' || (root === 'demonstration' && subjectRoot === 'demonstration')
}

interface Comparison {
  readonly fit: StatementFit
  readonly group: string | null
  readonly matches: readonly StatementMatch[]
}

function compare(statement: Statement, known: ReadonlyMap<string, Held>, products: readonly string[]): Comparison {
  let best: Comparison = { fit: 'nothing-shared', group: null, matches: [] }
  let count = 0
  for (const group of statement.groups) {
    count += group.values.length
    if (count > MOST_VALUES) break
    // Another product's values may be equal by chance, or be meant for a part of the same name.
    if (group.product !== undefined && products.length > 0 && !products.includes(group.product)) continue
    const matches = group.values.flatMap((value) => matchOf(value, known))
    const decisive = matches.filter(({ isRemark }) => !isRemark)
    if (decisive.length === 0) continue
    if (decisive.every(({ isEqual }) => isEqual)) {
      // Of several groups that match the one with more registers says more.
      if (best.fit !== 'matches' || matches.length > best.matches.length)
        best = { fit: 'matches', group: group.name, matches }
      continue
    }
    const equal = (all: readonly StatementMatch[]) => all.filter(({ isEqual }) => isEqual).length
    if (best.fit === 'nothing-shared' || (best.fit === 'not-for-this' && equal(matches) > equal(best.matches)))
      best = { fit: 'not-for-this', group: null, matches }
  }
  return best.fit === 'nothing-shared' ? byFiles(statement, known) : best
}

function matchOf(value: StatedValue, known: ReadonlyMap<string, Held>): StatementMatch[] {
  const name = value.register.toLowerCase()
  const sizes = value.values.map((one) => one.value.length)
  const held =
    (value.hash === undefined ? undefined : known.get(`${name}:${value.hash}`)) ?? heldFor(known, name, sizes)
  const first = value.values[0]
  if (!held || !first) return []
  const isOfSize = sizes.some((size) => size * 2 === held.value.length)
  const isText = !/^(?:[0-9a-f]{2})+$/.test(held.value)
  // Another algorithm than the register's is no difference: nothing was compared.
  if (!isOfSize && !isText) return []
  const equal = value.values.find((one) => toHex(one.value) === held.value.toLowerCase())
  return [
    {
      register: held.name,
      found: held.value,
      stated: value.values.slice(0, 16).map((one) => toHex(one.value)),
      isEqual: equal !== undefined,
      isRemark: value.isRemark === true,
      path: (equal ?? first).path,
      ranges: (equal ?? first).ranges,
      evidence: held.cite,
    },
  ]
}

/** Provenance names files: it ties where such a digest is itself a register or a covered value. */
function byFiles(statement: Statement, known: ReadonlyMap<string, Held>): Comparison {
  const matches = statement.files.slice(0, 1000).flatMap((file): StatementMatch[] => {
    const hex = toHex(file.digest.value)
    const held = [...known.values()].find((one) => digestIn(one) === hex)
    return held
      ? [
          {
            register: held.name,
            found: held.value,
            stated: [hex],
            isEqual: true,
            isRemark: false,
            path: file.digest.path,
            ranges: file.digest.ranges,
            evidence: held.cite,
          },
        ]
      : []
  })
  return matches.length > 0
    ? { fit: 'matches', group: '', matches: matches.slice(0, 1) }
    : { fit: 'nothing-shared', group: null, matches: [] }
}

/** A digest as registers and logs write it: bare, behind `sha256:`, and in fixed fields padded with zeros (MRCONFIGID: `01`, the digest, zeros). */
function digestIn({ value }: Held): string {
  const bare = value.toLowerCase().replace(/^sha(?:256|384|512):/, '')
  const padded = /^01([0-9a-f]{64})0{30}$/.exec(bare) ?? /^([0-9a-f]{64})0{32}$/.exec(bare)
  return padded?.[1] ?? bare
}

/** Provenance of a file from which this page computed the registers: an image that was built, and is what was measured. */
function throughFiles(
  ties: StatementTie[],
  statements: readonly StatementRun[],
  subject: Run,
  subjectRoot: RootStatus,
): void {
  for (const [i, tie] of ties.entries()) {
    const one = statements[tie.statement]
    if (tie.fit !== 'nothing-shared' || !one?.statement || one.statement.files.length === 0) continue
    for (const other of ties) {
      const computed = statements[other.statement]
      if (other.fit !== 'matches' || computed?.statement?.isComputed !== true) continue
      const { artifact } = computed.run
      const digest = artifact.parent === null ? artifact.sha256() : ''
      const named = one.statement.files.find((file) => toHex(file.digest.value) === digest)
      if (!named) continue
      const { path, ranges } = named.digest
      const matches = other.matches.map((match): StatementMatch => ({ ...match, path, ranges }))
      ties[i] = {
        ...tie,
        fit: 'matches',
        group: '',
        matches,
        counts: countsFor(one, subject, subjectRoot),
        through: artifact.name,
      }
      break
    }
  }
}

function findingOf(
  one: StatementRun,
  statement: Statement,
  tie: StatementTie,
  subject: Run,
  index: number,
  content: TrustNode | undefined,
): CheckResult {
  const { run } = one
  const { artifact } = run.artifact
  const spoken = speak(one, statement, tie, subject)
  const ofStatement: Cite[] = tie.matches.map(({ path, ranges }) => ({ artifact, path, ranges }))
  return {
    id: statement.isComputed ? 'software.reference-matches' : 'software.statement-matches',
    layer: 8,
    answer: 'software',
    weight: 'notes',
    spec: { title: 'RFC 9334', section: '8.3' },
    subject: index,
    ...spoken,
    cites: [...tie.matches.map(({ evidence }) => evidence), ...ofStatement],
    ...(tie.matches.length > 0
      ? {
          found: tie.matches.map(({ register, found }) => `${register} ${found}`).join('\n'),
          expected: tie.matches.map(({ register, stated }) => `${register} ${stated.join(' | ')}`).join('\n'),
        }
      : {}),
    ...(tie.fit === 'matches' && content
      ? { proves: [{ from: nodeId(artifact), to: content.id, by: 'equality' as const }] }
      : {}),
  }
}

const nodeId = (artifact: ArtifactIndex) => `statement${artifact}`

/** Statements that match a subject, as nodes of its trust path. */
export function statementNodes(
  statements: readonly StatementRun[],
  ties: readonly StatementTie[],
): readonly TrustNode[] {
  return ties.flatMap((tie): TrustNode[] => {
    const one = statements[tie.statement]
    if (tie.fit !== 'matches' || !one?.statement) return []
    const { artifact, slice } = one.run.artifact
    return [
      {
        id: nodeId(artifact),
        kind: 'collateral',
        title: say(one.statement.isSigned ? 'node.statement' : 'node.statement.list'),
        name: nameOf(one.statement),
        cite: { artifact, path: '', ranges: [{ space: slice.space, start: slice.start, end: slice.end }] },
      },
    ]
  })
}

/** Names that fit a sentence; all of them stand where the values are compared. */
function listed(names: readonly string[]): string {
  return names.length > NAMED ? `${names.slice(0, 3).join(', ')} … (${names.length})` : names.join(', ')
}
const NAMED = 8

function speak(
  one: StatementRun,
  statement: Statement,
  tie: StatementTie,
  subject: Run,
): { readonly outcome: Outcome; readonly because: Saying; readonly code?: FindingCode; readonly remedy?: Saying } {
  const issuer = nameOf(statement)
  const file = one.run.artifact.name
  const equal = tie.matches.filter(({ isEqual }) => isEqual)
  const names = (all: readonly StatementMatch[]) => listed([...new Set(all.map(({ register }) => register))])
  const open = (text: string, code?: FindingCode) => ({
    outcome: 'not-checked' as const,
    because: say(text, { issuer, file, registers: names(equal) }),
    ...(code === undefined ? {} : { code }),
  })
  if (tie.fit === 'nothing-shared')
    return open(
      statement.isComputed
        ? 'statement.computed-nothing-shared'
        : statement.files.length > 0
          ? 'statement.file-not-named'
          : 'statement.nothing-shared',
      'not-for-this',
    )
  if (tie.fit === 'not-for-this')
    return {
      outcome: 'not-checked',
      code: 'not-for-this',
      because: say(statement.isComputed ? 'statement.computed-differs' : 'statement.not-for-this', {
        file,
        issuer,
        registers: names(tie.matches.filter(({ isEqual }) => !isEqual)),
      }),
    }
  switch (one.standing) {
    case 'rejected':
      return open('statement.rejected')
    case 'other-signer':
      return open('statement.other-signer', 'identity-other')
    case 'anybody':
      return {
        ...open('statement.by-whom', 'identity-not-given'),
        remedy: say('statement.by-whom.todo', { issuer: statement.issuer }),
      }
    case 'open':
      return open('statement.open')
    case 'unsigned':
      return tie.counts
        ? {
            outcome: 'pass',
            because: statement.isComputed
              ? say('software.reference-matches.holds', { file, registers: names(equal), how: tie.group ?? '' })
              : say('statement.list-matches', { file, registers: names(equal) }),
          }
        : open(statement.isComputed ? 'statement.own-file' : 'statement.own-list')
    case 'authentic':
      return tie.counts
        ? {
            outcome: 'pass',
            because:
              tie.through === undefined
                ? say('software.statement-matches.holds', { issuer, registers: names(equal) })
                : say('statement.file-matches', { issuer, registers: names(equal), file: tie.through }),
          }
        : open(
            one.run.prepared?.root.status === 'demonstration' && subject.prepared?.root.status !== 'demonstration'
              ? 'statement.demonstration'
              : 'statement.root',
          )
  }
}

/** Statements as views and the contract show them. */
export function statementViews(
  statements: readonly StatementRun[],
  ties: readonly StatementTie[],
  isAlone: boolean,
): StatementView[] {
  return statements.map(({ run, standing, statement }, index): StatementView => {
    const own = ties.filter((tie) => tie.statement === index)
    return {
      index,
      artifact: run.artifact.artifact,
      format: run.artifact.format ?? '',
      scheme: run.artifact.scheme?.id ?? '',
      name: run.artifact.name,
      issuer: statement?.issuer ?? '',
      about: statement?.about ?? '',
      isSigned: statement?.isSigned ?? true,
      standing,
      root: run.prepared?.root ?? NO_ROOT,
      madeAt: statement?.madeAt?.at ?? null,
      madeBy: statement?.madeAt?.by ?? null,
      claims: statement?.claims ?? [],
      registers: (statement?.groups ?? []).slice(0, 200).flatMap((group) => registersOf(group)),
      files: (statement?.files ?? [])
        .slice(0, 200)
        .map(({ name, hash, digest }) => ({ name, hash, value: toHex(digest.value) })),
      ties: own.map(({ subject, fit, group, counts, matches }) => ({ subject, fit, group, counts, matches })),
      // Beside evidence only the comparison decides anything; alone, the statement is what is looked at.
      checks: run.checks
        .map((check): CheckResult => (isAlone ? check : { ...check, weight: 'notes', answer: 'software' }))
        .toSorted((a, b) => a.layer - b.layer || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    }
  })
}

function registersOf({ name, values }: StatedGroup): StatementView['registers'] {
  return values.map(({ register, hash, values: all }) => ({
    group: name,
    register,
    hash: hash ?? null,
    values: all.slice(0, 64).map((one) => toHex(one.value)),
  }))
}
