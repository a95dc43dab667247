import { QUESTIONS, type State, type Outcome } from '../../src/core/verdict.ts'
import type { Locale } from '../../src/core/saying.ts'
import type { ContractAppraisal } from '../../src/engine/contract.ts'
import { hasExpectations } from './contents.ts'
import { policyLines } from './policy-lines.ts'
import type { Policy } from '../../src/core/policy.ts'
import { rangeText } from '../text/numbers.ts'
import { visible } from '../text/hostile.ts'
import { filled, type Params } from '../text/say.ts'
import { isPartly, verdictWord } from '../case/marks.ts'
import { caseWords } from '../case/words.ts'
import { reportWords } from './report-words.ts'
import { shareWords } from './words.ts'

/** A report in one language: what the page shows, prints and writes as Markdown. Text only; nothing in it is markup. */
export interface Report {
  readonly title: string
  /** Stands over everything: no hardware was involved. */
  readonly strip?: string
  readonly headline: string
  readonly facts: readonly (readonly [label: string, value: string])[]
  readonly sections: readonly Section[]
}

export interface Section {
  readonly id:
    | 'subjects'
    | 'alone'
    | 'answers'
    | 'to-do'
    | 'left'
    | 'not-proved'
    | 'not-judged'
    | 'checks'
    | 'open'
    | 'missing'
    | 'files'
    | 'problems'
    | 'collateral'
    | 'anchors'
    | 'statements'
    | 'expectations'
    | 'by-hand'
  readonly title: string
  readonly lead?: string
  readonly head?: readonly string[]
  readonly rows?: readonly (readonly string[])[]
  readonly list?: readonly string[]
  readonly code?: string
}

/** What the appraisal does not know about how it was asked for. */
export interface ReportContext {
  readonly files: readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
  readonly policy: Policy
  readonly isEdited: boolean
  /** Made by this page itself: the verdict is what its root would give it, and the report says so on top. */
  readonly isDemonstration?: boolean
  /** Headline of the record, where the report speaks of another. */
  readonly recorded?: string
  /** Whose root the evidence hangs on: several anchors can have the same status. */
  readonly rootHolder: string
  /** What a root is for, by the digest of its key, where its holder has several. */
  readonly rootScopes: Readonly<Record<string, string>>
  /** What each artifact is, in the reader's words, by its index; the id of its format where there is none. */
  readonly titles?: readonly string[]
  /** What each wish is for, in the reader's words, in their order. */
  readonly wishes?: readonly string[]
  /** Names a country for its reader. */
  readonly countryOf?: (code: string) => string
  /** Looks up a text of the engine, for the checks' questions. */
  readonly text: (id: string) => string | undefined
}

/** Most characters of a value from evidence in a table cell. */
const CELL = 400

type Words = (key: keyof (typeof reportWords)['en'], params?: Params) => string

/** Whether there was anything to appraise. */
function isAppraised({ subjects: all, checks: ran }: ContractAppraisal): boolean {
  return all.length > 0 || ran.length > 0
}

/** Whether a check was asked and came to nothing. */
function isOpen(outcome: string): boolean {
  return outcome === 'not-checked' || outcome === 'unsupported' || outcome === 'error'
}

/** The report of an appraisal. */
export function reportOf(appraisal: ContractAppraisal, context: ReportContext, locale: Locale): Report {
  const w: Words = (key, params) => filled(reportWords[locale][key], params)
  return {
    title: w('title'),
    ...(context.isDemonstration === true ? { strip: w('demonstration') } : {}),
    headline: shown(appraisal.sentence),
    facts: factsOf(appraisal, context, locale, w),
    sections: [
      ...subjects(appraisal, context, w),
      // What no question was asked of would be rows without a word.
      ...(isAppraised(appraisal) ? [answers(appraisal, w)] : []),
      ...alone(appraisal, w),
      ...toDo(appraisal, w),
      ...left(appraisal, w),
      ...listed('not-proved', w('notProved'), appraisal.doesNotProve),
      ...listed(
        'not-judged',
        w('notJudged'),
        appraisal.notJudged.map(({ what, because }) => `${what} ${because}`),
      ),
      ...statements(appraisal, w),
      ...(isAppraised(appraisal) ? [checks(appraisal, context, w)] : []),
      open(appraisal, context, w),
      ...missing(appraisal, context, w),
      files(context, appraisal, w),
      ...problems(appraisal, w),
      ...collateral(appraisal, context, w),
      ...anchors(appraisal, context, w),
      ...expectations(context.policy, locale, w),
      byHand(appraisal, context, w),
    ],
  }
}

