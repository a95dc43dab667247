// @ts-check
// Ten thousand distinct quotes that share their collateral: through workers of the page and through --cases; rate, memory, and what a kill costs.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { cache, root } from '../../app/cli/sources.mjs'

/** Set FLEET=500 for a shorter one. */
const COUNT = Number(process.env['FLEET'] ?? 10_000)

/** @typedef {{ folder: string, at: number, files: (path: string) => Buffer | undefined }} Made */

/** Makes the quotes, as one file for the page and one each for the command line. @returns {Promise<Made>} */
export async function makeFleetFiles() {
  const folder = mkdtempSync(join(cache, 'fleet-'))
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: join(root, 'e2e/bench/fleet-inputs.ts'),
      outDir: folder,
      minify: false,
      rolldownOptions: { output: { format: 'es', codeSplitting: false, entryFileNames: 'attester.mjs' } },
    },
  })
  const { makeFleet, DEMO_AT } = await import(pathToFileURL(join(folder, 'attester.mjs')).href)
  /** @type {{ quotes: Uint8Array[], collateral: { bytes: Uint8Array } }} */
  const { quotes, collateral } = await makeFleet(COUNT)
  mkdirSync(join(folder, 'quotes'))
  const parts = quotes.flatMap((quote, i) => {
    writeFileSync(join(folder, `quotes/${i}.bin`), quote)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(quote.length)
    return [length, quote]
  })
  writeFileSync(join(folder, 'quotes.bin'), Buffer.concat(parts))
  writeFileSync(join(folder, 'collateral.json'), collateral.bytes)
  writeFileSync(
    join(folder, 'cases.jsonl'),
    quotes
      .map(
        (_, i) =>
          `${JSON.stringify({ id: `quote ${i}`, files: [`quotes/${i}.bin`, 'collateral.json'], at: DEMO_AT })}\n`,
      )
      .join(''),
  )
  return {
    folder,
    at: Date.parse(DEMO_AT),
    files: (path) =>
      path === '/fleet/quotes.bin'
        ? readFileSync(join(folder, 'quotes.bin'))
        : path === '/fleet/collateral.json'
          ? readFileSync(join(folder, 'collateral.json'))
          : undefined,
  }
}

/** The parts, by name: `npm run bench -- "fleet in the page"` runs those. */
export const FLEET_PARTS = /** @type {const} */ ([
  ['fleet in the page, 1 worker', 'page', 1, false],
  ['fleet in the page, 2 workers', 'page', 2, false],
  ['fleet in the page, 2 workers, what is at work killed half way', 'page', 2, true],
  ['fleet by --cases, 1 worker', 'cases', 1, false],
  ['fleet by --cases, 2 workers', 'cases', 2, false],
  ['fleet by --cases, 2 workers, killed half way', 'cases', 2, true],
])

/** @param {Made} made @param {import('@playwright/test').Browser} browser @param {string} origin @param {(name: string) => boolean} isWanted */
export async function printFleet(made, browser, origin, isWanted) {
  console.log(`\n${COUNT} distinct TDX quotes, shared collateral, demonstration root`)
  for (const [name, where, workers, isKilled] of FLEET_PARTS) {
    if (!isWanted(name)) continue
    const killAt = isKilled ? COUNT >> 1 : undefined
    const said =
      where === 'page'
        ? told(await inPage(browser, origin, [made.at, workers, COUNT, killAt]))
        : await cases(made, workers, killAt)
    console.log(`  ${name}: ${said}`)
  }
  rmSync(made.folder, { recursive: true, force: true })
}

/** @param {import('@playwright/test').Browser} browser @param {string} origin @param {[number, number, number, number | undefined]} given */
async function inPage(browser, origin, given) {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(`${origin}/`)
    await page.waitForFunction(() => 'bench' in window)
    const report = await page.evaluate((parts) => window.bench.fleet(...parts), given)
    return { report, mebibytes: Math.max(0, ...renderers().map(peak)) }
  } finally {
    await context.close()
  }
}

/** @param {{ report: import('./fleet.ts').FleetReport, mebibytes: number }} done */
function told({ report: { rows, perSecond, headlines, stopped }, mebibytes }) {
  const said = Object.entries(headlines).map(([what, count]) => `${count} × ${what}`)
  return `${Math.round(perSecond)} quotes/s · ${memory(mebibytes)} · ${rows} of ${COUNT} told, ${COUNT - rows} lost · ${said.join(', ')}${stopped.length > 0 ? ` · no row: ${stopped.join(', ')}` : ''}`
}

/** @param {number} mebibytes */
const memory = (mebibytes) => (mebibytes === 0 ? 'memory not told' : `${mebibytes} MiB resident at most`)

/** The processes in which this program's browser runs its pages, with their workers. */
function renderers() {
  try {
    const all = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
    const parents = new Map(
      all.map((pid) => [pid, Number(/PPid:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)]),
    )
    /** @param {number} pid @returns {boolean} */
    const isOurs = (pid) => pid === process.pid || (pid > 1 && isOurs(parents.get(pid) ?? 0))
    return all.filter((pid) => isOurs(pid) && read(`/proc/${pid}/cmdline`).includes('--type=renderer'))
  } catch {
    return []
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Runs the command line over all; `killAt` ends it hard after so many lines. @param {Made} made @param {number} workers @param {number} [killAt] */
async function cases({ folder }, workers, killAt) {
  const started = performance.now()
  const child = spawn(
    process.execPath,
    [join(root, 'app/cli/run.mjs'), '--cases', join(folder, 'cases.jsonl'), '--workers', String(workers)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise((done) => {
    child.once('close', done)
  })
  let [lines, inOrder, whole] = [0, 0, 0]
  let highest = 0
  /** @type {Record<string, number>} */
  const said = {}
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
    lines += 1
    try {
      const { id, ifRootTrusted } = JSON.parse(line)
      whole += 1
      if (id === `quote ${lines - 1}`) inOrder += 1
      said[ifRootTrusted] = (said[ifRootTrusted] ?? 0) + 1
    } catch {
      // The line that was being written.
    }
    if (lines % 50 === 0) highest = Math.max(highest, peak(child.pid))
    if (lines === killAt) child.kill('SIGKILL')
  }
  await ended
  const seconds = (performance.now() - started) / 1000
  return `${Math.round(lines / seconds)} quotes/s · ${memory(highest)} · ${lines} lines, ${whole} whole, ${inOrder} in order · ${Object.entries(
    said,
  )
    .map(([what, count]) => `${count} × ${what}`)
    .join(', ')}`
}

/** Resident memory at its highest, MiB, where the system tells. @param {number | undefined} pid */
function peak(pid) {
  const status = read(`/proc/${pid}/status`)
  return Math.round(Number((/VmHWM:\s+(\d+)/.exec(status) ?? /VmRSS:\s+(\d+)/.exec(status))?.[1] ?? 0) / 1024)
}
