import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect as base, test, type Page } from '@playwright/test'
import { listen, staticServer } from '../app/cli/serve.mjs'
import { give, sampleFiles } from './share-links.ts'

/** The network cut, browser and server: the kept page, and the single file on a machine that never had a network. */

// A slow machine is not a broken page.
const expect = base.configure({ timeout: 90_000 })
test.describe.configure({ timeout: 420_000 })
const root = fileURLToPath(new URL('..', import.meta.url))

interface Watched {
  readonly violations: string[]
  readonly errors: string[]
  readonly asked: string[]
}

async function watched(page: Page): Promise<Watched> {
  const seen: Watched = { violations: [], errors: [], asked: [] }
  await page.exposeBinding('reportViolation', (_source, text: string) => {
    seen.violations.push(text)
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(globalThis, 'reportViolation')
      if (typeof report === 'function') report(`${event.effectiveDirective} ${event.blockedURI}`)
    })
  })
  page.on('pageerror', (error) => seen.errors.push(error.message))
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.serviceWorker()) seen.asked.push(request.url())
  })
  return seen
}

/** A server of its own over a copy of the build, so that a test can change and stop it. */
async function served(): Promise<{ folder: string; server: Server; origin: string; requests: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'page-'))
  await cp(join(root, 'dist'), folder, { recursive: true })
  const server = staticServer(folder)
  const requests: string[] = []
  server.on('request', (request: { readonly url?: string }) => requests.push(request.url ?? ''))
  return { folder, server, origin: await listen(server, 0), requests }
}

function stopped(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })
}

async function keep(page: Page, origin: string): Promise<void> {
  await page.goto(origin)
  await page.getByRole('button', { name: 'Keep this page in this browser' }).click()
  await expect(page.locator('[data-keep="yes"]')).toBeVisible()
}

/** Names of what holds something. A worker that answered while its files were taken away leaves a name with nothing in it: that keeps nothing. */
async function holding(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const names: string[] = []
    for (const name of await caches.keys()) if ((await (await caches.open(name)).keys()).length > 0) names.push(name)
    return names
  })
}

/** What a room without a network does: lessons, the lab, a quote with its collateral, the other language. */
async function everything(page: Page, address: string): Promise<void> {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text().slice(0, 300)))
  page.on('pageerror', (error) => said.push(String(error.stack ?? error.message).slice(0, 600)))
  for (const [lesson, step] of [
    ['flip', 4],
    ['revoked', 5],
    ['devices', 5],
  ] as const) {
    await page.goto(`${address}#lesson=${lesson}&step=${step}`)
    await expect(page.locator('[data-rail] [data-after]').first())
      .toBeVisible()
      .catch(async (thrown: unknown) => {
        // What stood there instead tells more than that it was not there.
        const text = await page.evaluate(() => document.body.innerText.slice(0, 1200))
        console.log(`${lesson} ${step}: ${page.url()} ${text} ${said.join('; ')}`)
        throw thrown
      })
    await expect(page.locator('[data-rail] [data-after]').first()).not.toHaveAttribute('data-after', 'absent')
  }
  await page.goto(`${address}#page=prologue`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Two states of data')
  await page.goto(`${address}#sample=intel-dcap/tdx-up-to-date&panel=flip`)
  await page.locator('#panel-flip').getByRole('button', { name: 'Flip its lowest bit' }).first().click()
  await expect(page.getByText(/^\d+ of \d+ checks changed/)).toBeVisible()
  await page.goto(`${address}#`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await give(page, sampleFiles('intel-dcap', 'tdx-up-to-date'))
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/demonstration hardware|The signature holds/i)
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/演示用硬件|签名成立/)
}

test('kept by the reader, the page does everything with browser and server cut, and keeps nothing that was opened', async ({
  context,
}) => {
  const { server, origin, requests } = await served()
  const first = await context.newPage()
  await first.goto(origin)
  // Nothing is kept unasked.
  await expect(first.locator('[data-keep="no"]')).toBeVisible()
  expect(await first.evaluate(async () => (await caches.keys()).length)).toBe(0)
  await keep(first, origin)
  const size = await first.evaluate(async () => {
    let bytes = 0
    let count = 0
    for (const name of await caches.keys())
      for (const response of await (await caches.open(name)).matchAll()) {
        bytes += (await response.arrayBuffer()).byteLength
        count += 1
      }
    return { bytes, count }
  })
  console.log(`precache: ${size.count} files, ${size.bytes} bytes`)
  await first.close()
  await stopped(server)
  await context.setOffline(true)
  const before = requests.length
  const page = await context.newPage()
  const seen = await watched(page)
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(origin)
  await everything(page, origin)
  expect(requests.length).toBe(before)
  expect(seen.violations).toEqual([])
  expect(seen.errors).toEqual([])
  const kept = await page.evaluate(async () => {
    const urls: string[] = []
    for (const name of await caches.keys())
      urls.push(...(await (await caches.open(name)).keys()).map((request) => request.url))
    return urls
  })
  expect(kept).toHaveLength(size.count)
})

