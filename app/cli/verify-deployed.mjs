// @ts-check
// Compares a deployed copy, file by file, with a build of these sources: who verifies the verifier.
//   npm run -s verify-deployed -- URL [--dist DIR]
// Builds into a folder of its own (MIRRORS and PUBLIC_FOLDER as for the copy) unless --dist names a finished build.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './sources.mjs'

const EXIT_DIFFERS = 1
const EXIT_FAILED = 4
const EXIT_USAGE = 64
const LARGEST = 64 * 1024 * 1024
const AT_ONCE = 4

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

/**
 * A file as the host gives it; a text where it gives none. The page's own server writes into the page that it relays: not for this request.
 * @param {URL} url
 * @returns {Promise<Uint8Array | string>}
 */
async function fetched(url) {
  let response
  try {
    response = await fetch(url, {
      redirect: 'follow',
      headers: { 'sec-fetch-dest': 'empty', 'cache-control': 'no-cache' },
      signal: AbortSignal.timeout(60_000),
    })
  } catch (error) {
    return `no answer (${error instanceof Error ? error.message : String(error)})`
  }
  if (!response.ok) return `HTTP ${response.status}`
  /** @type {Uint8Array[]} */
  const parts = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > LARGEST) return 'larger than any file of this page'
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/**
 * Compares every file of a finished build, and the service worker, with what stands at an address.
 * @param {string} base
 * @param {string} dist
 */
export async function compare(base, dist) {
  const list = JSON.parse(readFileSync(join(dist, 'files.json'), 'utf8'))
  /** @type {Record<string, string>} */
  const files = { ...list.files }
  for (const name of ['sw.js', 'files.json']) files[name] = sha256(readFileSync(join(dist, name)))
  const at = new URL(base.endsWith('/') ? base : `${base}/`)
  const names = Object.keys(files)
  /** @type {{ name: string, why: string }[]} */
  const differing = []
  let next = 0
  const lane = async () => {
    for (let i = next++; i < names.length; i = next++) {
      const name = names[i] ?? ''
      const found = await fetched(new URL(name, at))
      if (typeof found === 'string') differing.push({ name, why: found })
      else if (sha256(found) !== files[name])
        differing.push({ name, why: `SHA-256 ${sha256(found)}, here ${files[name]}` })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  // What a visitor is given first stands under no name.
  const page = await fetched(at)
  if (typeof page === 'string' || sha256(page) !== files['index.html'])
    differing.push({ name: './', why: typeof page === 'string' ? page : 'not the index.html of this build' })
  differing.sort((a, b) => (a.name < b.name ? -1 : 1))
  return { count: names.length + 1, digest: String(list.digest), engine: String(list.engine), differing }
}

async function main() {
  const words = process.argv.slice(2)
  const where = words.indexOf('--dist')
  const given = where >= 0 ? words[where + 1] : undefined
  const [url] = words.filter((word, index) => word !== '--dist' && (where < 0 || index !== where + 1))
  if (url === undefined || !URL.canParse(url) || (where >= 0 && given === undefined)) {
    console.error('usage: npm run -s verify-deployed -- URL [--dist DIR]')
    return EXIT_USAGE
  }
  if (given !== undefined && !existsSync(join(given, 'files.json'))) {
    console.error(`${given} holds no finished build`)
    return EXIT_USAGE
  }
  const own = given === undefined ? mkdtempSync(join(tmpdir(), 'verify-')) : undefined
  try {
    const dist = given ?? join(own ?? '', 'dist')
    if (own !== undefined)
      execFileSync(
        'node',
        ['node_modules/vite/bin/vite.js', 'build', '--outDir', dist, '--emptyOutDir', '--logLevel', 'error'],
        {
          cwd: root,
          stdio: ['ignore', 'ignore', 'inherit'],
        },
      )
    const { count, digest, engine, differing } = await compare(url, dist)
    console.log(`${engine}, list of files ${digest}`)
    for (const { name, why } of differing) console.log(`differs: ${name}: ${why}`)
    console.log(
      differing.length === 0
        ? `All ${count} files at ${url} are those of this build.`
        : `${differing.length} of ${count} files at ${url} are not those of this build.`,
    )
    return differing.length === 0 ? 0 : EXIT_DIFFERS
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return EXIT_FAILED
  } finally {
    if (own !== undefined) rmSync(own, { recursive: true, force: true })
  }
}

if (process.argv[1]?.endsWith('verify-deployed.mjs') === true) process.exitCode = await main()
