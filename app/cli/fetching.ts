import { createInterface } from 'node:readline/promises'
import type { AppraiseOptions, InputFile } from '../../src/engine/api.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { textsFor } from '../../src/engine/catalogue.ts'
import type { WantedCollateral } from '../../src/engine/collateral-requests.ts'
import { collateralRules } from '../../src/engine/collateral-rules.ts'
import type { Locale } from '../../src/core/saying.ts'
import { askedHosts, clockApart } from '../collateral/asked.ts'
import { gather, type Gathered, type Step } from '../collateral/gather.ts'
import { fateWords, fetchWords } from '../collateral/words.ts'
import { sleep } from '../collateral/sleep.ts'
import { filled, sayIn } from '../text/say.ts'
import { folderCache, usualCache } from './answer-cache.ts'
import type { FetchArguments } from './fetch-arguments.ts'
import { nodeTransport } from './node-transport.ts'

/** Fetches what an appraisal asks for, from the command line: says first who would learn what, then each answer. */

interface Speech {
  readonly would: (count: number) => string
  readonly send: string
  readonly needsYes: string
  readonly kept: string
  readonly waiting: (host: string, seconds: number) => string
  readonly refused: (url: string) => string
  readonly poisoned: (id: string) => string
}

const SPEECH: Readonly<Record<Locale, Speech>> = {
  en: {
    would: (count) => `${count} ${count === 1 ? 'request' : 'requests'} would be sent:`,
    send: 'Send? [y/N] ',
    needsYes: 'There is no terminal to ask at: nothing is sent without --yes.',
    kept: 'kept from before',
    waiting: (host, seconds) => `${host}: next try in ${seconds} s`,
    refused: (url) => `Not in this tool's list of addresses, so not asked: ${url}`,
    poisoned: (id) => `A kept answer is damaged and was passed over: ${id}`,
  },
  zh: {
    would: (count) => `将发出 ${count} 次请求：`,
    send: '发出吗？[y/N] ',
    needsYes: '没有可以询问的终端：不加 --yes 就不会发出任何请求。',
    kept: '此前留存',
    waiting: (host, seconds) => `${host}：${seconds} 秒后重试`,
    refused: (url) => `不在本工具的地址清单中，未请求：${url}`,
    poisoned: (id) => `一份留存的回答已损坏，不予采用：${id}`,
  },
}

/** Files as given, and behind them what was fetched. Says everything on stderr. */
export async function fetchMissing(
  files: readonly InputFile[],
  options: AppraiseOptions,
  args: FetchArguments,
  locale: Locale,
): Promise<Gathered> {
  const words = SPEECH[locale]
  const tell = (line: string) => void process.stderr.write(`${line}\n`)
  const stop = new AbortController()
  const onInterrupt = () => stop.abort()
  process.once('SIGINT', onInterrupt)
  try {
    const done = await gather(files, async (all) => (await appraise(all, options)).wishes, {
      rules: await collateralRules(),
      transport: nodeTransport({ mirrors: args.mirrors, environment: process.env }),
      cache: folderCache(args.cache ?? usualCache(process.env), (id) => tell(words.poisoned(id))),
      now: () => Date.now(),
      sleep,
      signal: stop.signal,
      isOffline: args.isOffline,
      isRefreshed: args.isRefreshed,
      ...(args.edition === undefined ? {} : { edition: args.edition }),
      consent: (wanted) => consent(wanted, args, words, locale, tell),
      onWait: (request, until) => tell(`  ${words.waiting(request.host, Math.ceil((until - Date.now()) / 1000))}`),
      onStep: (step) => tell(`  ${stepLine(step, words, locale)}`),
    })
    for (const { refused } of done.left) for (const url of refused) tell(filled(words.refused('{url}'), { url }))
    const apart = clockApart(done.steps)
    if (apart) tell(filled(fetchWords[locale].clock, { ...apart }))
    return done
  } finally {
    process.off('SIGINT', onInterrupt)
  }
}

async function consent(
  wanted: readonly WantedCollateral[],
  args: FetchArguments,
  words: Speech,
  locale: Locale,
  tell: (line: string) => void,
): Promise<boolean> {
  const hosts = askedHosts(wanted)
  const schemes = new Set(wanted.flatMap(({ requests }) => requests.map(({ scheme }) => scheme)))
  const texts = await textsFor([...schemes], locale)
  tell(words.would(hosts.reduce((sum, { requests }) => sum + requests, 0)))
  for (const { host, who, requests, reveals } of hosts) {
    const mirror = args.mirrors.get(host)
    const learnt = reveals.map((one) => sayIn(texts, one)).join(locale === 'zh' ? '；' : '; ')
    tell(`  ${requests} × ${host}${mirror === undefined ? ` (${who})` : ` → ${mirror}`}: ${learnt}`)
  }
  tell(fetchWords[locale].also)
  if (args.yes) return true
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    tell(words.needsYes)
    return false
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^(?:y|yes|是|好)$/i.test((await terminal.question(words.send)).trim())
  } finally {
    terminal.close()
  }
}

function stepLine({ wish, request, fate, from }: Step, words: Speech, locale: Locale): string {
  const what = filled('{kind} {key}', { kind: wish.kind, key: wish.key.slice(0, 32) }).trim()
  if (fate.kind === 'got') return `✓ ${what}: ${fate.record.length} B, ${from === 'cache' ? words.kept : request.host}`
  return `– ${what}: ${sayFate(fate, locale)}`
}

/** Why nothing came, as a sentence. */
export function sayFate(fate: Extract<Step['fate'], { kind: 'failed' }>, locale: Locale): string {
  return filled(fateWords[locale][fate.why], { status: fate.status ?? 0, detail: fate.detail })
}
