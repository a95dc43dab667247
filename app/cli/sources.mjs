// @ts-check
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** Where things made from the sources are kept: `npm ci` empties it. */
export const cache = join(root, 'node_modules/.cache/attestation-explorer')

/** What the page is built from. */
export const PAGE_SOURCES = [
  'src',
  'app',
  'public',
  'index.html',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'tsconfig.json',
]

/** Names the sources that dist/ was built from; written by the build. */
export const PAGE_STAMP = join(cache, 'dist.stamp')

/**
 * A short name for the present state of some files and folders (names, sizes, times; tests left out).
 * Any edit, addition, removal or checkout changes it, also one that brings an older file back.
 * @param {readonly string[]} places relative to the project's folder; absent ones count as absent
 */
export function fingerprint(places) {
  const hash = createHash('sha256')
  hash.update(process.version)
  for (const place of places) visit(join(root, place), place)
  return hash.digest('hex').slice(0, 24)

  /** @param {string} path @param {string} name */
  function visit(path, name) {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined) return
    if (stat.isDirectory()) {
      for (const entry of readdirSync(path).sort()) visit(join(path, entry), `${name}/${entry}`)
    } else if (!/\.test\.tsx?$|\.md$/.test(name)) {
      hash.update(`${name}\0${stat.size}\0${stat.mtimeMs}\n`)
    }
  }
}

/** Version and commit of these sources, for reports; without a repository the version alone. */
export function engineVersion() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  try {
    const commit = execFileSync('git', ['-C', root, 'rev-parse', '--short=12', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
    return `${version}+${commit}`
  } catch {
    return String(version)
  }
}
