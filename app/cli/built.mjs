// @ts-check
// The TypeScript parts that run under Node. Node 20 reads neither TypeScript nor import.meta.glob, so the sources are built into one
// file first, silently, whenever they have changed.
import {
  closeSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { cache, engineVersion, fingerprint, root } from './sources.mjs'

const SOURCES = ['src', 'app', 'package.json', 'package-lock.json']
const BUILT = join(cache, 'appraise.mjs')
const LOCK = join(cache, 'appraise.lock')
const LOCK_SECONDS = 60

/** The built file, as new as the sources. */
export async function built() {
  await bringUpToDate()
  return BUILT
}

async function bringUpToDate() {
  if (isFresh()) return
  mkdirSync(cache, { recursive: true })
  // One builds, the others wait: many commands may start at once. A lock left by a killed process expires.
  while (!takeLock()) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    if (isFresh()) return
  }
  try {
    if (!isFresh()) await build()
  } finally {
    rmSync(LOCK, { recursive: true, force: true })
  }
}

/** The first line of the built file names the sources it was made from. */
function firstLine() {
  return `// sources ${fingerprint(SOURCES)} ${engineVersion()}\n`
}

function isFresh() {
  const wanted = Buffer.from(firstLine())
  const found = Buffer.alloc(wanted.length)
  let file
  try {
    file = openSync(BUILT, 'r')
    readSync(file, found, 0, found.length, 0)
  } catch {
    return false
  } finally {
    if (file !== undefined) closeSync(file)
  }
  return found.equals(wanted)
}

function takeLock() {
  try {
    mkdirSync(LOCK)
    return true
  } catch {
    const stat = statSync(LOCK, { throwIfNoEntry: false })
    if (stat !== undefined && Date.now() - stat.mtimeMs > LOCK_SECONDS * 1000) {
      try {
        rmdirSync(LOCK)
      } catch {
        // Somebody else removed it first.
      }
    }
    return false
  }
}

async function build() {
  // Taken before the build: a source edited meanwhile makes the result stale, not fresh.
  const stamp = firstLine()
  const { build: viteBuild } = await import('vite')
  const result = await viteBuild({
    configFile: false,
    root,
    logLevel: 'silent',
    publicDir: false,
    define: { __ENGINE_VERSION__: JSON.stringify(engineVersion()) },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: 'app/cli/appraise.ts',
      target: 'node20.19',
      write: false,
      minify: false,
      rolldownOptions: { output: { format: 'es', codeSplitting: false } },
    },
  })
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) => ('output' in one ? one.output : []))
  const chunks = outputs.filter((one) => one.type === 'chunk')
  const [chunk] = chunks
  if (chunk === undefined || chunks.length !== 1) throw new Error(`expected one built file, got ${chunks.length}`)
  const fresh = join(cache, `appraise.${process.pid}.tmp`)
  writeFileSync(fresh, stamp + chunk.code)
  renameSync(fresh, BUILT)
}
