// @ts-check
// What one verdict makes, which no load on the machine alters: bytes that are allocated, elements, certificates, nodes, digests. Under Node, with names kept.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { webcrypto } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { cache, root } from '../../app/cli/sources.mjs'

const WARM_UP = 60
const ROUNDS = 40

let copies = 0

/** What is counted: a function of a file, by how often it is entered. */
const COUNTED = /** @type {const} */ ([
  ['DER elements', 'src/bytes/der.ts', 'elementOf'],
  ['certificates read', 'src/pki/certificate.ts', 'readAnew'],
  ['lists read', 'src/pki/crl.ts', 'readAnew'],
  ['JSON strings', 'src/bytes/json.ts', 'readString'],
  ['nodes of layouts', 'src/bytes/layout.ts', 'leafNode'],
  ['sayings', 'src/core/saying.ts', 'say'],
])

/** The engine as the page has it, in one file under its own names. @returns {Promise<{ folder: string, path: string, code: string }>} */
async function engine() {
  const folder = mkdtempSync(join(cache, 'counts-'))
  const made = await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    define: { __ENGINE_VERSION__: '"bench"' },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(root, 'e2e/bench/engine.ts'),
      write: false,
      minify: false,
      rolldownOptions: { output: { format: 'es', codeSplitting: false } },
    },
  })
  const [chunk] = [made].flat().flatMap((one) => ('output' in one ? one.output : []))
  const code = chunk?.type === 'chunk' ? chunk.code : ''
  const path = join(folder, 'engine.mjs')
  writeFileSync(path, code)
  return { folder, path, code }
}

/** @typedef {{ verdictOf: (files: readonly { name: string, bytes: Uint8Array }[], at: number) => Promise<string>, forget: () => void }} Engine */

/** Prints one line for each input. @param {readonly import('./page.ts').BenchInput[]} inputs */
export async function printCounts(inputs) {
  const { folder, path, code } = await engine()
  try {
    /** @type {Engine} */
    const whole = await import(pathToFileURL(path).href)
    console.log(`\ncounts for one verdict, nothing kept from another (mean of ${ROUNDS}, Node ${process.version})`)
    for (const input of inputs) {
      const cases = input.variants.map(({ files, at }) => ({
        at,
        files: files.map(({ name, base64 }) => ({ name, bytes: new Uint8Array(Buffer.from(base64, 'base64')) })),
      }))
      const one = async (/** @type {number} */ round, /** @type {Engine} */ { verdictOf, forget } = whole) => {
        const { files, at } = cases[round % cases.length] ?? { files: [], at: 0 }
        forget()
        await verdictOf(files, at)
      }
      for (let round = 0; round < WARM_UP; round++) await one(round)
      console.log(`  ${input.name.padEnd(52)} ${await countedDuring(path, code, one)}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} path @param {string} code @param {(round: number, engine?: Engine) => Promise<void>} one */
async function countedDuring(path, code, one) {
  const session = new Session()
  session.connect()
  const digest = webcrypto.subtle.digest.bind(webcrypto.subtle)
  let digests = 0
  webcrypto.subtle.digest = (...given) => {
    digests += 1
    return digest(...given)
  }
  try {
    await session.post('HeapProfiler.enable')
    await session.post('HeapProfiler.startSampling', {
      samplingInterval: 1024,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    })
    for (let round = 0; round < ROUNDS; round++) await one(round)
    const { profile } = await session.post('HeapProfiler.stopSampling')
    const perVerdict = [
      `${Math.round(sizeOf(profile.head) / ROUNDS / 1024)} KiB allocated`,
      `${digests / ROUNDS} digests`,
    ]
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
    // An instance of its own: what was compiled before counting began is not counted where it was inlined.
    copies += 1
    const address = `${pathToFileURL(path).href}?counted=${copies}`
    /** @type {Engine} */
    const counted = await import(address)
    await one(0, counted)
    await session.post('Profiler.takePreciseCoverage')
    for (let round = 0; round < ROUNDS; round++) await one(round, counted)
    const { result } = await session.post('Profiler.takePreciseCoverage')
    await session.post('Profiler.stopPreciseCoverage')
    const functions = result.find(({ url }) => url === address)?.functions ?? []
    for (const [what, file, name] of COUNTED) {
      const [start, end] = placeOf(code, file)
      // Two functions of one name get a number behind it.
      const calls = functions
        .filter(({ functionName, ranges }) => {
          const at = ranges[0]?.startOffset ?? -1
          return functionName.replace(/\$\d+$/, '') === name && at >= start && at < end
        })
        .reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0)
      perVerdict.push(`${Math.round(calls / ROUNDS)} ${what}`)
    }
    return perVerdict.join(' · ')
  } finally {
    webcrypto.subtle.digest = digest
    session.disconnect()
  }
}

/** Bytes of all samples. @param {import('node:inspector').HeapProfiler.SamplingHeapProfileNode} head */
function sizeOf(head) {
  let size = 0
  const stack = [head]
  for (let node = stack.pop(); node; node = stack.pop()) {
    size += node.selfSize
    stack.push(...node.children)
  }
  return size
}

/** Where a file's code stands in the bundle, whose comments name it. @param {string} code @param {string} file @returns {[number, number]} */
function placeOf(code, file) {
  const start = code.search(new RegExp(`^//\\s(?:.*/)?${file.replaceAll('.', '\\.')}$`, 'm'))
  if (start < 0) return [0, 0]
  const next = code.slice(start + 1).search(/^\/\/\s(?:.*\/)?(?:src|e2e|node_modules)\/\S+$/m)
  return [start, next < 0 ? code.length : start + 1 + next]
}