test('a kept part that is not as built is refused, and said; the page works from the network', async ({ context }) => {
  const { server, origin } = await served()
  const page = await context.newPage()
  await keep(page, origin)
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys())
        if (/LessonHost.*\.js$/.test(request.url))
          await cache.put(
            request,
            new Response('throw new Error("tampered")', { headers: { 'Content-Type': 'text/javascript' } }),
          )
    }
  })
  await page.reload()
  await page.goto(`${origin}#lesson=debug&step=1`)
  await expect(page.locator('[data-rail]')).toBeVisible()
  await page.getByRole('link', { name: 'Open', exact: true }).click()
  await expect(page.getByText(/was not as built/)).toBeVisible()
  await stopped(server)
})

test('a newer build is offered and never forced', async ({ context }) => {
  const { server, origin, folder } = await served()
  const page = await context.newPage()
  await keep(page, origin)
  await page.reload()
  const worker = await readFile(join(folder, 'sw.js'), 'utf8')
  await writeFile(join(folder, 'sw.js'), worker.replace(/"version":"[0-9a-f]+"/, '"version":"0123456789abcdef"'))
  await page.reload()
  await expect(page.getByText('A newer version of this page is here.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Switch now' })).toBeVisible()
  // Nobody switched: the older one still answers.
  expect(await holding(page)).toHaveLength(2)
  await stopped(server)
})

// A browser lets the older worker go only while nothing is asked of it. From a page that has asked for much a moment ago it
// took from two seconds to more than a minute and a half here, so the takeover is tested from a page that asks for nothing.
test('the newer build takes over when asked to, and nothing of the older one stays', async ({ context }) => {
  const { server, origin, folder } = await served()
  const page = await context.newPage()
  await keep(page, origin)
  const worker = await readFile(join(folder, 'sw.js'), 'utf8')
  await writeFile(join(folder, 'sw.js'), worker.replace(/"version":"[0-9a-f]+"/, '"version":"0123456789abcdef"'))
  await page.goto(`${origin}/files.json`)
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await expect
    .poll(() => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting)))
    .toBe(true)
  expect(await holding(page)).toHaveLength(2)
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.postMessage('switch'))
  await expect.poll(() => holding(page)).toEqual(['page 0123456789abcdef'])
  await page.goto(origin)
  await expect(page.locator('[data-keep="yes"]')).toBeVisible()
  await stopped(server)
})

test('a host can call all copies back', async ({ context }) => {
  const { server, origin, folder } = await served()
  const page = await context.newPage()
  await keep(page, origin)
  // The same worker with its switch thrown removes itself and everything it kept.
  const worker = await readFile(join(folder, 'sw.js'), 'utf8')
  await writeFile(join(folder, 'sw.js'), worker.replace('"isOff":false', '"isOff":true'))
  // A browser lets a worker go while nothing is asked of it; a page that loads ahead asks all the time, this file does not.
  await page.goto(`${origin}/files.json`)
  const began = Date.now()
  // A browser asks for the worker anew in its own time after a visit; here it is asked to at once.
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await expect.poll(() => holding(page)).toEqual([])
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
  console.log(`called back: ${Date.now() - began} ms`)
  await stopped(server)
})

test('the reader can remove it again', async ({ context }) => {
  const { server, origin } = await served()
  const page = await context.newPage()
  await keep(page, origin)
  await page.locator('[data-keep]').getByRole('button', { name: 'Remove' }).click()
  await expect(page.locator('[data-keep="no"]')).toBeVisible()
  expect(await holding(page)).toEqual([])
  await stopped(server)
})

test('one file from a stick does everything, with no request and no breach of its policy', async ({ context }) => {
  const file = join(root, 'dist-single/attestation-explorer.html')
  execFileSync('node', [join(root, 'app/cli/single.mjs')], { cwd: root, stdio: 'ignore' })
  console.log(`single file: ${statSync(file).size} bytes`)
  const html = await readFile(file, 'utf8')
  expect(html).not.toMatch(/unsafe-inline|unsafe-eval/)
  const page = await context.newPage()
  const seen = await watched(page)
  page.on('dialog', (dialog) => void dialog.accept())
  await context.setOffline(true)
  await page.goto(pathToFileURL(file).href)
  await everything(page, pathToFileURL(file).href)
  expect(seen).toEqual({ violations: [], errors: [], asked: [] })
})
