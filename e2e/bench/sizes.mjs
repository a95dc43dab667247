// @ts-check
// What a visitor loads, gzip: step by step: until the page can take a file, until a verdict stands there, and with each panel; then every other chunk.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '../../app/cli/sources.mjs'
import { staticServer } from '../../app/cli/serve.mjs'

const dist = join(root, 'dist')

/** @param {string} path */
const gzipSize = (path) => gzipSync(readFileSync(join(dist, path)), { level: 9 }).length
/** @param {number} bytes */
const kB = (bytes) => `${(bytes / 1000).toFixed(1).padStart(7)} kB`

/**
 * Opens the built page as a visitor does and lists what it asked for.
 * @param {import('@playwright/test').Browser} browser
 * @param {{ name: string, files: readonly { name: string, base64: string }[], locale?: string }[]} drops
 */
export async function sizes(browser, drops) {
  if (!existsSync(join(dist, 'index.html'))) {
    console.log('\nno dist/: run npm run build for the sizes')
    return
  }
  const server = staticServer(dist)
  /** @type {Set<string>} */
  let asked = new Set()
  server.prependListener('request', (request) => {
    asked.add(decodeURI(new URL(request.url ?? '/', 'http://x').pathname).slice(1) || 'index.html')
  })
  await new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(undefined))
  })
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
  console.log('\nwhat a visitor loads, gzip -9')
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const named = new Set([
    'index.html',
    ...[...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g)].map((m) => m[1] ?? ''),
  ])
  /** @type {Map<string, number>} */
  const ever = new Map()
  for (const { name, files, locale = 'en' } of drops) {
    asked = new Set()
    // A reader who asked for little traffic: what is loaded in the background is no part of any step.
    const context = await browser.newContext({ locale, serviceWorkers: 'block' })
    await context.addInitScript(() => {
      Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
    })
    const page = await context.newPage()
    page.on('pageerror', (error) => console.error(`page: ${error.message}`))
    console.log(`  ${name}`)
    /** @type {Set<string>} */
    const known = new Set()
    let sum = 0
    /** @param {string} what @param {Set<string>} [of] */
    const step = async (what, of) => {
      const fresh = [...asked].filter(
        (path) => !known.has(path) && existsSync(join(dist, path)) && (of === undefined || of.has(path)),
      )
      const size = fresh.reduce((total, path) => total + gzipSize(path), 0)
      sum += size
      console.log(`    ${kB(size)} in ${String(fresh.length).padStart(2)}  ${kB(sum)} so far  ${what}`)
      for (const path of fresh.sort((a, b) => gzipSize(b) - gzipSize(a))) {
        known.add(path)
        ever.set(path, gzipSize(path))
        if (what.startsWith('front') || what.startsWith('verdict'))
          if (gzipSize(path) > 1000) console.log(`      ${kB(gzipSize(path))}  ${path}`)
      }
    }
    await page.goto(origin)
    await page.locator('input[type=file]').first().waitFor({ state: 'attached' })
    await step('front door: what the page names', named)
    await page.waitForLoadState('networkidle')
    await step('loaded while the front door stands open')
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(
        files.map((file) => ({
          name: file.name,
          mimeType: 'application/octet-stream',
          buffer: Buffer.from(file.base64, 'base64'),
        })),
      )
    await page
      .locator('#panel-verdict')
      .waitFor({ timeout: 60_000 })
      .catch(() => console.log(`  ${name}: no verdict appeared`))
    await step('verdict')
    await page.waitForLoadState('networkidle')
    await step('loaded while the verdict stands: what goes to paper')
    const panels = page.locator('nav[data-bar] a')
    for (let panel = 1; panel < (await panels.count()); panel++) {
      const title = (await panels.nth(panel).textContent()) ?? ''
      await panels.nth(panel).click()
      await page.waitForTimeout(400)
      await page.waitForLoadState('networkidle')
      await step(`panel “${title.trim()}”`)
    }
    await context.close()
  }
  await new Promise((done) => {
    server.close(() => done(undefined))
  })
  console.log('  every other chunk over 1 kB, loaded only with its panel, scheme or sample:')
  const rest = readdirSync(join(dist, 'assets'))
    .map((name) => `assets/${name}`)
    .filter((path) => /\.(?:js|css)$/.test(path) && !ever.has(path))
    .map((path) => ({ path, size: gzipSize(path) }))
  for (const { path, size } of rest.sort((a, b) => b.size - a.size))
    if (size > 1000) console.log(`    ${kB(size)}  ${path}`)
}
