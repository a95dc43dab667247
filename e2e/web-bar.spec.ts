import { mkdtemp, open, readFile, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect as base, type Page } from '@playwright/test'
import { listen, staticServer } from '../app/cli/serve.mjs'
import { give, headline, linkOf, asLinkFiles, sampleFiles } from './share-links.ts'
import { test } from './watched.ts'
import { certificateNamed, filesSaying, MARKUP, SCHEME, SCRIPT } from './web-hostile.ts'

/** What the page must withstand, one named test a row; rows that need no browser stand beside the engine. */

// A slow machine is not a broken page.
const expect = base.configure({ timeout: 30_000 })
test.describe.configure({ timeout: 240_000 })

const CLEAN = { violations: [], foreignRequests: [], errors: [] }
const PANELS = [
  'verdict',
  'fields',
  'path',
  'measurements',
  'certificates',
  'tcb',
  'dates',
  'collateral',
  'raw',
  'expectations',
  'flip',
  'report',
]

/** The only addresses outside that a panel may link to: specifications that our own checks cite. */
const SPECIFICATIONS = /^https:\/\/[a-z0-9.-]+\/[A-Za-z0-9._~/#-]*$/

/** Opens the fields and finds `text` there; what is found is selected. */
async function find(page: Page, text: string): Promise<void> {
  await page.getByRole('link', { name: 'Fields and bytes' }).click()
  await expect(page.getByTestId('hex')).toBeVisible()
  await page.getByRole('searchbox').fill(text)
  await page.getByRole('searchbox').press('Enter')
}

/** Every panel that the case offers, opened one after the other. */
async function everyPanel(
  page: Page,
  look: (panel: string) => Promise<void> = async () => undefined,
): Promise<readonly string[]> {
  const links = page.getByRole('navigation', { name: /^(Panels|面板)/ }).getByRole('link')
  const seen: string[] = []
  for (let index = 0; index < (await links.count()); index += 1) {
    await links.nth(index).click()
    const panel = page.locator('[id^="panel-"]').first()
    await expect(panel.getByRole('heading').first()).toBeVisible()
    const id = (await panel.getAttribute('id'))?.replace('panel-', '') ?? ''
    seen.push(id)
    await look(id)
  }
  return seen
}

for (const text of [MARKUP, SCRIPT]) {
  test(`W1: ${text} in names, claims, comments and file names is text on every panel`, async ({ page, watch }) => {
    let dialogs = 0
    page.on('dialog', (dialog) => {
      if (dialog.type() !== 'beforeunload') dialogs += 1
      void dialog.accept()
    })
    for (const file of await filesSaying(text)) {
      await page.goto('about:blank')
      await page.goto('./')
      await give(page, [file])
      await expect(headline(page)).toBeVisible()
      const isRead = !(await headline(page).innerText()).startsWith('Not recognised')
      let isSeen = false
      await everyPanel(page, async (panel) => {
        await page.locator(`#panel-${panel} details`).evaluateAll((all) => {
          for (const one of all) one.setAttribute('open', '')
        })
        isSeen ||= (await page.getByText(text).count()) > 0
        // Nothing of it became an element, and no address of it became a link.
        expect(await page.locator('img[src="x"], main script').count(), `${file.name} on ${panel}`).toBe(0)
        expect(
          await page
            .locator('a')
            .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
            .then((all) =>
              all.filter(
                (href) => !href.startsWith('#') && (!SPECIFICATIONS.test(href) || href.includes('collector.example')),
              ),
            ),
          `${file.name} on ${panel}`,
        ).toEqual([])
      })
      // What no reader opens stays bytes; what one opens says what stands there.
      if (isRead) expect(isSeen, `${file.name} shows its text literally`).toBe(true)
    }
    expect(dialogs).toBe(0)
    expect(watch).toEqual(CLEAN)
  })
}

test('W1: an address that runs script is text too', async ({ page, watch }) => {
  await page.goto('./')
  await give(page, [{ name: 'certificate.der', bytes: await certificateNamed('plain', [SCHEME]) }])
  await find(page, 'javascript')
  await expect(page.getByText(SCHEME).first()).toBeVisible()
  expect(await page.locator('[href^="javascript" i]').count()).toBe(0)
  expect(watch).toEqual(CLEAN)
})

for (const [what, common, shown] of [
  ['a text turned round', 'Intel\u202Etoor', 'Intel⟨U+202E⟩toor'],
  ['invisible characters', 'In\u200Btel\u2066\uFEFF', 'In⟨U+200B⟩tel⟨U+2066⟩⟨U+FEFF⟩'],
  ['line ends and NUL', 'Intel\n\u0000Root', 'Intel⟨U+000A⟩⟨U+0000⟩Root'],
  ['a look-alike of another alphabet', 'Іntel Root', 'Іntel Root'],
] as const) {
  test(`W2: ${what} in a certificate’s name is made visible`, async ({ page, watch }) => {
    await page.goto('./')
    await give(page, [{ name: 'certificate.der', bytes: await certificateNamed(common) }])
    await expect(headline(page)).toBeVisible()
    await find(page, common.slice(0, 2))
    await expect(page.locator('#panel-fields').getByText(shown).first()).toBeVisible()
    // What is shown stands by itself: it cannot turn round the text beside it.
    expect(await page.locator('bdi').filter({ hasText: shown }).count()).toBeGreaterThan(0)
    if (what.startsWith('a look-alike')) await expect(page.getByText('mixed alphabets').first()).toBeVisible()
    else expect(await page.locator('main').innerText()).not.toContain(common)
    expect(watch).toEqual(CLEAN)
  })
}

test('W2: ten thousand characters are cut until they are asked for; what is no text stays bytes', async ({
  page,
  watch,
}) => {
  await page.goto('./')
  await give(page, [{ name: 'long.der', bytes: await certificateNamed('y'.repeat(10_000)) }])
  await expect(headline(page)).toBeVisible()
  await find(page, 'yyyy')
  await expect(page.getByText(/^O=y{254}…/).first()).toBeVisible()
  expect((await page.locator('main').innerText()).includes('y'.repeat(300))).toBe(false)
  await page.getByRole('button', { name: /^show all 2\d,\d{3} characters$/ }).click()
  await expect(page.getByText('y'.repeat(10_000)).first()).toBeAttached()
  await page.goto('./')
  await give(page, [{ name: 'bad.txt', bytes: Uint8Array.of(0xc3, 0x28, 0xff, 0xfe, 0x80, 0x41) }])
  await expect(headline(page)).toContainText('Not recognised')
  expect(watch).toEqual(CLEAN)
})

test('W8: a 1 GiB sparse file is refused by its size: little memory, the page answers', async ({
  page,
  context,
  watch,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'sparse-'))
  try {
    const path = join(folder, 'disk.img')
    const file = await open(path, 'w')
    await file.truncate(1024 ** 3)
    await file.write(Buffer.from('HEAD'), 0, 4, 0)
    await file.write(Buffer.from('TAIL'), 0, 4, 1024 ** 3 - 4)
    await file.close()
    await page.goto('./')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const session = await context.newCDPSession(page)
    // Buffers lie beside the heap: a whole file read by mistake shows there.
    const used = async () => {
      const { usedSize, backingStorageSize = 0 } = (await session.send('Runtime.getHeapUsage')) as {
        usedSize: number
        backingStorageSize?: number
      }
      return usedSize + backingStorageSize
    }
    await page.getByTestId('files').setInputFiles(path)
    let most = await used()
    const answered = await page.evaluate(async () => {
      const start = performance.now()
      const button = [...document.querySelectorAll('button')].find((one) => one.textContent === '中文')
      button?.click()
      while (document.documentElement.lang !== 'zh-Hans')
        await new Promise((resolve) => {
          setTimeout(resolve, 1)
        })
      return performance.now() - start
    })
    most = Math.max(most, await used())
    await page.getByRole('button', { name: 'English' }).click()
    const said = page.getByRole('status').filter({ hasText: 'disk.img is 1.0 GiB' })
    await expect(said).toContainText('up to 16.0 MiB is read')
    await expect(said).toContainText('HEAD')
    await expect(said).toContainText('TAIL')
    most = Math.max(most, await used())
    console.log(
      `W8: most memory ${(most / 1024 / 1024).toFixed(1)} MiB, a press answered after ${answered.toFixed(0)} ms`,
    )
    expect(most).toBeLessThan(100 * 1024 * 1024)
    // The bar is 200 ms on a machine of one's own; here only gross excess fails.
    expect(answered).toBeLessThan(2000)
    await give(page, sampleFiles('intel-dcap', 'tdx-up-to-date'))
    // As of today, when its collateral is out of date.
    await expect(headline(page)).toContainText('The signature holds')
    expect(watch).toEqual(CLEAN)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('W11: no policy violation on any panel, in either language, nor on the front door', async ({ page, watch }) => {
  await page.goto('./')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const [sample, lang] of [
    ['intel-dcap/tdx-out-of-date', 'en'],
    ['amd-sev-snp/milan-v2', 'zh'],
  ] as const) {
    await page.goto(`./#sample=${sample}&lang=${lang}`)
    await expect(headline(page)).toBeVisible()
    const seen = await everyPanel(page)
    expect(seen.length).toBeGreaterThanOrEqual(8)
    for (const panel of seen) expect(PANELS).toContain(panel)
  }
  await page.getByRole('button', { name: '分享', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(watch).toEqual(CLEAN)
})

/** A page of another origin that frames ours. */
async function framedIn(page: Page, address: string) {
  const outer = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end(`<!doctype html><title>outer</title><iframe src="${address}" width="900" height="600"></iframe>`)
  })
  const origin = await listen(outer, 0)
  await page.goto(origin.replace('127.0.0.1', 'localhost')).catch(async () => page.goto(origin))
  return { close: () => outer.close(), frame: page.frameLocator('iframe') }
}

test('W12: another page’s frame is refused by the headers', async ({ page, baseURL }) => {
  const refusals: string[] = []
  page.on('console', (message) => {
    if (/frame-ancestors/.test(message.text())) refusals.push(message.text())
  })
  const { close, frame } = await framedIn(page, `${baseURL}#sample=intel-dcap/tdx-up-to-date`)
  await expect.poll(() => refusals.length).toBeGreaterThan(0)
  expect(await frame.locator('h1').count()).toBe(0)
  close()
})

test('W12: where a host sends no headers, a frame gets a way out and nothing else', async ({ page }) => {
  const plain = createServer()
  const inner = staticServer(new URL('../dist/', import.meta.url).pathname)
  plain.on('request', (request, response) => {
    // A host that knows nothing of the headers file.
    const send = response.setHeader.bind(response)
    response.setHeader = (name, value) =>
      name.toLowerCase() === 'content-security-policy' ? response : send(name, value)
    inner.emit('request', request, response)
  })
  const address = await listen(plain, 0)
  const { close, frame } = await framedIn(page, `${address}#sample=intel-dcap/tdx-up-to-date`)
  await expect(frame.getByRole('link', { name: 'Open in a tab of its own' })).toBeVisible()
  expect(await frame.getByRole('button').count()).toBe(0)
  expect(await frame.locator('input').count()).toBe(0)
  expect(page.workers()).toEqual([])
  const [tab] = await Promise.all([page.waitForEvent('popup'), frame.getByRole('link').click()])
  await expect(headline(tab)).toBeVisible()
  expect(await tab.evaluate(() => window.opener === null)).toBe(true)
  close()
  plain.close()
})

test('W14: what a link brings beyond evidence never raises the headline, and removing it never gives less trust in it', async ({
  page,
  watch,
}) => {
  const files = sampleFiles('intel-dcap', 'tdx-up-to-date')
  const rules = {
    schema: 'policy/1' as const,
    acceptTcbStatus: ['UpToDate', 'OutOfDate', 'Revoked'],
    registers: { MRTD: ['00'.repeat(48)] },
  }
  await page.goto(linkOf({ files: asLinkFiles(files) }))
  await expect(headline(page)).toBeVisible()
  const without = await headline(page).innerText()
  await page.goto('about:blank')
  await page.goto(linkOf({ files: asLinkFiles(files), policy: rules }))
  await expect(page.locator('[data-arrival]')).toContainText('You have not approved')
  await expect(headline(page)).toHaveText(without)
  await expect(page.locator('[data-arrival]')).toContainText('from the link')
  expect(watch).toEqual(CLEAN)
})

test('W15: a drop asks no host for anything; what is missing is named with its host, and not fetched', async ({
  page,
  watch,
  baseURL,
}) => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url())) asked.push(request.url())
  })
  await page.goto('./')
  await give(page, sampleFiles('intel-dcap', 'tdx-no-collateral'))
  await expect(headline(page)).toBeVisible()
  await everyPanel(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Collateral' }).click()
  await expect(page.getByText(/^curl .*https:\/\/api\.trustedservices\.intel\.com/).first()).toBeVisible()
  expect(asked.filter((url) => !url.startsWith(new URL(baseURL ?? '').origin))).toEqual([])
  // Not even to our own host does anything of the case go: only parts of the page are asked for, by plain names.
  const names = new Set((await readdir(new URL('../dist/assets/', import.meta.url))).map((file) => `/assets/${file}`))
  expect(
    asked
      .map((url) => new URL(url))
      .filter(
        (url) =>
          url.search !== '' || !(url.pathname === '/' || url.pathname === '/icon.svg' || names.has(url.pathname)),
      )
      .map(String),
  ).toEqual([])
  expect(await readFile(new URL('../dist/_headers', import.meta.url), 'utf8')).toContain('Referrer-Policy: no-referrer')
  expect(watch).toEqual(CLEAN)
})
