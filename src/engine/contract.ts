import type { FieldNode, FieldValue } from '../core/field.ts'
import type { ByteRange, Space } from '../core/place.ts'
import { fill, joined, paramsOf, withHolder, type Saying, type TextTable } from '../core/saying.ts'
import type {
  Answer,
  CheckResult,
  CheckRole,
  FindingCode,
  Cite,
  Headline,
  Question,
  RootStatus,
  Tier,
} from '../core/verdict.ts'
import { toHex } from '../bytes/layout.ts'
import { NO_FACTS, type Facts } from '../core/scheme.ts'
import type { AppraisalView, ExpectationView, Inspection, StatementFit, StatementView } from './api.ts'
import { bindingsOf, derivedOf, registerName, replaysOf, standingOf, statementAt } from './contract-parts.ts'
import type { Ahead } from './outlook.ts'

/** The appraisal as the stable JSON that the command line prints and the page exports (`appraisal/1`). Keys may be added, none renamed. */
export interface ContractAppraisal extends ContractVerdict {
  schema: 'appraisal/1'
  engine: string
  id: string
  at: string
  atSource: 'given' | 'now' | 'evidence'
  sentence: string
  subjects: (ContractVerdict & { artifact: number; format: string; sentence: string; facts: ContractFacts })[]
  /** What ties subjects together; `by` is the check. */
  bindings: { subjects: number[]; artifacts: number[]; by: string; strength: string; recipe: string | null }[]
  artifacts: {
    index: number
    parent: number | null
    name: string
    sha256: string
    size: number
    format: string | null
    message: string
    unwrapped: string[]
    tiled: boolean
    unexplained: number
    claims?: { name: string; value: string }[]
    /** Of a supporting file in a case without evidence, and of a statement: how it stands by itself. */
    standing?: {
      root: RootStatus | null
      holder: string | null
      rootSpkiSha256: string | null
      checks: { id: string; outcome: string; because: string; sentence: string; found?: string }[]
    }
    registers?: { name: string; hash: string; value: string; how?: string }[]
    values?: { name: string; value: string; register: string }[]
    events?: number
    /** What this log comes to beside everything that has registers. */
    replays?: { against: number; signed: boolean; registers: Record<string, string> }[]
    log?: {
      kind: string
      end: number
      padding: number
      algorithms: string[]
      coverage: { yes: number; partly: number; no: number }
    }
    problems: { path: string; range: [number, number]; because: string; sentence: string }[]
  }[]
  anchors: {
    holder: string
    country: string
    purpose: string
    spkiSha256: string
    sha256: string
    status: RootStatus
  }[]
  collateral: {
    kind: string
    key: string
    sha256: string
    origin: string
    use: string
    because: string
    sentence: string
    from: string | null
    to: string | null
  }[]
  checks: {
    id: string
    layer: number
    answer: string | null
    weight: string
    outcome: string
    because: string
    /** Closed unions of the engine; null where nothing needs to decide by it. */
    code: FindingCode | null
    role: CheckRole | null
    sentence: string
    cites: Cite[]
    uses: string[]
    found?: string
    expected?: string
    remedy?: string
    subject: number
    /** Of a step of verifying a statement: its index. Such steps stand with the subject that the statement is compared with, the first where it is compared with none. */
    statement?: number
  }[]
  statements: ContractStatement[]
  wishes: { kind: string; key: string; urls: string[]; curl: string }[]
  doesNotProve: string[]
  /** What the schemes of its subjects read and deliberately do not judge, and why. */
  notJudged: { id: string; what: string; because: string }[]
  /** The next instant at which this verdict alters by itself; null where nothing that is dated alters it. Absent where nobody looked ahead. */
  changesAt?: {
    at: string
    headline: Headline
    ifRootTrusted: Headline | null
    because: string
    sentence: string
    items: string[]
  } | null
  /** Last instant at which everything dated here was in date together. */
  inDateAt?: string | null
  /** Members of recognised containers that no reader took. */
  unread: { artifact: number; path: string; range: [number, number]; size: number; looksLike: string | null }[]
  expectations: ExpectationView[]
  fields?: ContractField[]
  ms: number
  error?: { where: string; message: string }
}

