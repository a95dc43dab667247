import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'
import { engineVersion } from './sources.mjs'

/** Files that are read by hosts, or by nobody without a network, and the compressed twins of others. */
const LEFT_OUT = /^(?:_headers|sw\.js|files\.json|robots\.txt)$|\.(?:map|br|gz)$/

/** Every file of a finished build with its SHA-256. */
export function listOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((name) => !LEFT_OUT.test(name))
    .toSorted()
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  )
}

/**
 * Writes `sw.js`: the service worker with the list of what was built. With OFFLINE=off the worker only removes itself and what it kept:
 * the switch for a host who must call a build back.
 */
export function offline(): Plugin {
  let folder = ''
  return {
    name: 'offline',
    apply: (_config, { command, isSsrBuild }) => command === 'build' && isSsrBuild !== true,
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    closeBundle() {
      const isOff = process.env['OFFLINE'] === 'off'
      const built = listOf(folder)
      const digest = createHash('sha256').update(JSON.stringify(built)).digest('hex')
      const files = isOff ? {} : built
      const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16)
      // What a copy can be compared with: `npm run verify-deployed`.
      writeFileSync(
        join(folder, 'files.json'),
        `${JSON.stringify({ engine: engineVersion(), digest, files: built }, null, 1)}\n`,
      )
      const source = readFileSync(new URL('../offline/service-worker.js', import.meta.url), 'utf8')
      writeFileSync(
        join(folder, 'sw.js'),
        source.replace('__OFFLINE_LIST__', () => JSON.stringify({ version, isOff, files })),
      )
    },
  }
}
