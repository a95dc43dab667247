import type { AppraisalView } from '../../src/engine/api.ts'
import type { ContractAppraisal } from '../../src/engine/contract.ts'
import type { Locale, Saying } from '../../src/core/saying.ts'
import { QUESTIONS, type Outcome, type Question, type State } from '../../src/core/verdict.ts'

/** The appraisal as text for a terminal: headline, five answers, every check that did not pass, what to add, what this does not prove. */
export function readable(
  view: AppraisalView,
  contract: ContractAppraisal,
  speak: (saying: Saying) => string,
  locale: Locale,
): string {
  const words = WORDS[locale]
  const lines: string[] = [
    `${contract.headline}  ${contract.sentence}`,
    `${words.asOf} ${contract.at} (${words[contract.atSource]}) · ${words.root}: ${contract.root}${view.root.holder === '' ? '' : ` (${view.root.holder})`}`,
  ]
  if (contract.ifRootTrusted !== null) lines.push(`${words.ifRoot}: ${contract.ifRootTrusted}`)
  if (contract.error) lines.push(contract.error.message)
  lines.push('')
  for (const artifact of contract.artifacts) {
    const indent = '  '.repeat(depthOf(contract, artifact.index))
    lines.push(
      `${indent}${artifact.name}: ${artifact.format ?? words.unknown}, ${artifact.size} ${words.bytes}${artifact.unwrapped.length === 0 ? '' : ` (${artifact.unwrapped.join(' → ')})`}`,
    )
    const told = [...new Set(artifact.problems.map((problem) => problem.sentence))]
    lines.push(
      ...told.slice(0, PROBLEMS).map((sentence) => `${indent}  ! ${sentence}`),
      ...(told.length > PROBLEMS ? [`${indent}  ! ${words.more(told.length - PROBLEMS)}`] : []),
    )
  }
  for (const subject of view.subjects) {
    lines.push(
      '',
      view.subjects.length > 1
        ? `── ${contract.artifacts[subject.artifact]?.name ?? ''} · ${subject.format} · ${subject.headline}`
        : '──',
    )
    for (const question of QUESTIONS) {
      const answer = subject.answers[question]
      lines.push(
        `${mark(answer.state)} ${words.questions[question]}  ${speak(answer.because)}  [${answer.ran}/${answer.of}]`,
      )
    }
    lines.push('')
    for (const check of view.checks.filter(
      (one) => one.subject === subject.index && one.outcome !== 'not-applicable',
    )) {
      lines.push(
        `  ${outcomeMark(check.outcome)} ${check.id}${check.weight === 'notes' ? ` (${words.note})` : ''}: ${speak(check.because)}`,
      )
      if (check.outcome !== 'pass') {
        if (check.found !== undefined) lines.push(`      ${words.found} ${check.found.replaceAll('\n', '\n        ')}`)
        if (check.expected !== undefined)
          lines.push(`      ${words.expected} ${check.expected.replaceAll('\n', '\n        ')}`)
        if (check.remedy !== undefined) lines.push(`      → ${speak(check.remedy)}`)
      }
    }
  }
  if (contract.collateral.length > 0) {
    lines.push('', words.collateral)
    for (const item of contract.collateral)
      lines.push(
        `  ${item.use}: ${item.kind} ${item.key} (${item.origin}${item.from === null ? '' : `, ${item.from} – ${item.to ?? ''}`}): ${item.sentence}`,
      )
  }
  if (contract.wishes.length > 0) {
    lines.push('', words.wishes)
    for (const wish of contract.wishes) lines.push(`  ${wish.kind} ${wish.key}`, `    ${wish.curl}`)
  }
  if (contract.doesNotProve.length > 0)
    lines.push('', words.limits, ...contract.doesNotProve.map((sentence) => `  · ${sentence}`))
  if (contract.notJudged.length > 0)
    lines.push('', words.notJudged, ...contract.notJudged.map(({ what, because }) => `  · ${what} ${because}`))
  // Evidence may hold line breaks: it must not write lines of its own. Those of tables are followed by their indent.
  return `${lines.map((line) => printableText(line.replace(/\n(?! {8})/g, '⟨U+000A⟩'))).join('\n')}\n`
}

/** Oddities of an artifact that are printed; the rest is in --json. */
const PROBLEMS = 4

function depthOf(contract: ContractAppraisal, index: number): number {
  const parent = contract.artifacts[index]?.parent
  return parent === null || parent === undefined || parent >= index ? 0 : 1 + depthOf(contract, parent)
}

/** Control and bidirectional characters from evidence must not drive the terminal. */
export function printableText(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  )
}

function mark(state: State): string {
  switch (state) {
    case 'holds':
      return '✔'
    case 'warns':
      return '▲'
    case 'fails':
      return '✘'
    case 'not-checked':
      return '◌'
    case 'not-applicable':
      return '–'
  }
}

function outcomeMark(outcome: Outcome): string {
  switch (outcome) {
    case 'pass':
      return '✔'
    case 'warn':
      return '▲'
    case 'fail':
      return '✘'
    case 'not-checked':
      return '◌'
    case 'not-applicable':
      return '–'
    case 'unsupported':
      return '◇'
    case 'error':
      return '□'
  }
}

interface Words {
  readonly asOf: string
  readonly now: string
  readonly given: string
  readonly evidence: string
  readonly root: string
  readonly ifRoot: string
  readonly unknown: string
  readonly bytes: string
  readonly note: string
  readonly found: string
  readonly expected: string
  readonly collateral: string
  readonly wishes: string
  readonly limits: string
  readonly notJudged: string
  readonly more: (count: number) => string
  readonly questions: Readonly<Record<Question, string>>
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    asOf: 'as of',
    now: 'now',
    given: 'chosen',
    evidence: 'the evidence’s own time',
    root: 'root',
    ifRoot: 'if that root were yours to rely on',
    unknown: 'not recognised',
    bytes: 'bytes',
    note: 'note',
    found: 'found   ',
    expected: 'expected',
    collateral: 'Collateral',
    wishes: 'What would let more checks run',
    limits: 'What this does not prove',
    notJudged: 'Read, and not judged here',
    more: (count) => `and ${count} more (see --json)`,
    questions: {
      genuine: 'Genuine?',
      current: 'Up to date?',
      configured: 'Configured safely?',
      software: 'The software you expect?',
      fresh: 'Fresh, and meant for you?',
    },
  },
  zh: {
    asOf: '截至',
    now: '现在',
    given: '指定时刻',
    evidence: '证据自身的时间',
    root: '信任根',
    ifRoot: '若采信该根',
    unknown: '无法识别',
    bytes: '字节',
    note: '备注',
    found: '实际',
    expected: '预期',
    collateral: '验证辅助材料',
    wishes: '补充以下材料可以运行更多检查',
    limits: '这不能证明什么',
    notJudged: '已读取，但不作判断',
    more: (count) => `另有 ${count} 处（见 --json）`,
    questions: {
      genuine: '是真的吗？',
      current: '是最新的吗？',
      configured: '配置安全吗？',
      software: '是您预期的软件吗？',
      fresh: '够新鲜，而且是给您的吗？',
    },
  },
}
