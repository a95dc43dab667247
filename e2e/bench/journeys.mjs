// @ts-check
// From nothing to something on the screen, as a phone has it: the built page, a fresh visitor each time, the processor slowed four times (the page's; a browser does not slow workers).
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { staticServer } from '../../app/cli/serve.mjs'
import { cache, root } from '../../app/cli/sources.mjs'

const VISITS = 7
const SLOWED = 4
const dist = join(root, 'dist')

/** @param {import('@playwright/test').Browser} browser @param {string} name @param {readonly { name: string, base64: string }[]} files the first is the evidence */
export async function printJourneys(browser, name, files) {
  if (!existsSync(join(dist, 'index.html'))) {
    console.log('\nno dist/: run npm run build for the journeys')
    return
  }
  const server = staticServer(dist)
  await new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(undefined))
  })
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
  const link = linkTo(origin, files[0])
  console.log(
    `\njourneys of ${name}, processor ${SLOWED} × slower, 390 × 844, ${VISITS} fresh visits each: ms, least · median · most`,
  )
  /** @type {[string, (visit: Visit) => Promise<number>][]} */
  const journeys = [
    ['front door: the page can take a file', ({ page, mark }) => page.goto(origin).then(() => mark('door'))],
    [
      `link (${link.length - origin.length} characters): the verdict is drawn`,
      ({ page, mark }) => page.goto(link).then(() => mark('verdict')),
    ],
    [
      'files dropped at the open door: the verdict is drawn',
      async ({ page, mark }) => {
        await page.goto(origin)
        await mark('door')
        await page.waitForLoadState('networkidle')
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
        return (await mark('verdict')) - (await mark('given'))
      },
    ],
  ]
  /** @type {number[][]} */
  const times = journeys.map(() => [])
  for (let visit = 0; visit < VISITS; visit++)
    for (const [i, [, go]] of journeys.entries()) times[i]?.push(await visitOf(browser, go))
  for (const [i, [what]] of journeys.entries()) {
    const sorted = (times[i] ?? []).toSorted((a, b) => a - b).map(Math.round)
    console.log(`  ${what.padEnd(60)} ${sorted[0]} · ${sorted[VISITS >> 1]} · ${sorted.at(-1)}`)
  }
  await new Promise((done) => {
    server.close(() => done(undefined))
  })
}

/** @typedef {{ page: import('@playwright/test').Page, mark: (name: string) => Promise<number> }} Visit */

/** @param {import('@playwright/test').Browser} browser @param {(visit: Visit) => Promise<number>} go */
async function visitOf(browser, go) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' })
  try {
    const page = await context.newPage()
    await page.addInitScript(() => {
      /** @type {Record<string, number>} */
      const marks = {}
      Object.assign(window, { marks })
      const seen = (/** @type {string} */ name) => {
        // The frame after the one in which it came.
        if (!(name in marks)) requestAnimationFrame(() => setTimeout(() => (marks[name] ??= performance.now())))
      }
      new MutationObserver(() => {
        if (document.querySelector('input[type=file]')) seen('door')
        const verdict = document.querySelector('#panel-verdict')
        if (verdict && verdict.querySelectorAll('*').length > 3) seen('verdict')
      }).observe(document, { childList: true, subtree: true })
      addEventListener('change', () => (marks['given'] ??= performance.now()), true)
    })
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
    const mark = async (/** @type {string} */ name) => {
      const found = await page.waitForFunction(
        (wanted) => /** @type {{ marks?: Record<string, number> }} */ (window).marks?.[wanted],
        name,
        { timeout: 60_000 },
      )
      return Number(await found.jsonValue())
    }
    return await go({ page, mark })
  } finally {
    await context.close()
  }
}

/** @param {string} origin @param {{ name: string, base64: string } | undefined} file */
function linkTo(origin, file) {
  const folder = mkdtempSync(join(cache, 'link-'))
  try {
    const path = join(folder, 'quote.bin')
    writeFileSync(path, Buffer.from(file?.base64 ?? '', 'base64'))
    return execFileSync(process.execPath, [join(root, 'app/cli/run.mjs'), '--make-link', path, '--base', origin], {
      encoding: 'utf8',
    }).trim()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
