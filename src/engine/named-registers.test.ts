import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import type { Register } from '../core/scheme.ts'
import type { Statement } from '../core/statement.ts'
import { standIn } from '../testing/stand-in.ts'
import type { OpenArtifact } from './case.ts'
import { expectations, type ExpectationInput } from './expectations.ts'
import type { LogFindings } from './log-replays.ts'
import type { Run } from './run-subject.ts'
import { statementMatches, type StatementRun } from './statements.ts'

/** Registers of one name in two banks, and statements of which some part only deserves a remark: what was compared counts, and nothing beside it. */

const LOGS: LogFindings = { checks: [], lent: [], digests: [], withheld: [] }
const SHORT = '11'.repeat(20)
const LONG = '22'.repeat(32)

const located = (hex: string) => ({ path: '', ranges: [], value: Uint8Array.from(Buffer.from(hex, 'hex')) })
const pcr = (name: string, hash: 'sha1' | 'sha256', hex: string): Register => ({
  name,
  hash,
  identity: true,
  value: located(hex),
})
const SHA1 = pcr('PCR0', 'sha1', SHORT)
const SHA256 = pcr('PCR0', 'sha256', LONG)
const ORDERS = [
  [SHA1, SHA256],
  [SHA256, SHA1],
]

function runOf(measurements: readonly Register[], file: number): Run {
  const artifact = { ...standIn({ measurements }), file } as unknown as OpenArtifact
  return { artifact, prepared: undefined, checks: [], anchors: [] }
}

/** What the software check comes to beside a list of the reader's own that states these values. */
function beside(
  measurements: readonly Register[],
  stated: Statement['groups'][number]['values'],
  policy = NO_POLICY,
  rootless = false,
) {
  const subject = runOf(measurements, 0)
  const statement: Statement = {
    issuer: 'list',
    about: '',
    isSigned: false,
    groups: [{ name: '', values: stated }],
    files: [],
    claims: [],
  }
  const one: StatementRun = { run: runOf([], 1), standing: 'unsigned', statement }
  const said = statementMatches(subject, 0, [], LOGS, stated.length > 0 ? [one] : [])
  const input: ExpectationInput = {
    subject: subject.artifact,
    policy,
    sources: {},
    at: 0,
    bound: [],
    unbound: [],
    rootless,
    comparesMinimumTcb: false,
    made: { nonce: [], reportData: [] },
    committed: [],
    logs: LOGS,
    stated: said.stated,
  }
  const found = expectations.find(({ id }) => id === 'software.registers-match')?.run(input)
  return { fits: said.ties.map(({ fit }) => fit), outcome: found?.outcome, because: found?.because.text }
}

describe.each(ORDERS)('a name that stands for two banks', (...banks) => {
  it('is, in a statement, the bank that the value could be of, and the other bank stays open', () => {
    for (const one of [SHA1, SHA256])
      expect(beside(banks, [{ register: 'PCR0', values: [one.value] }])).toEqual({
        fits: ['matches'],
        outcome: 'not-checked',
        because: 'expect.registers-partial-stated',
      })
  })
  it('is met by both', () => {
    const both = [SHA1, SHA256].map(({ value }) => ({ register: 'PCR0', values: [value] }))
    expect(beside(banks, both).outcome).toBe('pass')
  })
  it('is, where the reader expects it, the bank of the value’s length: the right value of another bank accuses nobody', () => {
    for (const [hex, outcome] of [
      [SHORT, 'not-checked'],
      [LONG, 'not-checked'],
      ['33'.repeat(20), 'fail'],
      ['33'.repeat(32), 'fail'],
      ['33'.repeat(48), 'fail'],
    ] as const)
      expect(beside(banks, [], { ...NO_POLICY, registers: { PCR0: [hex] } }).outcome).toBe(outcome)
  })
})

it('a register that differs, though only a remark is due for it, was not compared equal', () => {
  const registers = [pcr('PCR4', 'sha256', LONG), pcr('PCR7', 'sha256', LONG)]
  const four = { register: 'PCR4', values: [located(LONG)] }
  const seven = { register: 'PCR7', values: [located('33'.repeat(32))], isRemark: true }
  expect(beside(registers, [four, seven])).toEqual({
    fits: ['matches'],
    outcome: 'not-checked',
    because: 'expect.registers-partial-stated',
  })
})

it('of evidence that hangs on no root and is tied to nothing, equal registers prove nothing', () => {
  const policy = { ...NO_POLICY, registers: { PCR0: [LONG] } }
  expect(beside([SHA256], [], policy)).toMatchObject({ outcome: 'pass' })
  expect(beside([SHA256], [], policy, true)).toMatchObject({ outcome: 'not-checked', because: 'expect.unbound' })
  expect(beside([SHA256], [], { ...NO_POLICY, registers: { PCR0: ['33'.repeat(32)] } }, true).outcome).toBe('fail')
})
