// @ts-check
// npm run bench: one page of one browser, candidates taking turns, ratios to the floor measured in the same run. Prints; judges nothing.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { build } from 'vite'
import { cache, root } from '../../app/cli/sources.mjs'
import { chromiumArgs, chromiumPath } from '../browser.mjs'

const out = mkdtempSync(join(cache, 'bench-'))
try {
  await build({
    configFile: false, root: join(root, 'e2e/bench'), base: './', logLevel: 'error',
    resolve: { alias: [{ find: /^(node:)?crypto$/, replacement: join(root, 'e2e/bench/no-node-crypto.ts') }, { find: 'buffer', replacement: join(root, 'node_modules/buffer/index.js') }] },
    define: { global: 'globalThis', __ENGINE_VERSION__: '"bench"' },
    build: { outDir: out, emptyOutDir: true, target: 'esnext', assetsInlineLimit: 0, chunkSizeWarningLimit: 5000 },
  })
  const server = createServer((request, response) => {
    const path = join(out, new URL(request.url ?? '/', 'http://x').pathname.replace(/\/$/, '/index.html'))
    if (!path.startsWith(out) || !existsSync(path)) { response.writeHead(404).end(); return }
    // Isolated, so that the page's clock is fine enough for fractions of a millisecond.
    response.writeHead(200, { 'content-type': { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' }[extname(path)] ?? 'application/octet-stream', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }).end(readFileSync(path))
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)))
  const address = server.address()
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArgs })
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.error(`page: ${error.message}`))
  await page.goto(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`)
  await page.waitForFunction(() => 'bench' in window)
  const made = await page.evaluate(() => window.bench.makeInputs())
  for (const input of [...made, ...realInputs()]) print(await page.evaluate((given) => window.bench.run(given), input))
  await browser.close()
  server.close()
} finally {
  rmSync(out, { recursive: true, force: true })
}
sizes()

/** @param {import('./page.ts').BenchRow[]} rows */
function print(rows) {
  const floor = rows.find((row) => row.candidate === 'floor')
  const own = rows.find((row) => row.candidate === 'this engine')
  console.log(`\n${rows[0]?.input ?? ''}`)
  console.log('  candidate                              median ms   p95 ms   min ms   × floor   × ours   WebCrypto calls   outcome')
  for (const row of rows) {
    const ratio = (/** @type {number | undefined} */ base) => (base ? (row.median / base).toFixed(2) : '–')
    console.log(`  ${row.candidate.padEnd(38)} ${row.median.toFixed(3).padStart(9)} ${row.p95.toFixed(3).padStart(8)} ${row.min.toFixed(3).padStart(8)} ${ratio(floor?.median).padStart(9)} ${ratio(own?.median).padStart(8)} ${String(row.verifications).padStart(17)}   ${row.note}`)
  }
  if (floor && own && floor.verifications !== own.verifications) console.log(`  the engine ran ${own.verifications} verifications, the floor ${floor.verifications}`)
}

/** Real evidence with what the peers take, when a folder of it is named. */
function realInputs() {
  const corpus = process.env['EVIDENCE_CORPUS']
  if (!corpus) return []
  /** @param {string} file */
  const base64 = (file) => readFileSync(join(corpus, file)).toString('base64')
  const cases = readFileSync(join(corpus, 'cases.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line))
  const inputs = []
  for (const [name, kind, test] of /** @type {const} */ ([
    ['real TDX quote v4', 'intel', (/** @type {any} */ one) => /f1c85033/.test(one.id) && one.expect.tcbStatus === 'UpToDate'],
    ['real SGX quote v3', 'intel', (/** @type {any} */ one) => /f8b81014/.test(one.id) && one.files[1]?.endsWith('.json')],
    ['real SNP report', 'snp', (/** @type {any} */ one) => one.files[0].startsWith('amd/') && one.expect.signature === 'holds' && one.expect.generation === 'Genoa' && one.expect.reportVersion === 3 && one.expect.signingKey === 'VCEK'],
    ['real Nitro document', 'nitro', (/** @type {any} */ one) => one.files[0].startsWith('nitro/') && one.expect.signature === 'holds' && one.expect.root === 'pinned'],
  ])) {
    const found = cases.find(test)
    if (!found) { console.log(`\n${name}: no such case in the corpus`); continue }
    const [evidence, other] = found.files
    inputs.push({
      name, kind, at: found.at === null ? Date.now() : Date.parse(found.at), variants: [found.files.map((/** @type {string} */ file) => ({ name: file, base64: base64(file) }))],
      peer: kind === 'intel' ? { quote: base64(evidence), collateral: readFileSync(join(corpus, other), 'utf8') } : kind === 'snp' ? { report: base64(evidence), vcek: base64(other) } : { document: base64(evidence) },
    })
  }
  return inputs
}

/** What a visitor loads, gzip: the first view and each chunk that waits for its panel. */
function sizes() {
  const dist = join(root, 'dist')
  if (!existsSync(join(dist, 'index.html'))) { console.log('\nno dist/: run npm run build for the sizes'); return }
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const eager = new Set([...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map((match) => match[1] ?? ''))
  const rows = readdirSync(join(dist, 'assets')).filter((name) => /\.(js|css)$/.test(name)).map((name) => ({ name: `assets/${name}`, size: gzipSync(readFileSync(join(dist, 'assets', name))).length, raw: statSync(join(dist, 'assets', name)).size }))
  const sum = rows.filter((row) => eager.has(row.name)).reduce((total, row) => total + row.size, 0)
  console.log(`\nfirst view, gzip: ${(sum / 1000).toFixed(1)} kB in ${eager.size} files`)
  for (const row of rows.sort((a, b) => b.size - a.size)) console.log(`  ${(row.size / 1000).toFixed(1).padStart(7)} kB  ${eager.has(row.name) ? 'first view' : 'lazy      '}  ${row.name}`)
}
