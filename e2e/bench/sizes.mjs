// @ts-check
// What a visitor loads, gzip: until the page can take a file, and until fields and verdict of one kind stand there.
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
  /** @type {Map<string, number>} */
  const ever = new Map()
  for (const { name, files, locale = 'en' } of drops) {
    asked = new Set()
    const context = await browser.newContext({ locale })
    const page = await context.newPage()
    page.on('pageerror', (error) => console.error(`page: ${error.message}`))
    await page.goto(origin)
    await page.locator('input[type=file]').first().waitFor({ state: 'attached' })
    await page.waitForTimeout(1500)
    const first = new Set(asked)
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
      .waitFor({ timeout: 30_000 })
      .catch(() => console.log(`  ${name}: no verdict appeared`))
    await page
      .getByRole('link', { name: /Fields and bytes|字段与字节/ })
      .first()
      .click()
    await page
      .getByRole('treegrid')
      .first()
      .waitFor({ timeout: 30_000 })
      .catch(() => console.log(`  ${name}: no fields appeared`))
    // What is loaded in the background afterwards is no part of the first view.
    const all = [...asked].filter((path) => existsSync(join(dist, path)))
    const total = (/** @type {Iterable<string>} */ paths) =>
      [...paths].filter((path) => existsSync(join(dist, path))).reduce((sum, path) => sum + gzipSize(path), 0)
    console.log(
      `  ${name}: front door ${kB(total(first)).trim()} in ${first.size} requests; fields and verdict ${kB(total(all)).trim()} in ${all.length}`,
    )
    for (const path of all) ever.set(path, gzipSize(path))
    for (const path of all.sort((a, b) => gzipSize(b) - gzipSize(a)).slice(0, 24))
      console.log(`    ${kB(gzipSize(path))}  ${first.has(path) ? 'front door' : 'then      '}  ${path}`)
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