/** Who says what about which registers, and how far that goes. */
export interface ContractStatement {
  index: number
  artifact: number
  format: string
  issuer: string
  about: string
  signed: boolean
  standing: StatementView['standing']
  root: RootStatus
  rootSpkiSha256: string
  madeAt: string | null
  madeBy: string | null
  claims: { name: string; value: string }[]
  registers: { group: string; register: string; hash: string | null; values: string[] }[]
  files: { name: string; hash: string; value: string }[]
  ties: {
    subject: number
    fit: StatementFit
    group: string | null
    counts: boolean
    registers: { register: string; found: string; stated: string[]; matches: boolean }[]
  }[]
  /** Ids of its steps with their outcomes. */
  steps: { id: string; outcome: string }[]
}

/** What a subject says in core words, lower-case hex. */
export interface ContractFacts {
  userData?: string
  nonce?: string
  deviceId?: string
  productId?: string
  madeAt?: string
  debug?: boolean
  registers: { name: string; hash: string | null; value: string }[]
  versions: Record<string, string>
}

export interface ContractVerdict {
  headline: Headline
  root: RootStatus
  ifRootTrusted: Headline | null
  tier: Tier
  trustVector: { hardware?: number; configuration?: number; executables?: number }
  answers: Record<Question, ContractAnswer>
  vendor: {
    scheme: string
    tcbStatus: string | null
    error: string | null
    advisories: string[]
    tcbDate: string | null
    evaluationNumber: number | null
    debug: boolean | null
    printed?: string
  } | null
  decidedBy: string[]
}
export interface ContractAnswer {
  state: Answer['state']
  because: string
  sentence: string
  ran: number
  of: number
  checks: string[]
}
export interface ContractField {
  artifact: number
  path: string
  label: string
  range: [number, number]
  space: string
  value: string
  symbol?: string
}

/** Says a saying with the texts of one language; an unknown id stays visible as itself. */
export function speaker(texts: TextTable): (saying: Saying) => string {
  const join = (words: readonly string[]) => joined(words, texts['list.comma'] ?? ', ', texts['list.and'] ?? ', ')
  const speak = (saying: Saying): string =>
    fill(texts[saying.text] ?? saying.text, withHolder(paramsOf(saying, speak, join), texts))
  return speak
}

/** `2025-07-04T00:00:00Z`; a date past the calendar's end is clamped to year 9999. */
export function isoOf(milliseconds: number): string {
  return new Date(Math.min(Math.max(milliseconds, -62135596800000), 253402300799000))
    .toISOString()
    .replace('.000Z', 'Z')
}