function factsOf(
  appraisal: ContractAppraisal,
  { isEdited, rootHolder, recorded, text }: ReportContext,
  locale: Locale,
  w: Words,
): Report['facts'] {
  return [
    [
      w('code'),
      legend(recorded ?? appraisal.headline, appraisal, locale, w) +
        (appraisal.ifRootTrusted === null
          ? ''
          : w('bracketed', {
              text: `${w('ifRoot')}${w('colon')}${legend(appraisal.ifRootTrusted, appraisal, locale, w)}`,
            })),
    ],
    [w('asOf'), appraisal.at + w('bracketed', { text: w(`source.${appraisal.atSource}`) })],
    [
      w('root'),
      w(`root.${appraisal.root}`) +
        (rootHolder !== '' && appraisal.root !== 'unknown' && appraisal.root !== 'none'
          ? w('comma') + shown(text(`root.holder.${rootHolder}`) ?? rootHolder)
          : ''),
    ],
    [w('engine'), appraisal.engine],
    [w('id'), appraisal.id],
    ...(isEdited ? [[w('edited'), w('editedWhy')] as const] : []),
  ]
}

/** A headline's code, with what it stands for. */
function legend(code: string, appraisal: ContractAppraisal, locale: Locale, w: Words): string {
  const said = HEADLINES.find((known) => known === code)
  if (!said) return code
  const word = verdictWord(said, appraisal.answers.current)
  return `${code}${w('colon')}${filled(caseWords[locale][word], {})}`
}
const HEADLINES = ['S0', 'SN', 'S1', 'S2', 'S3', 'S4', 'S5', 'S5w', 'S6', 'SE', 'SR'] as const

/** Each piece of evidence with its own verdict, where there are several. */
function subjects(appraisal: ContractAppraisal, { titles }: ReportContext, w: Words): Section[] {
  if (appraisal.subjects.length < 2) return []
  return [
    {
      id: 'subjects',
      title: w('subjects'),
      head: [w('evidence'), w('format'), w('code'), w('because')],
      rows: appraisal.subjects.map((subject, index) => [
        evidenceName(appraisal, index),
        shown(titles?.[subject.artifact] ?? subject.format),
        subject.headline,
        shown(subject.sentence),
      ]),
    },
  ]
}

function evidenceName(appraisal: ContractAppraisal, index: number): string {
  const artifact = appraisal.artifacts.find((one) => one.index === appraisal.subjects[index]?.artifact)
  return `#${index + 1} ${shown(artifact?.name ?? '')}`
}

/** A last column that says which evidence a row is about, where there are several. */
function ofEvidence(appraisal: ContractAppraisal, index: number): readonly string[] {
  return appraisal.subjects.length > 1 ? [evidenceName(appraisal, index)] : []
}

function answers(appraisal: ContractAppraisal, w: Words): Section {
  return {
    id: 'answers',
    title: w('answers'),
    head: [w('question'), w('answer'), w('because'), w('ran')],
    rows: QUESTIONS.map((question) => {
      const one = appraisal.answers[question]
      return [
        w(question),
        w(isPartly(one) ? 'state.not-fully' : stateWord(one.state)),
        shown(one.sentence),
        `${one.ran} / ${one.of}`,
      ]
    }),
  }
}

/** Supporting files without evidence: how each stands by itself. */
function alone(appraisal: ContractAppraisal, w: Words): Section[] {
  if (isAppraised(appraisal)) return []
  const rows = appraisal.artifacts.flatMap(({ name, standing }) =>
    (standing?.checks ?? []).map((check) => [shown(name), w(outcomeWord(check.outcome)), shown(check.sentence)]),
  )
  return rows.length === 0
    ? []
    : [
        {
          id: 'alone',
          title: w('alone'),
          lead: w('aloneLead'),
          head: [w('file'), w('outcome'), w('because')],
          rows,
        },
      ]
}

