import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, isAbsolute, relative, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { AppraisalView, AppraiseOptions, InputFile } from '../../src/engine/api.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { textsFor } from '../../src/engine/catalogue.ts'
import { speaker, toContract, type ContractAppraisal } from '../../src/engine/contract.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { exitCode } from '../../src/engine/judge.ts'
import { readPolicy } from '../../src/engine/policy.ts'
import type { Policy } from '../../src/core/policy.ts'
import { NO_POLICY } from '../../src/core/policy.ts'
import type { Locale, Saying, TextTable } from '../../src/core/saying.ts'
import { parseArguments, USAGE, type Arguments } from './arguments.ts'
import { readable } from './readable.ts'

/** The command line: files in, one appraisal out; or a file of cases in, one line each out. Returns the exit code. */

const EXIT_USAGE = 64
const EXIT_TOOL_FAILED = 4
/** Same limit as the page: larger files are not parsed. */
const LARGEST_FILE = 16 * 1024 * 1024

export async function main(argv: readonly string[]): Promise<number> {
  const parsed = parseArguments(argv)
  if (parsed.kind === 'help') { process.stdout.write(`${USAGE}\n`); return 0 }
  if (parsed.kind === 'wrong') { process.stderr.write(`${parsed.message}\n\n${USAGE}\n`); return EXIT_USAGE }
  const policy = parsed.policy === undefined ? { policy: NO_POLICY } : await policyFrom(parsed.policy)
  if ('wrong' in policy) { process.stderr.write(`${policy.wrong}\n`); return EXIT_USAGE }
  return parsed.cases === undefined ? oneCase(parsed, policy.policy) : manyCases(parsed, parsed.cases, policy.policy)
}

async function policyFrom(path: string): Promise<{ policy: Policy } | { wrong: string }> {
  let text: string
  try { text = await readFile(path, 'utf8') } catch { return { wrong: `policy file cannot be read: ${path}` } }
  return policyOf(text)
}

function policyOf(text: string): { policy: Policy } | { wrong: string } {
  let value: unknown
  try { value = JSON.parse(text) } catch (thrown) { return { wrong: `policy is not JSON: ${String(thrown)}` } }
  const read = readPolicy(value)
  return read.policy ? { policy: read.policy } : { wrong: `policy: ${read.wrong.join('; ')}` }
}

async function oneCase(args: Arguments, policy: Policy): Promise<number> {
  const files: InputFile[] = []
  for (const path of args.files) {
    const read = await readInput(path)
    if ('wrong' in read) { process.stderr.write(`${read.wrong}\n`); return EXIT_USAGE }
    files.push(read.file)
  }
  const result = await run(files, args.at, policy, args)
  process.stdout.write(args.json ? `${JSON.stringify(result.contract, null, 2)}\n` : readable(result.view, result.contract, result.speak, args.lang))
  return codeOf(result.contract, policy, args)
}

async function readInput(path: string): Promise<{ file: InputFile } | { wrong: string }> {
  try {
    const info = await stat(path)
    if (info.isDirectory()) return { wrong: `${path} is a folder; name the files in it` }
    if (info.size > LARGEST_FILE) return { wrong: `${path} has ${info.size} bytes; at most ${LARGEST_FILE} are read` }
    return { file: { name: basename(path), bytes: new Uint8Array(await readFile(path)) } }
  } catch { return { wrong: `${path} cannot be read` } }
}

interface Result { readonly contract: ContractAppraisal; readonly view: AppraisalView; readonly speak: (saying: Saying) => string }

async function run(files: readonly InputFile[], when: Arguments['at'], policy: Policy, args: Pick<Arguments, 'lang' | 'fields'>): Promise<Result> {
  const started = performance.now()
  const inspection = await inspect(files)
  const view = await appraise(files, { ...instant(when, inspection.evidenceTime), policy })
  const ms = Math.round((performance.now() - started) * 100) / 100
  const speak = speaker(await texts(inspection.artifacts.flatMap((artifact) => (artifact.scheme === null ? [] : [artifact.scheme])), args.lang))
  return { contract: toContract(view, inspection, speak, { ms, fields: args.fields }), view, speak }
}

const spoken = new Map<string, Promise<TextTable>>()
function texts(schemes: readonly string[], locale: Locale): Promise<TextTable> {
  const wanted = [...new Set(schemes)].sort()
  const key = [locale, ...wanted].join(' ')
  const known = spoken.get(key) ?? textsFor(wanted, locale)
  spoken.set(key, known)
  return known
}

function instant(when: Arguments['at'], evidenceTime: number | null): Pick<AppraiseOptions, 'at' | 'atSource'> {
  if (when.kind === 'given') return { at: when.at, atSource: 'given' }
  if (when.kind === 'evidence' && evidenceTime !== null) return { at: evidenceTime, atSource: 'evidence' }
  return { at: Math.floor(Date.now() / 1000) * 1000, atSource: 'now' }
}