/** Builds the contract object. `ms` is measured by the caller, who has a clock. */
export function toContract(
  view: AppraisalView,
  inspection: Inspection,
  speak: (saying: Saying) => string,
  extra: { readonly ms: number; readonly fields: boolean; readonly outlook?: Ahead | undefined },
): ContractAppraisal {
  const subjects = view.subjects.map((subject) => ({
    artifact: subject.artifact,
    format: subject.format,
    headline: subject.headline,
    sentence: speak(subject.sentence),
    root: subject.root.status,
    ifRootTrusted: subject.ifRootTrusted,
    tier: subject.tier,
    trustVector: vectorOf(subject.headline, subject.root.status, subject.decidedBy, view.checks),
    answers: answersOf(subject.answers, speak),
    vendor: vendorOf(subject.vendor),
    decidedBy: [...subject.decidedBy],
    facts: factsOf(inspection.artifacts[subject.artifact]?.facts ?? NO_FACTS, subject.versions),
  }))
  const leading = view.subjects.find((subject) => subject.decidedBy === view.decidedBy) ?? view.subjects[0]
  return {
    schema: 'appraisal/1',
    engine: view.engine,
    id: view.id,
    at: isoOf(view.at),
    atSource: view.atSource,
    headline: view.headline,
    sentence: speak(view.sentence),
    root: view.root.status,
    ifRootTrusted: view.ifRootTrusted,
    tier: view.tier,
    trustVector: vectorOf(view.headline, view.root.status, view.decidedBy, view.checks),
    answers: answersOf(view.answers, speak),
    vendor: vendorOf(leading?.vendor ?? null),
    decidedBy: [...view.decidedBy],
    subjects,
    bindings: bindingsOf(view),
    artifacts: inspection.artifacts.map((artifact) => ({
      index: artifact.index,
      parent: artifact.parent,
      name: artifact.name,
      sha256: artifact.sha256,
      size: artifact.size,
      format: artifact.format,
      message: artifact.message,
      unwrapped: [...artifact.unwrapped],
      tiled: artifact.tiled,
      unexplained: artifact.unexplained,
      ...(artifact.facts.claims ? { claims: artifact.facts.claims.map(({ name, value }) => ({ name, value })) } : {}),
      ...(artifact.derived ? derivedOf(artifact.derived) : {}),
      ...replaysOf(artifact.index, view.replays),
      ...standingOf(
        view.examined.find((one) => one.artifact === artifact.index) ?? statementAt(view, artifact.index),
        speak,
      ),
      problems: artifact.problems.map((problem) => ({
        path: problem.path,
        range: [problem.range.start, problem.range.end] as [number, number],
        because: problem.because.text,
        sentence: speak(problem.because),
      })),
    })),
    anchors: view.anchors.map(({ holder, country, purpose, spkiSha256, sha256, status }) => ({
      holder,
      country,
      purpose,
      spkiSha256,
      sha256,
      status,
    })),
    collateral: view.collateral.map(({ kind, key, sha256, origin, use, because, from, to }) => ({
      kind,
      key,
      sha256,
      origin,
      use,
      because: because.text,
      sentence: speak(because),
      from,
      to,
    })),
    checks: withSteps(view, inspection, speak),
    statements: view.statements.map(statementOf),
    wishes: view.wishes.map(({ kind, key, urls, curl }) => ({ kind, key, urls: [...urls], curl })),
    doesNotProve: view.doesNotProve.map((text) => speak({ text, params: {} })),
    notJudged: [...new Set(view.subjects.flatMap((subject) => subject.notJudged))].map((id) => ({
      id,
      what: speak({ text: `${id}.what`, params: {} }),
      because: speak({ text: `${id}.because`, params: {} }),
    })),
    ...(extra.outlook
      ? {
          changesAt: changesOf(extra.outlook, speak),
          inDateAt: extra.outlook.inDateAt === null ? null : isoOf(extra.outlook.inDateAt),
        }
      : {}),
    unread: inspection.unread.map(({ artifact, path, range, size, looksLike }) => ({
      artifact,
      path,
      range: [range.start, range.end] as [number, number],
      size,
      looksLike,
    })),
    expectations: [...view.expectations.map((one) => ({ ...one })), ...statedExpectations(view.statements)],
    ...(extra.fields ? { fields: fieldsOf(inspection) } : {}),
    ms: extra.ms,
    ...(view.error ? { error: view.error } : {}),
  }
}

