import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppraiseOptions, InputFile } from '../../src/engine/api.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { ENGINE_VERSION } from '../../src/engine/version.ts'
import { NO_POLICY } from '../../src/core/policy.ts'
import type { Locale } from '../../src/core/saying.ts'
import type { Gathered } from '../collateral/gather.ts'
import { sha256 } from './answer-cache.ts'
import { FETCH_FLAGS, FETCH_OPTIONS, FETCH_USAGE, fetchArguments } from './fetch-arguments.ts'
import { fetchMissing, sayFate } from './fetching.ts'
import { readInput } from './input.ts'
import { readInstant } from './instant.ts'

export const COLLATERAL_USAGE = `usage: npm run -s collateral -- FILE… [-o DIR] [--at now|INSTANT] [--lang en|zh] [--yes] [--offline] [--refresh] [--cache DIR] [--update WHICH] [--mirror HOST=URL]

Fetches what an appraisal of FILE… would ask for, and writes each answer with its headers and a manifest into DIR (default: collateral).
${FETCH_USAGE}
Exit codes: 0 everything that was asked for is here · 2 something is missing · 64 usage.`

const EXIT_USAGE = 64
const EXIT_MISSING = 2

/** One answer, as the manifest names it. */
export interface ManifestItem {
  readonly file: string
  readonly kind: string
  readonly key: string
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly status: number
  /** When it was fetched, ISO 8601. */
  readonly time: string
  /** Of the file. */
  readonly sha256: string
  readonly from: 'network' | 'cache'
  /** What the appraisal made of it; null where nothing in it was read. */
  readonly use: string | null
}

/** What lies beside the answers: where each came from, and what did not come. */
export interface Manifest {
  readonly schema: 'collateral-manifest/1'
  readonly engine: string
  /** As of when the wishes were made, ISO 8601. */
  readonly at: string
  readonly evidence: readonly { readonly name: string; readonly sha256: string }[]
  readonly items: readonly ManifestItem[]
  readonly missing: readonly {
    readonly kind: string
    readonly key: string
    readonly urls: readonly string[]
    readonly why: string
  }[]
}

/** The manifest of what was fetched: read from the appraisal, never from what the answers say of themselves. */
export async function manifestOf(
  given: readonly InputFile[],
  done: Gathered,
  options: AppraiseOptions,
  locale: Locale,
): Promise<{ readonly manifest: Manifest; readonly files: readonly InputFile[] }> {
  const [inspection, view] = [await inspect(done.files), await appraise(done.files, options)]
  const useOf = (file: InputFile) => {
    const index = done.files.indexOf(file)
    const own = new Set(inspection.artifacts.filter((one) => one.file === index).map((one) => one.index))
    return (
      view.collateral.find(({ artifact, kind }) => own.has(artifact) && kind !== 'certificate')?.use ??
      view.collateral.find(({ artifact }) => own.has(artifact))?.use ??
      null
    )
  }
  const names = new Set<string>()
  const named = (file: InputFile): InputFile => {
    let { name } = file
    for (let i = 2; names.has(name); i++) name = file.name.replace(/\.http$/, `-${i}.http`)
    names.add(name)
    return { ...file, name }
  }
  const files: InputFile[] = []
  const items: ManifestItem[] = []
  for (const { wish, request, fate, file, from, time } of done.steps) {
    // An answer that another one replaced is no part of the case.
    if (fate.kind !== 'got' || !file || !done.files.includes(file)) continue
    const written = named(file)
    files.push(written)
    items.push({
      file: written.name,
      kind: wish.kind,
      key: wish.key,
      method: request.method,
      url: request.url,
      status: fate.status,
      time: new Date(time).toISOString(),
      sha256: sha256(file.bytes),
      from,
      use: useOf(file),
    })
  }
  const manifest: Manifest = {
    schema: 'collateral-manifest/1',
    engine: ENGINE_VERSION,
    at: new Date(options.at).toISOString(),
    evidence: given.map(({ name, bytes }) => ({ name, sha256: sha256(bytes) })),
    items,
    missing: done.left.map(({ wish }) => {
      const last = done.steps.findLast((step) => step.wish.kind === wish.kind && step.wish.key === wish.key)
      return {
        kind: wish.kind,
        key: wish.key,
        urls: wish.urls,
        why: last?.fate.kind === 'failed' ? sayFate(last.fate, locale) : '',
      }
    }),
  }
  return { manifest, files }
}

/** Writes answers and manifest into a folder. */
export async function writeCollateral(folder: string, manifest: Manifest, files: readonly InputFile[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { name, bytes } of files) await writeFile(join(folder, name), bytes)
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** `npm run collateral`: returns the exit code. */
export async function collateralMain(argv: readonly string[]): Promise<number> {
  const wrong = (message: string) => {
    process.stderr.write(`${message}\n\n${COLLATERAL_USAGE}\n`)
    return EXIT_USAGE
  }
  const paths: string[] = []
  const flags = new Set<string>()
  const given = new Map<string, string[]>()
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? ''
    if (word === '--help' || word === '-h') {
      process.stdout.write(`${COLLATERAL_USAGE}\n`)
      return 0
    }
    if (!word.startsWith('-') || word === '-') paths.push(word)
    else if (FETCH_FLAGS.includes(word)) flags.add(word)
    else if ([...FETCH_OPTIONS, '-o', '--at', '--lang'].includes(word)) {
      const value = argv[++i]
      if (value === undefined) return wrong(`${word} needs a value`)
      given.set(word, [...(given.get(word) ?? []), value])
    } else return wrong(`unknown option ${word}`)
  }
  if (paths.length === 0) return wrong('no file given')
  const args = fetchArguments(flags, given)
  if (typeof args === 'string') return wrong(args)
  const lang = given.get('--lang')?.at(-1) ?? 'en'
  if (lang !== 'en' && lang !== 'zh') return wrong('--lang takes en or zh')
  const when = given.get('--at')?.at(-1)
  const at = when === undefined || when === 'now' ? Math.floor(Date.now() / 1000) * 1000 : readInstant(when)
  if (at === undefined) return wrong('--at takes now or an instant like 2025-07-04T00:00:00Z')
  const files: InputFile[] = []
  for (const path of paths) {
    const read = await readInput(path)
    if ('wrong' in read) return wrong(read.wrong)
    files.push(read.file)
  }
  const options: AppraiseOptions = { at, atSource: 'given', policy: NO_POLICY }
  const done = await fetchMissing(files, options, args, lang)
  const { manifest, files: fetched } = await manifestOf(files, done, options, lang)
  const folder = given.get('-o')?.at(-1) ?? 'collateral'
  try {
    await writeCollateral(folder, manifest, fetched)
  } catch (thrown) {
    return wrong(`${folder} cannot be written: ${String(thrown)}`)
  }
  process.stdout.write(`${folder}: ${manifest.items.length} + manifest.json\n`)
  return manifest.missing.length > 0 ? EXIT_MISSING : 0
}
