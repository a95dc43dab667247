// @ts-check
// npm run bench: one page of one browser, candidates taking turns, ratios to the floor measured in the same run. Prints; judges nothing.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { engineTogether } from '../../app/cli/chunks.mjs'
import { cache, root } from '../../app/cli/sources.mjs'
import { chromiumArgs, chromiumPath } from '../browser.mjs'
import { realInputs } from './corpus.mjs'
import { printCounts } from './counts.mjs'
import { FLEET_PARTS, makeFleetFiles, printFleet } from './fleet.mjs'
import { printJourneys } from './journeys.mjs'
import { sizes } from './sizes.mjs'

const COLD_STARTS = 7
const only = process.argv.slice(2)
/** `npm run bench -- tdx sizes`: only the parts whose name has one of the words. @param {string} name */
const isWanted = (name) => only.length === 0 || only.some((word) => name.toLowerCase().includes(word.toLowerCase()))

mkdirSync(cache, { recursive: true })
const out = mkdtempSync(join(cache, 'bench-'))
/** @param {string} path */
const here = (path) => join(root, 'e2e/bench', path)
await build({
  configFile: false,
  root: here('.'),
  base: './',
  logLevel: 'error',
  // The peers were written for Node: what they ask of it is answered by packages that run in a page.
  resolve: {
    alias: [
      { find: /^(?:node:)?crypto$/, replacement: here('no-node-crypto.ts') },
      { find: /^buffer\/?$/, replacement: join(root, 'node_modules/buffer/index.js') },
      { find: /^pako$/, replacement: here('pako.ts') },
    ],
  },
  define: { global: 'globalThis', __ENGINE_VERSION__: '"bench"' },
  worker: { format: 'es' },
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'esnext',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      input: { page: here('index.html'), cold: here('cold.html') },
      output: { codeSplitting: engineTogether() },
    },
  },
})
const fleet = FLEET_PARTS.some(([name]) => isWanted(name)) ? await makeFleetFiles() : undefined
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://x')
  const path = join(out, pathname.replace(/\/$/, '/index.html'))
  const made = fleet?.files(pathname)
  if (!made && (!path.startsWith(out) || !existsSync(path))) {
    response.writeHead(404).end()
    return
  }
  const type =
    { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' }[extname(path)] ??
    'application/octet-stream'
  // Isolated, so that the page's clock is fine enough for fractions of a millisecond.
  response
    .writeHead(200, {
      'content-type': type,
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    })
    .end(made ?? readFileSync(path))
})
const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArgs })
try {
  await new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(undefined))
  })
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.error(`page: ${error.message}`))
  await page.goto(`${origin}/`)
  await page.waitForFunction(() => 'bench' in window)
  console.log(`Chromium ${browser.version()}; read the ratios, not the milliseconds.`)
  const made = await page.evaluate(() => window.bench.makeInputs())
  const { inputs: real, notes } = realInputs()
  for (const note of notes) console.log(note)
  for (const input of [...real, ...made])
    if (isWanted(input.name)) {
      printRows(input.name, await page.evaluate((given) => window.bench.run(given, 'compiled'), input))
      if (input.kind !== 'nitro') printRows('', await onPageOfItsOwn(browser, origin, input))
    }
  if (isWanted('cold start'))
    await coldStarts(origin, real.find((input) => input.name.startsWith('real TDX')) ?? made[0])
  if (isWanted('counts'))
    await printCounts([...real, ...made].filter(({ name }) => !name.endsWith('the same each round')))
  if (fleet) await printFleet(fleet, browser, origin, isWanted)
  if (isWanted('growth')) printGrowth(await page.evaluate(() => window.bench.growth()))
  const [quote, report, document] = ['TDX', 'SNP', 'Nitro'].map(
    (kind) => made.find((input) => input.name.startsWith(kind))?.variants[0]?.files ?? [],
  )
  const visited = real.find((input) => input.name.startsWith('real TDX')) ?? made[0]
  if (isWanted('journeys') && visited)
    await printJourneys(browser, visited.name.split(',')[0] ?? '', visited.variants[0]?.files ?? [])
  if (isWanted('sizes'))
    await sizes(browser, [
      { name: 'TDX quote', files: quote ?? [] },
      { name: 'TDX quote, Chinese', files: quote ?? [], locale: 'zh' },
      { name: 'SNP report', files: report ?? [] },
      { name: 'Nitro document', files: document ?? [] },
    ])
} finally {
  await browser.close()
  server.close()
  rmSync(out, { recursive: true, force: true })
}