/** Whose word a register's value is: each statement, how far its steps hold, and which registers it names with the value that was signed. */
function statements(appraisal: ContractAppraisal, w: Words): Section[] {
  if (appraisal.statements.length === 0) return []
  return [
    {
      id: 'statements',
      title: w('statements'),
      lead: w('statementsLead'),
      head: [w('signer'), w('standing'), w('root'), w('signedAt'), w('steps'), w('equalRegisters')],
      rows: appraisal.statements.map((one) => {
        const asked = one.steps.filter(({ outcome }) => outcome !== 'not-applicable')
        const equal = one.ties.flatMap(({ fit, group, registers }) =>
          registers.flatMap(({ register, matches }) =>
            fit === 'matches' && matches ? [group === null || group === '' ? register : `${register} (${group})`] : [],
          ),
        )
        return [
          shown([one.issuer, one.about].filter((part) => part !== '').join(' ')),
          w(`standing.${one.standing}`),
          w(`root.${one.root}`),
          one.madeAt ?? '',
          `${asked.filter(({ outcome }) => outcome === 'pass').length} / ${asked.length}`,
          shown([...new Set(equal)].join(', ')),
        ]
      }),
    },
  ]
}

const FINDINGS = ['fail', 'warn']

/** What does not hold, and what there is to do about it. */
function toDo(appraisal: ContractAppraisal, w: Words): Section[] {
  const found = appraisal.checks.filter((check) => check.weight === 'decides' && FINDINGS.includes(check.outcome))
  if (found.length === 0) return []
  return [
    {
      id: 'to-do',
      title: w('toDo'),
      head: [w('outcome'), w('because'), w('todo')],
      rows: worstFirst(found).map((check) => [
        w(outcomeWord(check.outcome)),
        shown(check.sentence),
        shown(check.remedy ?? ''),
      ]),
    },
  ]
}

/** What stayed open, in few words; the table of checks follows below. */
function left(appraisal: ContractAppraisal, w: Words): Section[] {
  const sentences = appraisal.checks
    .filter((check) => check.weight === 'decides' && isOpen(check.outcome))
    .map((check) => check.sentence)
  return listed('left', w('left'), [...new Set(sentences)])
}

const ORDER = ['fail', 'error', 'warn', 'pass']

/** Of each piece of evidence what accuses comes before what holds; otherwise in the order of the appraisal. */
function worstFirst<T extends ContractAppraisal['checks'][number]>(all: readonly T[]): readonly T[] {
  const rank = ({ outcome, weight }: T) => ORDER.indexOf(outcome) + (weight === 'notes' ? ORDER.length : 0)
  return all.toSorted((a, b) => a.subject - b.subject || rank(a) - rank(b))
}

const stateWord = (state: State) => `state.${state}` as const
const outcomeWord = (outcome: string) => `outcome.${outcome as Outcome}` as const

function checkRow(check: ContractAppraisal['checks'][number], { text }: ReportContext, w: Words): readonly string[] {
  // A note never moves an answer, so it is no known issue either: the verdict calls it a note too.
  const isRemark = check.weight === 'notes' && (check.outcome === 'warn' || check.outcome === 'fail')
  return [
    w(isRemark ? 'outcome.note' : outcomeWord(check.outcome)),
    check.id,
    shown(text(`${check.id}.question`) ?? ''),
    shown(check.sentence),
    shown(oneLine(check.found)),
    shown(oneLine(check.expected)),
    placeOf(check),
  ]
}

/** Lines of our own making, as one line: shown as they are, their ends would look like hidden characters. */
function oneLine(value: string | undefined): string {
  return (value ?? '').replaceAll('\n', '; ')
}

function placeOf(check: ContractAppraisal['checks'][number]): string {
  return check.cites
    .slice(0, 3)
    .map((cite) => {
      const range = cite.ranges[0]
      return shown(
        `#${cite.artifact} ${cite.path}${range ? ` ${range.space === '' ? '' : `${range.space} `}${rangeText(range.start, range.end)}` : ''}`,
      )
    })
    .join('; ')
}

function checks(appraisal: ContractAppraisal, context: ReportContext, w: Words): Section {
  const ran = appraisal.checks.filter((check) => !isOpen(check.outcome) && check.outcome !== 'not-applicable')
  const idle = appraisal.checks.filter((check) => check.outcome === 'not-applicable')
  return {
    id: 'checks',
    title: w('checks'),
    lead: w('checksLead', { ran: ran.length, of: appraisal.checks.length, idle: idle.length }),
    head: [...checkHead(w), ...(appraisal.subjects.length > 1 ? [w('evidence')] : [])],
    rows: worstFirst(ran).map((check) => [...checkRow(check, context, w), ...ofEvidence(appraisal, check.subject)]),
  }
}

