import type { Locale } from '../../src/core/saying.ts'
import { QUESTIONS, type Question } from '../../src/core/verdict.ts'
import { FETCH_FLAGS, FETCH_OPTIONS, FETCH_USAGE, fetchArguments, type FetchArguments } from './fetch-arguments.ts'
import { readInstant } from './instant.ts'

export const USAGE = `usage: npm run -s appraise -- FILE… [--at now|evidence|INSTANT] [--policy FILE] [--require software,fresh] [--trust-added] [--as-saved] [--lang en|zh] [--json] [--fields]
       npm run -s appraise -- FILE… --fetch [--yes] [--offline] [--refresh] [--cache DIR] [--update WHICH] [--mirror HOST=URL]
       npm run -s appraise -- --cases CASES.jsonl [--root DIR] [--workers N] [--at …] [--policy FILE] [--lang en|zh] [--fields]

All FILEs are one case: a quote with its certificates, lists and TCB info. INSTANT is like 2025-07-04T00:00:00Z.
A case file that the page saved is opened and appraised again from its bytes; --as-saved takes its date and rules too.
--workers reads several cases at once; lines come out in order, and one that hangs or kills its worker says so on its own line.
--fetch gets what is missing from the vendors, after saying who would learn what:
${FETCH_USAGE}
Exit codes: 0 affirmed · 5 known issues · 1 do not rely on it · 2 not verified · 3 not recognised · 4 this tool failed · 64 usage.`

export interface Arguments {
  readonly kind: 'run'
  readonly files: readonly string[]
  readonly cases: string | undefined
  readonly root: string | undefined
  /** How many cases are worked at at once; 1: in this process. */
  readonly workers: number
  readonly at:
    /** `at`: when that was, once it is known. */
    | { readonly kind: 'now'; readonly at?: number }
    | { readonly kind: 'evidence' }
    | { readonly kind: 'given'; readonly at: number }
  readonly policy: string | undefined
  readonly require: readonly Question[]
  readonly trustAdded: boolean
  /** Take date and policy from a case file. */
  readonly asSaved: boolean
  readonly lang: Locale
  readonly json: boolean
  readonly fields: boolean
  /** Undefined: nothing is fetched. */
  readonly fetch: FetchArguments | undefined
}

type Parsed = Arguments | { readonly kind: 'help' } | { readonly kind: 'wrong'; readonly message: string }

/** Reads the arguments; anything unknown is refused by name. */
export function parseArguments(argv: readonly string[]): Parsed {
  const files: string[] = []
  const options = new Map<string, string>()
  const all = new Map<string, string[]>()
  const flags = new Set<string>()
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? ''
    if (word === '--help' || word === '-h') return { kind: 'help' }
    if (word === '--') {
      files.push(...argv.slice(i + 1))
      break
    }
    if (!word.startsWith('--')) {
      files.push(word)
      continue
    }
    const [name, inline] = word.includes('=')
      ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]
      : [word, undefined]
    if (FLAGS.includes(name) && inline === undefined) {
      flags.add(name)
      continue
    }
    if (!OPTIONS.includes(name)) return { kind: 'wrong', message: `unknown option ${word}` }
    const value = inline ?? argv[++i]
    if (value === undefined) return { kind: 'wrong', message: `${name} needs a value` }
    options.set(name, value)
    all.set(name, [...(all.get(name) ?? []), value])
  }
  const at = instantOf(options.get('--at') ?? 'now')
  if (!at) return { kind: 'wrong', message: `--at takes now, evidence or an instant like 2025-07-04T00:00:00Z` }
  const lang = options.get('--lang') ?? 'en'
  if (lang !== 'en' && lang !== 'zh') return { kind: 'wrong', message: '--lang takes en or zh' }
  const require: Question[] = []
  for (const word of (options.get('--require') ?? '').split(',').filter((part) => part !== '')) {
    const question = QUESTIONS.find((one) => one === word)
    if (!question) return { kind: 'wrong', message: `--require takes ${QUESTIONS.join(', ')}; not ${word}` }
    require.push(question)
  }
  const cases = options.get('--cases')
  if (cases === undefined && files.length === 0) return { kind: 'wrong', message: 'no file given' }
  if (cases !== undefined && files.length > 0) return { kind: 'wrong', message: '--cases takes no further files' }
  const workers = Number(options.get('--workers') ?? 1)
  if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS)
    return { kind: 'wrong', message: `--workers takes a number from 1 to ${MOST_WORKERS}` }
  if (options.has('--workers') && cases === undefined) return { kind: 'wrong', message: '--workers goes with --cases' }
  const isFetching = flags.has('--fetch')
  const idle = [...FETCH_FLAGS, ...FETCH_OPTIONS].find((name) => flags.has(name) || options.has(name))
  if (!isFetching && idle !== undefined) return { kind: 'wrong', message: `${idle} goes with --fetch` }
  if (isFetching && cases !== undefined) return { kind: 'wrong', message: '--fetch takes one case, not --cases' }
  const fetch = isFetching ? fetchArguments(flags, all) : undefined
  if (typeof fetch === 'string') return { kind: 'wrong', message: fetch }
  return {
    kind: 'run',
    files,
    fetch,
    cases,
    root: options.get('--root'),
    workers,
    at,
    policy: options.get('--policy'),
    require,
    trustAdded: flags.has('--trust-added'),
    asSaved: flags.has('--as-saved'),
    lang,
    json: flags.has('--json'),
    fields: flags.has('--fields'),
  }
}

/** Each has an engine of its own in memory. */
const MOST_WORKERS = 16

const FLAGS: readonly string[] = ['--json', '--fields', '--trust-added', '--as-saved', '--fetch', ...FETCH_FLAGS]
const OPTIONS: readonly string[] = [
  '--at',
  '--policy',
  '--require',
  '--lang',
  '--cases',
  '--root',
  '--workers',
  ...FETCH_OPTIONS,
]

function instantOf(word: string): Arguments['at'] | undefined {
  if (word === 'now' || word === 'evidence') return { kind: word }
  const at = readInstant(word)
  return at === undefined ? undefined : { kind: 'given', at }
}