/**
 * Peers that are script beside this engine, where their garbage is collected in no turn that counts elsewhere: only their own rows are kept.
 * @param {import('@playwright/test').Browser} browser @param {string} origin @param {import('./page.ts').BenchInput} input
 */
async function onPageOfItsOwn(browser, origin, input) {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(`${origin}/`)
    await page.waitForFunction(() => 'bench' in window)
    const rows = await page.evaluate((given) => window.bench.run(given, 'script'), input)
    return rows.slice(4)
  } finally {
    await context.close()
  }
}

/** Without a name: more rows of the table before. @param {string} name @param {import('./page.ts').BenchRow[]} rows */
function printRows(name, rows) {
  const named = (/** @type {string} */ candidate) => rows.find((row) => row.candidate === candidate)
  const [floor, own] = [named('floor'), named('this engine')]
  if (name !== '') {
    console.log(`\n${name}`)
    console.log(
      `  ${'candidate'.padEnd(38)}  min ms  median    × floor: p25 · median · p75    × ours   verifications   outcome`,
    )
  }
  const wide = (/** @type {number} */ value, /** @type {number} */ width) => value.toFixed(2).padStart(width)
  for (const row of rows) {
    // A peer in WebAssembly or plain script verifies where nobody can count.
    const verified = row.verifications === 0 && !row.candidate.startsWith('floor') ? '–' : String(row.verifications)
    console.log(
      `  ${row.candidate.padEnd(38)} ${row.min.toFixed(3).padStart(7)} ${row.median.toFixed(3).padStart(7)} ${wide(row.floor.p25, 14)} · ${wide(row.floor.median, 6)} · ${wide(row.floor.p75, 5)} ${wide(row.ours.median, 9)} ${verified.padStart(15)}   ${row.note}`,
    )
  }
  if (floor && own)
    console.log(
      `  signatures verified by the engine: ${own.verifications}; distinct ones in the task: ${floor.verifications}${own.verifications === floor.verifications ? '' : '  DIFFERENT'}`,
    )
}

/** Fresh contexts in turns: no cache of code or of anything else. @param {string} origin @param {import('./page.ts').BenchInput | undefined} input */
async function coldStarts(origin, input) {
  const variant = input?.variants[0]
  if (!input || !variant) return
  const starters = /** @type {const} */ (['engine', 'wasm', 'js'])
  /** @type {Record<string, { times: number[], verdict: string }>} */
  const results = {}
  for (let round = 0; round < COLD_STARTS; round++) {
    for (const who of starters) {
      if (who === 'wasm' && variant.peer['root'] !== undefined) continue
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(`${origin}/cold.html`)
      await page.waitForFunction(() => 'coldStart' in window)
      const { ms, verdict } = await page.evaluate(
        ([name, given]) => window.coldStart(name, given),
        /** @type {const} */ ([who, variant]),
      )
      const row = (results[who] ??= { times: [], verdict: '' })
      row.times.push(ms)
      row.verdict = verdict
      await context.close()
    }
  }
  console.log(
    `\ncold start, ${input.name.split(',')[0]}: a fresh page, from the first import to the first verdict (${COLD_STARTS} each, in turns)`,
  )
  const medianOf = (/** @type {string} */ who) =>
    results[who]?.times.toSorted((a, b) => a - b)[COLD_STARTS >> 1] ?? Number.NaN
  for (const [who, name] of [
    ['engine', 'this engine'],
    ['wasm', '@phala/dcap-qvl-web (WASM)'],
    ['js', '@phala/dcap-qvl (JS)'],
  ])
    if (results[who ?? ''])
      console.log(
        `  ${(name ?? '').padEnd(38)} ${medianOf(who ?? '')
          .toFixed(1)
          .padStart(
            9,
          )} ms  ${(medianOf(who ?? '') / medianOf('engine')).toFixed(2).padStart(6)} × ours   ${results[who ?? '']?.verdict}`,
      )
}

/** @param {import('./growth.ts').GrowthRow[]} rows */
function printGrowth(rows) {
  console.log(`\n${'decoding and growth'.padEnd(60)} bytes  median ms   time(2n) / time(n)`)
  for (const row of rows)
    console.log(
      `  ${row.what.padEnd(56)} ${String(row.bytes).padStart(7)} ${row.ms.toFixed(2).padStart(10)} ${row.times2.toFixed(2).padStart(20)}`,
    )
}
