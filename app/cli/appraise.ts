import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { AppraisalView, AppraiseOptions, InputFile } from '../../src/engine/api.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { lookAhead } from '../../src/engine/outlook.ts'
import { textsFor } from '../../src/engine/catalogue.ts'
import { addedAnchors } from '../../src/engine/anchors.ts'
import { isoOf, speaker, toContract, type ContractAppraisal } from '../../src/engine/contract.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { readPolicy } from '../../src/engine/policy.ts'
import type { Policy } from '../../src/core/policy.ts'
import { NO_POLICY } from '../../src/core/policy.ts'
import type { Locale, Saying, TextTable } from '../../src/core/saying.ts'
import { parseArguments, USAGE, type Arguments } from './arguments.ts'
import { collateralMain } from './collateral.ts'
import { codeOf } from './exit.ts'
import { fetchMissing } from './fetching.ts'
import { insideOf, readInput } from './input.ts'
import { readInstant } from './instant.ts'
import { linkFor } from './link.ts'
import { printableText, readable } from './readable.ts'
import { snapshotMain } from './snapshot.ts'
import { differences, SAVED_WORDS, unpack, type Unpacked } from './saved.ts'

/** The command line: files in, one appraisal out; or a file of cases in, one line each out. Returns the exit code. */

const EXIT_USAGE = 64
const EXIT_TOOL_FAILED = 4

export async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === '--make-link') {
    const { code, out, err } = await linkFor(argv.slice(1))
    process.stderr.write(err)
    await say(out)
    return code
  }
  if (argv[0] === '--texts') {
    const { textRows, textTable } = await import('./texts.ts')
    await say(textTable(await textRows()))
    return 0
  }
  if (argv[0] === '--collateral') return collateralMain(argv.slice(1))
  if (argv[0] === '--collateral-update') return snapshotMain(argv.slice(1))
  const parsed = parseArguments(argv)
  if (parsed.kind === 'help') {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  if (parsed.kind === 'wrong') {
    process.stderr.write(`${parsed.message}\n\n${USAGE}\n`)
    return EXIT_USAGE
  }
  const policy = parsed.policy === undefined ? { policy: NO_POLICY } : await policyFrom(parsed.policy)
  if ('wrong' in policy) {
    process.stderr.write(`${policy.wrong}\n`)
    return EXIT_USAGE
  }
  return parsed.cases === undefined ? oneCase(parsed, policy.policy) : manyCases(parsed, parsed.cases, policy.policy)
}

async function policyFrom(path: string): Promise<{ policy: Policy } | { wrong: string }> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    return { wrong: `policy file cannot be read: ${path}` }
  }
  return policyOf(text)
}

async function policyOf(text: string): Promise<{ policy: Policy } | { wrong: string }> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (thrown) {
    return { wrong: `policy is not JSON: ${String(thrown)}` }
  }
  const { policy, wrong } = readPolicy(value)
  if (!policy) return { wrong: `policy: ${wrong.join('; ')}` }
  // A root that cannot be read would be missed only when the verdict is not the one that was hoped for.
  for (const [i, one] of (policy.anchorsAdded ?? []).entries())
    if ((await addedAnchors({ schema: 'policy/1', anchorsAdded: [one] })).length === 0)
      return { wrong: `policy: anchorsAdded[${i}] holds no certificate and no public key` }
  return { policy }
}