/** Checks of subjects, and the steps of statements with the subject that each is compared with; in the order of the contract. */
function withSteps(
  view: AppraisalView,
  inspection: Inspection,
  speak: (saying: Saying) => string,
): ContractAppraisal['checks'] {
  const own = view.checks.map((check) => checkOf(check, inspection, speak))
  if (view.statements.length === 0) return own
  const steps = view.statements.flatMap(({ index, checks, ties }) => {
    const subject = (ties.find(({ fit }) => fit === 'matches') ?? ties.find(({ fit }) => fit === 'not-for-this'))
      ?.subject
    return checks.map((check) => ({ ...checkOf(check, inspection, speak), subject: subject ?? 0, statement: index }))
  })
  return [...own, ...steps].toSorted(
    (a, b) => a.subject - b.subject || a.layer - b.layer || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
}

function statementOf(view: StatementView): ContractStatement {
  const { index, artifact, format, issuer, about, isSigned, standing, root, madeAt, madeBy } = view
  return {
    index,
    artifact,
    format,
    issuer,
    about,
    signed: isSigned,
    standing,
    root: root.status,
    rootSpkiSha256: root.spkiSha256,
    madeAt: madeAt === null ? null : isoOf(madeAt),
    madeBy,
    claims: view.claims.map((one) => ({ ...one })),
    registers: view.registers.map((one) => ({ ...one, values: [...one.values] })),
    files: view.files.map((one) => ({ ...one })),
    ties: view.ties.map(({ subject, fit, group, counts, matches }) => ({
      subject,
      fit,
      group,
      counts,
      registers: matches.map(({ register, found, stated, isEqual }) => ({
        register,
        found,
        stated: [...stated],
        matches: isEqual,
      })),
    })),
    steps: view.checks.map(({ id, outcome }) => ({ id, outcome })),
  }
}

/** What authentic statements expect of the registers that they name. */
function statedExpectations(statements: readonly StatementView[]): ExpectationView[] {
  return statements.flatMap(({ ties, standing }) =>
    standing === 'rejected'
      ? []
      : ties.flatMap(({ matches }) =>
          matches.map(({ register, stated, isEqual }): ExpectationView => ({
            name: register,
            source: 'statement',
            value: stated.join('|'),
            recipe: null,
            matches: isEqual,
          })),
        ),
  )
}

/** Texts were named after their schemes later; the ids that programs know stay. */
function idOf({ text }: Saying): string {
  return Object.hasOwn(FORMER, text) ? (FORMER[text] ?? text) : text
}
const FORMER: Readonly<Record<string, string>> = {
  'cca.debug': 'tee.debug',
  'cca.not-anchored': 'tee.not-anchored',
  'eat.debug': 'tee.debug',
  'example.debug': 'tee.debug',
  'intel.debug': 'tee.debug',
  'jwt.debug': 'tee.debug',
  'nitro.debug': 'tee.debug',
  'psa.debug': 'tee.debug',
  'sev.debug': 'tee.debug',
  'snp.debug': 'tee.debug',
}

function changesOf(
  { changesAt }: Ahead,
  speak: (saying: Saying) => string,
): Exclude<ContractAppraisal['changesAt'], undefined> {
  if (changesAt === null) return null
  const { at, headline, ifRootTrusted, because, items } = changesAt
  return {
    at: isoOf(at),
    headline,
    ifRootTrusted,
    because: because.text,
    sentence: speak(because),
    items: [...items],
  }
}

const HASH_BY_SIZE: Readonly<Record<number, string>> = { 20: 'sha1', 32: 'sha256', 48: 'sha384', 64: 'sha512' }

function factsOf(facts: Facts, versions: Readonly<Record<string, string>> | undefined): ContractFacts {
  const { userData, nonce, deviceId, productId, madeAt, debug } = facts
  return {
    ...(userData && { userData: toHex(userData.value) }),
    ...(nonce && { nonce: toHex(nonce.value) }),
    ...(deviceId && { deviceId: toHex(deviceId.value) }),
    ...(productId !== undefined && { productId }),
    ...(madeAt && { madeAt: isoOf(madeAt.value) }),
    ...(debug && { debug: debug.value }),
    registers: facts.measurements.map(({ name, hash, value }) => ({
      name: registerName(name, hash),
      hash: hash ?? HASH_BY_SIZE[value.value.length] ?? null,
      value: toHex(value.value),
    })),
    versions: { ...versions },
  }
}

function checkOf(
  check: CheckResult,
  { artifacts }: Pick<Inspection, 'artifacts'>,
  speak: (saying: Saying) => string,
): ContractAppraisal['checks'][number] {
  return {
    id: check.id,
    layer: check.layer,
    answer: check.answer,
    weight: check.weight,
    outcome: check.outcome,
    because: idOf(check.because),
    code: check.code ?? null,
    role: check.role ?? null,
    sentence: speak(check.because),
    cites: check.cites.map((cite) => ({
      artifact: cite.artifact,
      path: cite.path,
      ranges: cite.ranges.map(({ space, start, end }) => ({ space, start, end })),
    })),
    uses: (check.uses ?? []).map((artifact) => artifacts[artifact]?.sha256 ?? ''),
    subject: check.subject,
    ...(check.found === undefined ? {} : { found: check.found }),
    ...(check.expected === undefined ? {} : { expected: check.expected }),
    ...(check.remedy === undefined ? {} : { remedy: speak(check.remedy) }),
  }
}

function answersOf(
  answers: Readonly<Record<Question, Answer>>,
  speak: (saying: Saying) => string,
): Record<Question, ContractAnswer> {
  const one = (question: Question): ContractAnswer => {
    const answer = answers[question]
    return {
      state: answer.state,
      because: idOf(answer.because),
      sentence: speak(answer.because),
      ran: answer.ran,
      of: answer.of,
      checks: [...answer.checks],
    }
  }
  return {
    genuine: one('genuine'),
    current: one('current'),
    configured: one('configured'),
    software: one('software'),
    fresh: one('fresh'),
  }
}

function vendorOf(vendor: AppraisalView['subjects'][number]['vendor']): ContractVerdict['vendor'] {
  return vendor ? { ...vendor, advisories: [...vendor.advisories] } : null
}

/** AR4SI values (draft-ietf-rats-ar4si): 2 affirming, 32 warning, 96 contraindicated, 97 unrecognised hardware, 99 cryptographic failure, 0 no claim, −1 verifier malfunction. */
function vectorOf(
  headline: Headline,
  root: RootStatus,
  decided: readonly string[],
  checks: readonly CheckResult[],
): ContractVerdict['trustVector'] {
  switch (headline) {
    case 'S6':
      return { hardware: 2, configuration: 2, executables: 2 }
    case 'S5':
      return { hardware: 2, configuration: 2, executables: 0 }
    case 'S5w':
      return checks.some((check) => decided.includes(check.id) && check.answer === 'configured')
        ? { hardware: 2, configuration: 32 }
        : { hardware: 32 }
    case 'S1':
      return { hardware: 99 }
    case 'S2':
      return { hardware: root === 'unknown' ? 97 : 0 }
    case 'S3': {
      const answer = checks.find((check) => decided.includes(check.id))?.answer
      return answer === 'configured'
        ? { configuration: 96 }
        : answer === 'software' || answer === 'fresh'
          ? { executables: 96 }
          : { hardware: 96 }
    }
    case 'SE':
      return { hardware: -1 }
    case 'S0':
      return { hardware: 1 }
    case 'S4':
    case 'SR':
    case 'SN':
      return { hardware: 0 }
  }
}

/** Every leaf and bit as one row. Bytes are printed in full up to 4 KiB, then as their length. */
export function fieldsOf(inspection: Inspection): ContractField[] {
  const rows: ContractField[] = []
  for (const artifact of inspection.artifacts) {
    const spaces = new Map(
      inspection.spaces.filter((one) => one.file === artifact.file).map((one) => [one.space.id, one.space]),
    )
    const stack: FieldNode[] = [artifact.tree]
    for (let node = stack.pop(); node; node = stack.pop()) {
      const range = node.ranges[0]
      if (range && (node.kind !== 'struct' || node.value.kind !== 'none')) {
        rows.push({
          artifact: artifact.index,
          path: node.path,
          label: node.label,
          range: [range.start, range.end],
          space: range.space,
          value: printValue(node.value, range, spaces),
          ...(node.symbol === undefined ? {} : { symbol: node.symbol }),
        })
      }
      for (let i = node.children.length - 1; i >= 0; i--) {
        const child = node.children[i]
        if (child) stack.push(child)
      }
    }
  }
  return rows
}

function printValue(value: FieldValue, range: ByteRange, spaces: ReadonlyMap<string, Space>): string {
  switch (value.kind) {
    case 'none':
      return ''
    case 'uint':
      return value.value
    case 'text':
      return value.text
    case 'time':
      return value.iso
    case 'bool':
      return String(value.value)
    case 'oid':
      return value.oid
    case 'bytes': {
      const bytes = spaces.get(range.space)?.bytes.subarray(range.start, range.end)
      return bytes && bytes.length <= 4096 ? toHex(bytes) : `${value.length} bytes`
    }
  }
}