const checkHead = (w: Words) => [
  w('outcome'),
  w('check'),
  w('question'),
  w('because'),
  w('found'),
  w('expected'),
  w('bytes'),
]

function open(appraisal: ContractAppraisal, context: ReportContext, w: Words): Section {
  const rows = appraisal.checks.filter((check) => isOpen(check.outcome))
  return {
    id: 'open',
    title: w('open'),
    lead: !isAppraised(appraisal)
      ? w('openNothing')
      : rows.length === 0
        ? w('openNone')
        : w('openLead', { count: rows.length }),
    ...(rows.length > 0
      ? {
          head: [
            w('outcome'),
            w('check'),
            w('question'),
            w('because'),
            w('todo'),
            ...(appraisal.subjects.length > 1 ? [w('evidence')] : []),
          ],
          rows: rows.map((check) => [
            w(outcomeWord(check.outcome)),
            check.id,
            shown(context.text(`${check.id}.question`) ?? ''),
            shown(check.sentence),
            shown(check.remedy ?? ''),
            ...ofEvidence(appraisal, check.subject),
          ]),
        }
      : {}),
  }
}

function missing(appraisal: ContractAppraisal, { wishes }: ReportContext, w: Words): Section[] {
  if (appraisal.wishes.length === 0) return []
  return [
    {
      id: 'missing',
      title: w('missing'),
      head: [w('kind'), w('where')],
      rows: appraisal.wishes.map((wish, index) => [
        shown(wishes?.[index] ?? `${wish.kind} ${wish.key}`),
        wish.urls.map(shown).join(' '),
      ]),
    },
  ]
}

function files({ files: given, titles }: ReportContext, appraisal: ContractAppraisal, w: Words): Section {
  return {
    id: 'files',
    title: w('files'),
    head: [w('file'), w('size'), 'SHA-256', w('format')],
    rows: given.map((file) => {
      const artifact = appraisal.artifacts.find((one) => one.parent === null && one.sha256 === file.sha256)
      return [
        shown(file.name),
        String(file.size),
        file.sha256,
        shown((artifact && titles?.[artifact.index]) ?? artifact?.format ?? w('noFormat')),
      ]
    }),
  }
}

function problems(appraisal: ContractAppraisal, w: Words): Section[] {
  const all = appraisal.artifacts.flatMap((artifact) =>
    artifact.problems.map(
      (problem) =>
        `${artifact.name}${w('comma')}${rangeText(problem.range[0], problem.range[1])}${w('colon')}${problem.sentence}`,
    ),
  )
  return listed('problems', w('problems'), all.slice(0, 100))
}

function collateral(appraisal: ContractAppraisal, { titles }: ReportContext, w: Words): Section[] {
  if (appraisal.collateral.length === 0) return []
  return [
    {
      id: 'collateral',
      title: w('collateral'),
      head: [w('use'), w('kind'), w('for'), w('origin'), w('from'), w('to'), 'SHA-256', w('because')],
      rows: appraisal.collateral.map((one) => [
        w(`use.${one.use as 'used' | 'superseded' | 'rejected' | 'not-for-this'}`),
        shown(titles?.[appraisal.artifacts.find(({ sha256 }) => sha256 === one.sha256)?.index ?? -1] ?? one.kind),
        shown(one.key),
        w(`origin.${one.origin as 'embedded' | 'bundled' | 'dropped' | 'fetched'}`),
        shown(one.from ?? ''),
        shown(one.to ?? ''),
        one.sha256,
        shown(one.sentence),
      ]),
    },
  ]
}

function anchors(appraisal: ContractAppraisal, { text, rootScopes, countryOf }: ReportContext, w: Words): Section[] {
  if (appraisal.anchors.length === 0) return []
  const scopeOf = (key: string) => {
    const scope = rootScopes[key]
    return scope === undefined ? [] : [text(`root.scope.${scope}`) ?? scope]
  }
  return [
    {
      id: 'anchors',
      title: w('anchors'),
      head: [w('status'), w('holder'), w('country'), w('purpose'), w('keySha256')],
      rows: appraisal.anchors.map((anchor) => [
        w(`root.${anchor.status}`),
        [text(`root.holder.${anchor.holder}`) ?? anchor.holder, ...scopeOf(anchor.spkiSha256)]
          .map(shown)
          .join(w('comma')),
        shown(countryOf?.(anchor.country) ?? anchor.country),
        purposeOf(anchor.purpose, w),
        anchor.spkiSha256,
      ]),
    },
  ]
}