async function oneCase(args: Arguments, policy: Policy): Promise<number> {
  const given: InputFile[] = []
  for (const path of args.files) {
    const read = await readInput(path)
    if ('wrong' in read) {
      process.stderr.write(`${read.wrong}\n`)
      return EXIT_USAGE
    }
    given.push(read.file)
  }
  const unpacked = unpack(given)
  const words = SAVED_WORDS[args.lang]
  const remarks = unpacked.notes.map(({ kind, name, detail }) => words[kind](name, detail))
  const { at, policy: own, remark } = settle(unpacked, args, policy)
  const { files, at: when } = await withFetched(unpacked.files, at, own, args)
  const result = await run(files, when, own, args)
  const records = unpacked.records.map(({ engine, headline, ...rest }) => ({
    engine,
    headline,
    differs: differences({ engine, headline, ...rest }, result.view),
  }))
  remarks.push(
    ...remark,
    ...records.map(({ engine, differs }) =>
      differs.length === 0
        ? words.same(engine)
        : words.differs(engine, `${differs.slice(0, 8).join(', ')}${differs.length > 8 ? ' …' : ''}`),
    ),
  )
  if (remarks.length > 0) process.stderr.write(`${printableText(remarks.join('\n'))}\n`)
  const contract = records.length > 0 ? { ...result.contract, records } : result.contract
  await say(
    args.json
      ? `${JSON.stringify(contract, null, 2)}\n`
      : readable(result.view, result.contract, result.speak, args.lang),
  )
  return codeOf(result.view, own, args)
}

/** The case with what was fetched for it, as of one instant: the clock must not move between asking and appraising. */
async function withFetched(
  files: readonly InputFile[],
  at: Arguments['at'],
  policy: Policy,
  args: Arguments,
): Promise<{ readonly files: readonly InputFile[]; readonly at: Arguments['at'] }> {
  if (!args.fetch) return { files, at }
  const fixed = instant(at, (await inspect(files)).evidenceTime)
  const done = await fetchMissing(files, { ...fixed, policy }, args.fetch, args.lang)
  return { files: done.files, at: at.kind === 'now' ? { kind: 'now', at: fixed.at } : at }
}

// What a file brings beyond bytes is the sender's wish until the reader makes it his own.
function settle(
  { brings }: Unpacked,
  args: Arguments,
  policy: Policy,
): { at: Arguments['at']; policy: Policy; remark: string[] } {
  if (!brings) return { at: args.at, policy, remark: [] }
  const words = SAVED_WORDS[args.lang]
  const rules = Object.keys(brings.policy).length - 1
  if (!args.asSaved)
    return {
      at: args.at,
      policy,
      remark:
        brings.at === undefined && rules === 0
          ? []
          : [words.notTaken(brings.at === undefined ? undefined : isoOf(brings.at), rules)],
    }
  return {
    at: args.at.kind === 'now' && brings.at !== undefined ? { kind: 'given', at: brings.at } : args.at,
    policy: args.policy === undefined ? brings.policy : policy,
    remark: [words.taken],
  }
}

/** Writes to stdout and waits until it is taken. */
async function say(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((done) => process.stdout.once('drain', done))
}

interface Result {
  readonly contract: ContractAppraisal
  readonly view: AppraisalView
  readonly speak: (saying: Saying) => string
}

async function run(
  files: readonly InputFile[],
  when: Arguments['at'],
  policy: Policy,
  args: Pick<Arguments, 'lang' | 'fields'>,
): Promise<Result> {
  const started = performance.now()
  const inspection = await inspect(files)
  const view = await appraise(files, { ...instant(when, inspection.evidenceTime), policy })
  const ms = Math.round((performance.now() - started) * 100) / 100
  const ahead = await lookAhead(files, { ...instant(when, inspection.evidenceTime), policy }, view)
  const speak = speaker(
    await texts(
      inspection.artifacts.flatMap((artifact) => (artifact.scheme === null ? [] : [artifact.scheme])),
      args.lang,
    ),
  )
  return { contract: toContract(view, inspection, speak, { ms, fields: args.fields, outlook: ahead }), view, speak }
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
  const now = when.kind === 'now' ? when.at : undefined
  return { at: now ?? Math.floor(Date.now() / 1000) * 1000, atSource: 'now' }
}

