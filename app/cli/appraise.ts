import { readFile } from 'node:fs/promises'
import type { InputFile } from '../../src/engine/api.ts'
import { isoOf } from '../../src/engine/contract.ts'
import { inspect } from '../../src/engine/inspect.ts'
import type { Policy } from '../../src/core/policy.ts'
import { NO_POLICY } from '../../src/core/policy.ts'
import type { Locale } from '../../src/core/saying.ts'
import { parseArguments, USAGE, type Arguments } from './arguments.ts'
import { manyCases } from './cases.ts'
import { collateralMain } from './collateral.ts'
import { codeOf } from './exit.ts'
import { fetchMissing } from './fetching.ts'
import { readInput } from './input.ts'
import { linkFor } from './link.ts'
import { printableText, readable } from './readable.ts'
import { instant, policyOf, runCase } from './run-case.ts'
import { say } from './say.ts'
import { snapshotMain } from './snapshot.ts'
import { differences, SAVED_WORDS, unpack, type Unpacked } from './saved.ts'

/** The command line: files in, one appraisal out; or a file of cases in, one line each out. Returns the exit code. */

const EXIT_USAGE = 64

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
  const result = await runCase(files, when, own, args)
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

/** The local server's relay, from the same built file. */
export { relay } from './relay.ts'
export type { Locale }
