import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { requestOf, type CollateralRequest } from '../../src/engine/collateral-requests.ts'
import { collateralRules } from '../../src/engine/collateral-rules.ts'
import { fetchOne } from '../collateral/fetch-one.ts'
import type { Snapshot, SnapshotItem } from '../collateral/snapshot.ts'
import { sha256 } from './answer-cache.ts'
import { fetchArguments } from './fetch-arguments.ts'
import { sayFate } from './fetching.ts'
import { nodeTransport } from './node-transport.ts'

export const SNAPSHOT_USAGE = `usage: npm run -s collateral:update -- [--fmspc F,F…] [--products Milan,Genoa,Turin] [-o DIR] [--mirror HOST=URL]…

Writes a dated snapshot of collateral that is the same for everybody (TCB info by FMSPC, identities, revocation lists, authorities) into DIR
(default: public/collateral), for a deployment to give to its visitors. Nothing that names one machine is in it. Build the page afterwards.
Exit codes: 0 all of it is here · 2 something is missing, and named · 64 usage.`

const EXIT_USAGE = 64
const EXIT_MISSING = 2
const PER_HOST = 2

/** Addresses of everything common, with what was chosen filled in. */
export async function commonRequests(
  fmspcs: readonly string[],
  products: readonly string[],
): Promise<readonly CollateralRequest[]> {
  const rules = await collateralRules()
  const filled = (path: string): string[] =>
    path.includes('{fmspc}')
      ? fmspcs.map((one) => path.replace('{fmspc}', one))
      : path.includes('{product}')
        ? products.map((one) => path.replace('{product}', one))
        : [path]
  const requests: CollateralRequest[] = []
  for (const { host, common = [] } of rules)
    for (const path of common.flatMap(filled)) {
      const request = await requestOf(rules, `https://${host}${path}`, undefined)
      if (request && !requests.some(({ id }) => id === request.id)) requests.push(request)
    }
  return requests
}

/** `npm run collateral:update`: returns the exit code. */
export async function snapshotMain(argv: readonly string[]): Promise<number> {
  const wrong = (message: string) => {
    process.stderr.write(`${message}\n\n${SNAPSHOT_USAGE}\n`)
    return EXIT_USAGE
  }
  const given = new Map<string, string[]>()
  for (let i = 0; i < argv.length; i += 2) {
    const [word = '', value] = [argv[i], argv[i + 1]]
    if (word === '--help' || word === '-h') {
      process.stdout.write(`${SNAPSHOT_USAGE}\n`)
      return 0
    }
    if (!['--fmspc', '--products', '-o', '--mirror'].includes(word)) return wrong(`unknown option ${word}`)
    if (value === undefined) return wrong(`${word} needs a value`)
    given.set(word, [...(given.get(word) ?? []), value])
  }
  const list = (name: string, otherwise: string) =>
    (given.get(name)?.join(',') ?? otherwise).split(',').filter((one) => one !== '')
  const fmspcs = list('--fmspc', '').map((one) => one.toLowerCase())
  const bad = fmspcs.find((one) => !/^[0-9a-f]{12}$/.test(one))
  if (bad !== undefined) return wrong(`--fmspc takes twelve hex digits; not ${bad}`)
  const products = list('--products', 'Milan,Genoa,Turin')
  const odd = products.find((one) => !['Milan', 'Genoa', 'Turin'].includes(one))
  if (odd !== undefined) return wrong(`--products takes Milan, Genoa, Turin; not ${odd}`)
  const args = fetchArguments(new Set(), given)
  if (typeof args === 'string') return wrong(args)
  const requests = await commonRequests(fmspcs, products)
  const got: { readonly url: string; readonly record: Uint8Array }[] = []
  const missing: string[] = []
  const transport = nodeTransport({ mirrors: args.mirrors, environment: process.env })
  const rules = await collateralRules()
  await byHost(requests, async (request) => {
    const fate = await fetchOne(rules, request, {
      transport,
      now: () => Date.now(),
      sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
      signal: new AbortController().signal,
      onWait: (_request, until) =>
        process.stderr.write(`${request.host}: next try in ${Math.ceil((until - Date.now()) / 1000)} s\n`),
    })
    if (fate.kind === 'got') got.push({ url: request.url, record: fate.record })
    else {
      missing.push(request.url)
      process.stderr.write(`${request.url}: ${fate.kind === 'failed' ? sayFate(fate, 'en') : ''}\n`)
    }
  })
  const folder = given.get('-o')?.at(-1) ?? 'public/collateral'
  if (got.length === 0) return wrong('nothing came; the snapshot that was there stays')
  await writeSnapshot(folder, got)
  process.stdout.write(`${folder}: ${got.length} answers, ${missing.length} missing\n`)
  return missing.length > 0 ? EXIT_MISSING : 0
}

async function byHost(
  requests: readonly CollateralRequest[],
  work: (request: CollateralRequest) => Promise<void>,
): Promise<void> {
  await Promise.all(
    [...new Set(requests.map(({ host }) => host))].map(async (host) => {
      const own = requests.filter((request) => request.host === host)
      await Promise.all(
        Array.from({ length: PER_HOST }, async (_lane, lane) => {
          for (let i = lane; i < own.length; i += PER_HOST) {
            const request = own[i]
            if (request) await work(request)
          }
        }),
      )
    }),
  )
}

/** Answers named by their hash, and the list of them; what an earlier snapshot left is removed. */
export async function writeSnapshot(
  folder: string,
  answers: readonly { readonly url: string; readonly record: Uint8Array }[],
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const items: SnapshotItem[] = []
  for (const { url, record } of answers.toSorted((a, b) => (a.url < b.url ? -1 : 1))) {
    const hash = sha256(record)
    await writeFile(join(folder, `${hash}.http`), record)
    items.push({ url, file: `${hash}.http`, sha256: hash, size: record.length })
  }
  const snapshot: Snapshot = { schema: 'collateral-snapshot/1', made: new Date().toISOString(), items }
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(snapshot, null, 1)}\n`)
  const kept = new Set(items.map(({ file }) => file))
  for (const name of await readdir(folder))
    if (/^[0-9a-f]{64}\.http$/.test(name) && !kept.has(name)) await rm(join(folder, name))
}