/** Exit code of one case: the headline's, unless the policy accepts each warning or `--require` asks for more. */
function codeOf(contract: ContractAppraisal, policy: Policy, args: Pick<Arguments, 'require' | 'trustAdded'>): number {
  const headline = args.trustAdded && contract.root === 'added' && contract.ifRootTrusted !== null ? contract.ifRootTrusted : contract.headline
  const base = exitCode(headline)
  if (base !== 0 && !(base === 5 && accepted(contract, policy))) return base
  const hollow = args.require.some((question) => contract.answers[question].state !== 'holds')
  return hollow ? 2 : 0
}

/** A warning is accepted only by name: the TCB status and each advisory listed in the policy, and no other warning. */
function accepted(contract: ContractAppraisal, policy: Policy): boolean {
  const warnings = contract.checks.filter((check) => check.weight === 'decides' && check.outcome === 'warn')
  return contract.subjects.every((subject) => {
    const status = subject.vendor?.tcbStatus
    if (typeof status !== 'string') return subject.headline !== 'S5w'
    return (policy.acceptTcbStatus ?? []).includes(status) && (subject.vendor?.advisories ?? []).every((advisory) => (policy.allowAdvisories ?? []).includes(advisory))
  }) && warnings.every((check) => check.answer === 'current') && warnings.length > 0
}

/** One line in, one line out, in order; a bad line gets a line that says so. */
async function manyCases(args: Arguments, path: string, policy: Policy): Promise<number> {
  let root: string
  try { await stat(path); root = resolve(args.root ?? resolve(path, '..')) } catch { process.stderr.write(`${path} cannot be read\n`); return EXIT_USAGE }
  let worst = 0
  let number = 0
  for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    if (line.trim() === '') continue
    const result = await caseLine(line, number, root, policy, args)
    if (result.headline === 'SE') worst = EXIT_TOOL_FAILED
    if (!process.stdout.write(`${JSON.stringify(result)}\n`)) await new Promise((done) => process.stdout.once('drain', done))
  }
  return worst
}

async function caseLine(line: string, number: number, root: string, policy: Policy, args: Arguments): Promise<ContractAppraisal & { case?: string }> {
  let value: unknown
  try { value = JSON.parse(line) } catch (thrown) { return failedLine(`line ${number}`, `line ${number} is not JSON: ${String(thrown)}`, 'S0', args) }
  const given = (typeof value === 'object' && value !== null ? value : {}) as { id?: unknown; files?: unknown; at?: unknown; policy?: unknown }
  const id = typeof given.id === 'string' ? given.id : `line ${number}`
  const names = Array.isArray(given.files) ? given.files.filter((name): name is string => typeof name === 'string') : []
  if (names.length === 0) return failedLine(id, `line ${number} names no files`, 'S0', args)
  const files: InputFile[] = []
  for (const name of names) {
    const full = resolve(root, name)
    const inside = relative(root, full)
    if (inside.startsWith('..') || isAbsolute(inside)) return failedLine(id, `line ${number}: ${name} lies outside the root folder`, 'S0', args)
    const read = await readInput(full)
    if ('wrong' in read) return failedLine(id, `line ${number}: ${name} cannot be read`, 'S0', args)
    files.push(read.file)
  }
  const own = given.policy === undefined ? { policy } : policyOf(JSON.stringify(given.policy))
  if ('wrong' in own) return failedLine(id, `line ${number}: ${own.wrong}`, 'S0', args)
  const at = typeof given.at === 'string' ? Date.parse(given.at) : undefined
  if (at !== undefined && Number.isNaN(at)) return failedLine(id, `line ${number}: at is not an instant`, 'S0', args)
  try {
    const { contract } = await run(files, at === undefined ? args.at : { kind: 'given', at }, own.policy, args)
    return { ...contract, id }
  } catch (thrown) {
    return failedLine(id, `line ${number}: ${String(thrown)}`, 'SE', args)
  }
}

/** A result line for a case that could not be run. */
async function failedLine(id: string, message: string, headline: 'S0' | 'SE', args: Arguments): Promise<ContractAppraisal> {
  const speak = speaker(await texts([], args.lang))
  const empty = await appraise([], { ...instant(args.at, null), policy: NO_POLICY })
  const contract = toContract({ ...empty, headline, sentence: { text: `headline.${headline}`, params: { bytes: 0 } }, error: { where: 'case', message } }, { files: [], artifacts: [], spaces: [], evidenceTime: null }, speak, { ms: 0, fields: false })
  return { ...contract, id }
}

export type { Locale }
