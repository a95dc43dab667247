import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'
import { listOf } from './offline-build.ts'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** What is worth compressing: text, and nothing that is compressed already. */
const TEXT = /\.(?:html|js|mjs|css|json|jsonl|svg|txt|md|webmanifest|pem)$/
/** Shorter files travel in one packet either way. */
const SHORTEST = 1024

/** Writes `FILE.br` and `FILE.gz` beside each file of a build that gets smaller by it: `npm start` and most static hosts give them out. */
export function twins(): Plugin {
  let folder = ''
  return {
    name: 'twins',
    apply: (_config, { command, isSsrBuild }) => command === 'build' && isSsrBuild !== true,
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    async closeBundle() {
      const names = Object.keys(listOf(folder)).filter((name) => TEXT.test(name))
      await Promise.all(names.map((name) => writeTwins(join(folder, name))))
    },
  }
}

/** The twins of one file; none where it is short, or would not get smaller. */
export async function writeTwins(path: string): Promise<void> {
  const bytes = readFileSync(path)
  if (bytes.length < SHORTEST) return
  const made = await Promise.all([
    brotli(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    zip(bytes, { level: 9 }),
  ])
  for (const [index, twin] of made.entries())
    if (twin.length < bytes.length) writeFileSync(`${path}.${index === 0 ? 'br' : 'gz'}`, twin)
}