const PURPOSES = ['evidence', 'reference-values', 'revocation', 'service-token'] as const

/** What a root is for; a word that only a policy knows stays as it was given. */
function purposeOf(given: string, w: Words): string {
  const known = PURPOSES.find((purpose) => purpose === given)
  return known ? w(`purpose.${known}`) : shown(given)
}

function expectations(policy: Policy, locale: Locale, w: Words): Section[] {
  if (!hasExpectations(policy)) return [{ id: 'expectations', title: w('expectations'), lead: w('expectationsNone') }]
  return [
    {
      id: 'expectations',
      title: w('expectations'),
      head: [w('rule'), w('value')],
      rows: policyLines(policy).map((line) => [
        shown(filled(shareWords[locale][line.word], { name: line.name })),
        shown(line.value),
      ]),
    },
  ]
}

function byHand(appraisal: ContractAppraisal, { files: given, policy }: ReportContext, w: Words): Section {
  const has = hasExpectations(policy)
  const names = given.map((file, index) => plainName(file.name, index)).join(' ')
  const command = `npm run -s appraise -- ${has ? '--policy policy.json ' : ''}--at ${appraisal.at} ${names}`
  return {
    id: 'by-hand',
    title: w('again'),
    lead: w('againLead'),
    // A quoted end mark: the shell takes every line before it as it is.
    code: has ? `cat > policy.json <<'END'\n${policyText(policy)}\nEND\n${command}` : command,
  }
}

/** The expectations as the command line reads them, on one line; what could be markup in a value, or hide, is written as an escape. */
function policyText(policy: Policy): string {
  return JSON.stringify(policy).replace(
    /[^\x20-\x7e]|[<>()/&`*|#!'$~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A name that a shell takes as it is; a placeholder for others, so that no name runs as a command. */
function plainName(name: string, index: number): string {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/.test(name) ? name : `FILE_${index + 1}`
}

function listed(id: Section['id'], title: string, items: readonly string[]): Section[] {
  return items.length === 0 ? [] : [{ id, title, list: items.map(shown) }]
}

/** Text that somebody else may have written: nothing hidden, on one line, not endless. */
function shown(text: string): string {
  const whole = visible(text)
  return whole.length > CELL ? `${whole.slice(0, CELL)}… (${text.length})` : whole
}

/** The report as Markdown (GitHub's tables). Every value is escaped: evidence cannot write headings, links, images or markup. */
export function toMarkdown(report: Report): string {
  const out = [
    `# ${escaped(report.title)}`,
    '',
    ...(report.strip === undefined ? [] : [`> **${escaped(report.strip)}**`, '']),
    `**${escaped(report.headline)}**`,
    '',
    ...report.facts.map(([label, value]) => `- ${escaped(label)}: ${escaped(value)}`),
  ]
  for (const section of report.sections) {
    out.push('', `## ${escaped(section.title)}`)
    if (section.lead !== undefined) out.push('', paragraph(section.lead))
    if (section.head && section.rows)
      out.push(
        '',
        row(section.head),
        row(
          section.head.map(() => '---'),
          false,
        ),
        ...section.rows.map((cells) => row(cells)),
      )
    if (section.list) out.push('', ...section.list.map((item) => `- ${paragraph(item)}`))
    if (section.code !== undefined) out.push('', ...section.code.split('\n').map((line) => `    ${line}`))
  }
  return `${out.join('\n')}\n`
}

function row(cells: readonly string[], isText = true): string {
  return `| ${cells.map((cell) => (isText ? escaped(cell) : cell)).join(' | ')} |`
}

/** A plain address: shown as code, so that nothing becomes a link by itself and it can still be copied. */
const ADDRESS = /^https?:\/\/[A-Za-z0-9._~:/?=&%+-]+$/

/** Characters that mean something in Markdown or HTML, each behind a backslash or as an entity. */
function escaped(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .split(' ')
    .map((word) => (ADDRESS.test(word) ? `\`${word}\`` : escapedWord(word)))
    .join(' ')
}

function escapedWord(word: string): string {
  return word
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#!|~$]/g, '\\$&')
    .replaceAll('://', '&#58;//')
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}\\.`)
}

/** Text at the start of a line, where a dash or a number would begin a list. */
function paragraph(text: string): string {
  return escaped(text)
    .replace(/^[-=+]/, '\\$&')
    .replace(/^(\d+)\./, '$1\\.')
}