/** One line in, one line out, in order; a bad line gets a line that says so. */
async function manyCases(args: Arguments, path: string, policy: Policy): Promise<number> {
  const root = resolve(args.root ?? resolve(path, '..'))
  const wrong = await wrongPlaces(path, root)
  if (wrong !== undefined) {
    process.stderr.write(`${wrong}\n`)
    return EXIT_USAGE
  }
  let worst = 0
  let number = 0
  for await (const line of createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number += 1
    if (line.trim() === '') continue
    const result = await caseLine(number === 1 ? line.replace(/^\uFEFF/, '') : line, number, root, policy, args)
    if (result.headline === 'SE') worst = EXIT_TOOL_FAILED
    await say(`${JSON.stringify(result)}\n`)
  }
  return worst
}

async function wrongPlaces(path: string, root: string): Promise<string | undefined> {
  try {
    if ((await stat(path)).isDirectory()) return `${path} is a folder; name a file of cases`
  } catch {
    return `${path} cannot be read`
  }
  try {
    return (await stat(root)).isDirectory() ? undefined : `${root} is not a folder`
  } catch {
    return `${root} cannot be read`
  }
}

async function caseLine(
  line: string,
  number: number,
  root: string,
  policy: Policy,
  args: Arguments,
): Promise<ContractAppraisal & { case?: string }> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (thrown) {
    return failedLine(`line ${number}`, `line ${number} is not JSON: ${String(thrown)}`, 'S0', args)
  }
  const given = (typeof value === 'object' && value !== null ? value : {}) as {
    id?: unknown
    files?: unknown
    at?: unknown
    policy?: unknown
  }
  const id = typeof given.id === 'string' ? given.id : `line ${number}`
  const names: readonly unknown[] = Array.isArray(given.files) ? given.files : []
  if (names.length === 0) return failedLine(id, `line ${number} names no files`, 'S0', args)
  const files: InputFile[] = []
  for (const name of names) {
    if (typeof name !== 'string') return failedLine(id, `line ${number}: a file name is not a text`, 'S0', args)
    const place = await insideOf(root, name)
    if (!('path' in place))
      return failedLine(
        id,
        place.outside
          ? `line ${number}: ${name} lies outside the root folder`
          : `line ${number}: ${name} cannot be read`,
        'S0',
        args,
      )
    const read = await readInput(place.path)
    if ('wrong' in read)
      return failedLine(id, `line ${number}: ${name}: ${read.wrong.replace(`${place.path} `, '')}`, 'S0', args)
    files.push({ ...read.file, name: basename(name) })
  }
  const own =
    given.policy === undefined || given.policy === null ? { policy } : await policyOf(JSON.stringify(given.policy))
  if ('wrong' in own) return failedLine(id, `line ${number}: ${own.wrong}`, 'S0', args)
  const at = typeof given.at === 'string' ? readInstant(given.at) : undefined
  if (at === undefined && given.at !== undefined && given.at !== null)
    return failedLine(id, `line ${number}: at is not an instant`, 'S0', args)
  try {
    const { contract } = await run(
      unpack(files).files,
      at === undefined ? args.at : { kind: 'given', at },
      own.policy,
      args,
    )
    return { ...contract, id }
  } catch (thrown) {
    return failedLine(id, `line ${number}: ${String(thrown)}`, 'SE', args)
  }
}

/** A result line for a case that could not be run. */
async function failedLine(
  id: string,
  message: string,
  headline: 'S0' | 'SE',
  args: Arguments,
): Promise<ContractAppraisal> {
  const speak = speaker(await texts([], args.lang))
  const empty = await appraise([], { ...instant(args.at, null), policy: NO_POLICY })
  const contract = toContract(
    {
      ...empty,
      headline,
      sentence: { text: `headline.${headline}`, params: { bytes: 0 } },
      error: { where: 'case', message },
    },
    { files: [], artifacts: [], spaces: [], unread: [], evidenceTime: null },
    speak,
    { ms: 0, fields: false },
  )
  return { ...contract, id }
}

/** The local server's relay, from the same built file. */
export { relay } from './relay.ts'
export type { Locale }
